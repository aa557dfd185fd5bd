//===- ConvexHull.h - Trade-offs that a weighting prefers -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_CONVEXHULL_H
#define OHAS_LIB_SEARCH_CONVEXHULL_H

#include "ohas/Search/Mapper.h"

namespace ohas::search {

/// The points of a front (latency rising, energy falling) on its lower convex
/// hull: those that minimise energy + weight x latency for some weight >= 0.
std::vector<MappedPoint> lowerHull(std::vector<MappedPoint> front);

/// The weight (energy per latency) at which `b`, the slower point, becomes
/// better than `a`: below it `b` wins, above it `a` does.
double exchangeRate(const MappedPoint &a, const MappedPoint &b);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_CONVEXHULL_H

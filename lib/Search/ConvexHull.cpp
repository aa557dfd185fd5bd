//===- ConvexHull.cpp - Trade-offs that a weighting prefers -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConvexHull.h"

using namespace ohas::search;

double ohas::search::exchangeRate(const MappedPoint &a, const MappedPoint &b) {
  return (double(a.energyFj) - double(b.energyFj)) /
         (double(b.latencyPs) - double(a.latencyPs));
}

std::vector<MappedPoint>
ohas::search::lowerHull(std::vector<MappedPoint> front) {
  std::vector<MappedPoint> hull;
  for (MappedPoint &point : front) {
    // Rates must fall strictly along the hull.
    while (hull.size() >= 2 &&
           exchangeRate(hull[hull.size() - 2], hull.back()) <=
               exchangeRate(hull.back(), point))
      hull.pop_back();
    hull.push_back(std::move(point));
  }
  return hull;
}

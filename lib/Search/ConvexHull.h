//===- ConvexHull.h - Trade-offs that a weighting prefers -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_CONVEXHULL_H
#define OHAS_LIB_SEARCH_CONVEXHULL_H

#include <vector>

namespace ohas::search {

/// The weight (energy per latency) at which `b`, the slower point, becomes
/// better than `a`: below it `b` wins, above it `a` does.
template <typename Point> double exchangeRate(const Point &a, const Point &b) {
  // Of saturated figures nothing is won.
  if (a.energyFj == b.energyFj)
    return 0;
  return (double(a.energyFj) - double(b.energyFj)) /
         (double(b.latencyPs) - double(a.latencyPs));
}

/// The points of a front (latency rising, energy falling) on its lower convex
/// hull: those that minimise energy + weight x latency for some weight >= 0.
template <typename Point>
std::vector<Point> lowerHull(std::vector<Point> front) {
  std::vector<Point> hull;
  for (Point &point : front) {
    // Rates must fall strictly along the hull.
    while (hull.size() >= 2 &&
           exchangeRate(hull[hull.size() - 2], hull.back()) <=
               exchangeRate(hull.back(), point))
      hull.pop_back();
    hull.push_back(std::move(point));
  }
  return hull;
}

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_CONVEXHULL_H

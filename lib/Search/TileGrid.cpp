//===- TileGrid.cpp - Tiles that differ in what loops above them *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileGrid.h"
#include "LoopBounds.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <set>

using namespace ohas::search;
using namespace ohas::cost;

/// The extents short of all trips that `loops` loops can reach from the inside.
static std::set<int64_t> reach(int64_t trips, unsigned loops,
                               Factors factors) {
  std::set<int64_t> reached = {1}, latest = {1};
  for (; loops > 0 && !latest.empty(); --loops) {
    std::set<int64_t> next;
    for (int64_t extent : latest) {
      int64_t left = llvm::divideCeilSigned(trips, extent);
      for (int64_t bound : loopBounds(left, factors))
        if (bound < left && reached.insert(extent * bound).second)
          next.insert(extent * bound);
    }
    latest = std::move(next);
  }
  return reached;
}

TileGrid::TileGrid(const MappingProblem &problem, const DimBounds &trips,
                   Factors factors)
    : factors(factors) {
  size_t stride = 1;
  for (Dim dim : problem.dims) {
    Axis &axis = axes.emplace_back();
    axis.trips = trips[index(dim)];
    axis.stride = stride;
    axis.smallest =
        loopBounds(axis.trips, factors == Factors::Perfect ? Factors::Perfect
                                                           : Factors::Balanced);
    stride *= axis.smallest.size();
    unsigned loops = llvm::count_if(problem.memories, [&](unsigned memory) {
      return problem.accepted(memory).contains(dim);
    });
    std::set<int64_t> reached = reach(axis.trips, std::max(loops, 1u) - 1,
                                      factors);
    axis.reachable.assign(reached.begin(), reached.end());
  }
}

unsigned TileGrid::cellOf(unsigned d, int64_t extent) const {
  const auto &smallest = axes[d].smallest;
  return llvm::upper_bound(smallest, extent) - smallest.begin() - 1;
}

double TileGrid::size() const {
  double size = 1;
  for (const Axis &axis : axes)
    size *= double(axis.smallest.size());
  return size;
}

llvm::ArrayRef<int64_t> TileGrid::inner(unsigned d, int64_t extent) {
  auto [entry, isNew] = innerOf[d].try_emplace(extent);
  llvm::SmallVector<int64_t, 16> &list = entry->second;
  if (!isNew)
    return list;
  const Axis &axis = axes[d];
  bool whole = extent == axis.trips;
  for (int64_t inner : axis.reachable) {
    if (inner >= extent && !(whole && axis.trips == 1))
      break;
    int64_t left = llvm::divideCeilSigned(axis.trips, inner);
    if (!whole && extent % inner)
      continue;
    // Of the bounds that leave equally many only the smallest is one.
    int64_t bound = whole ? left : extent / inner;
    int64_t outside = llvm::divideCeilSigned(left, bound);
    if (factors == Factors::Perfect && left % bound)
      continue;
    if (factors == Factors::Balanced && bound > 1 &&
        llvm::divideCeilSigned(left, bound - 1) == outside)
      continue;
    list.push_back(inner);
  }
  if (list.empty() || list.back() != extent)
    list.push_back(extent);
  return list;
}

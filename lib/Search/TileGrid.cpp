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

static constexpr double mostTiles = 1 << 16;

/// The extents short of all trips that `loops` loops can reach from the inside.
static std::set<int64_t> reach(int64_t trips, unsigned loops, Factors factors) {
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
  for (Dim dim : problem.dims) {
    Axis &axis = axes.emplace_back();
    axis.trips = trips[index(dim)];
    axis.smallest =
        loopBounds(axis.trips, factors == Factors::Perfect ? Factors::Perfect
                                                           : Factors::Balanced);
    for (size_t cell = 1; cell < axis.smallest.size(); ++cell)
      axis.largest.push_back(factors == Factors::Perfect
                                 ? axis.smallest[cell - 1]
                                 : axis.smallest[cell] - 1);
    axis.largest.push_back(axis.trips);
    unsigned loops = llvm::count_if(problem.memories, [&](unsigned memory) {
      return problem.accepted(memory).contains(dim);
    });
    std::set<int64_t> reached =
        reach(axis.trips, std::max(loops, 1u) - 1, factors);
    axis.reachable.assign(reached.begin(), reached.end());
    // Nothing has the extents beyond.
    for (size_t cell = 0; cell + 1 < axis.smallest.size(); ++cell)
      axis.largest[cell] = std::max(axis.smallest[cell],
                                    *--reached.upper_bound(axis.largest[cell]));
  }
  while (size() > mostTiles) {
    Axis *longest = &axes.front();
    for (Axis &axis : axes)
      if (axis.smallest.size() > longest->smallest.size())
        longest = &axis;
    if (longest->smallest.size() <= 3)
      break;
    join(*longest);
  }
  size_t stride = 1;
  for (Axis &axis : axes) {
    axis.stride = stride;
    stride *= axis.smallest.size();
  }
}

/// Two and two, but for the extent of one and that of all trips.
void TileGrid::join(Axis &axis) {
  size_t to = 1, last = axis.smallest.size() - 1;
  for (size_t from = 1; from < last; from += 2, ++to) {
    axis.smallest[to] = axis.smallest[from];
    axis.largest[to] = axis.largest[std::min(from + 1, last - 1)];
  }
  axis.smallest[to] = axis.smallest[last];
  axis.largest[to] = axis.largest[last];
  axis.smallest.resize(to + 1);
  axis.largest.resize(to + 1);
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

llvm::ArrayRef<TileGrid::Inner> TileGrid::inner(unsigned d, int64_t extent) {
  auto [entry, isNew] = innerOf[d].try_emplace(extent);
  llvm::SmallVector<Inner, 8> &list = entry->second;
  if (!isNew)
    return list;
  const Axis &axis = axes[d];
  bool whole = extent == axis.trips;
  auto add = [&](int64_t inner) {
    list.push_back({inner, llvm::divideCeilSigned(extent, inner),
                    uint16_t(cellOf(d, inner))});
  };
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
    add(inner);
  }
  if (list.empty() || list.back().extent != extent)
    add(extent);
  return list;
}

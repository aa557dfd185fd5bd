//===- TileGrid.cpp - Tiles that differ in what loops above them *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileGrid.h"
#include "LoopBounds.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <set>

using namespace ohas::search;
using namespace ohas::cost;

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
                   Factors factors, size_t mostTiles)
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
  while (size() > double(mostTiles)) {
    Axis *longest = &axes.front();
    for (Axis &axis : axes)
      if (axis.smallest.size() > longest->smallest.size())
        longest = &axis;
    if (longest->smallest.size() <= 3)
      break;
    join(*longest);
    fine = false;
  }
  for (unsigned d = 0; d < axes.size(); ++d)
    order.push_back(d);
  llvm::stable_sort(
      order, [&](unsigned a, unsigned b) { return cells(a) > cells(b); });
  size_t stride = 1;
  for (unsigned d : order) {
    axes[d].stride = stride;
    stride *= axes[d].smallest.size();
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

/// May loops at one memory lead from a tile of `inner` to a larger one?
bool TileGrid::mayLead(const Axis &axis, int64_t inner, int64_t extent) const {
  bool whole = extent == axis.trips;
  if (!whole && extent % inner)
    return false;
  int64_t left = llvm::divideCeilSigned(axis.trips, inner);
  // Of the bounds that leave equally many only the smallest is one.
  int64_t bound = whole ? left : extent / inner;
  if (factors == Factors::Perfect)
    return left % bound == 0;
  return factors == Factors::Every || llvm::divideCeilSigned(left, bound - 1) !=
                                          llvm::divideCeilSigned(left, bound);
}

llvm::ArrayRef<TileGrid::Inner> TileGrid::inner(unsigned d, int64_t extent) {
  auto [entry, isNew] = innerOf[d].try_emplace(extent);
  llvm::SmallVector<Inner, 8> &list = entry->second;
  if (!isNew)
    return list;
  const Axis &axis = axes[d];
  for (int64_t inner : axis.reachable) {
    if (inner >= extent)
      break;
    if (mayLead(axis, inner, extent))
      list.push_back({inner, llvm::divideCeilSigned(extent, inner),
                      uint16_t(cellOf(d, inner))});
  }
  list.push_back({extent, 1, uint16_t(cellOf(d, extent))});
  return list;
}

void TileGrid::findBelow(unsigned d) {
  Axis &axis = axes[d];
  std::vector<llvm::SmallBitVector> inside(cells(d),
                                           llvm::SmallBitVector(cells(d)));
  llvm::ArrayRef<int64_t> larger = axis.reachable;
  for (int64_t inner : axis.reachable) {
    larger = larger.drop_front();
    unsigned cell = cellOf(d, inner);
    auto note = [&](int64_t extent) {
      if (mayLead(axis, inner, extent))
        inside[cellOf(d, extent)].set(cell);
    };
    if (inner < axis.trips)
      note(axis.trips);
    // Multiples of `inner`, the shorter way.
    if (axis.trips / inner < int64_t(larger.size())) {
      for (int64_t extent = 2 * inner; extent < axis.trips; extent += inner)
        if (llvm::binary_search(larger, extent))
          note(extent);
    } else {
      for (int64_t extent : larger)
        if (extent % inner == 0)
          note(extent);
    }
  }
  // Of each cell's, those that are inside of no other; unless what is inside of
  // one is not inside of the cell.
  std::vector<llvm::SmallBitVector> nearest = inside;
  Below &below = axis.below;
  below.passesOn = true;
  for (unsigned cell = 0; cell < cells(d); ++cell)
    for (unsigned inner : inside[cell].set_bits()) {
      below.passesOn &= !inside[inner].test(inside[cell]);
      // A cell of several extents may be inside of itself.
      llvm::SmallBitVector further = inside[inner];
      further.reset(inner);
      if (inner != cell)
        nearest[cell].reset(further);
    }
  auto list = [](const std::vector<llvm::SmallBitVector> &sets, auto &lists,
                 unsigned &number) {
    for (const llvm::SmallBitVector &some : sets) {
      llvm::append_range(lists.emplace_back(), some.set_bits());
      number += some.count();
    }
  };
  list(inside, below.all, below.numAll);
  list(below.passesOn ? nearest : inside, below.nearest, below.numNearest);
}

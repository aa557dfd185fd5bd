//===- PresentedWindows.cpp - Windows that a register holds -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A converter that holds what it presents to several lanes at once converts
// what no lane had at the step before. Where the lanes' windows overlap, that
// is no closed form of their number; but it takes few steps along the two dims
// of the windows alone to see it, which the cost model counts.
//
//===----------------------------------------------------------------------===//

#include "LayoutCompiler.h"
#include "ohas/CostModel/Counts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

namespace {
/// Tiles of a dim in one copy of the converter: of one size, but for a last one
/// that may be smaller.
struct DimTiles {
  int64_t size, tile, tiles;

  /// Calls fn(indices of a tile, tiles).
  template <typename Fn> void forEachClass(Fn fn) const {
    int64_t last = size - (tiles - 1) * tile;
    fn(tile, last == tile ? tiles : tiles - 1);
    if (last != tile)
      fn(last, 1);
  }
};
} // namespace

/// Conversions while a workload of the two dims alone runs, the one dim within
/// the other.
int64_t LayoutCompiler::conversions(unsigned place, Dim inner,
                                    int64_t innerSize, Dim other,
                                    int64_t otherSize) const {
  Workload axis = workload;
  axis.sizes.fill(1);
  axis.size(inner) = innerSize;
  axis.size(other) = otherSize;
  Mapping mapping;
  mapping.levels.resize(accelerator.levels.size());
  for (auto [memory, kept] : llvm::zip(problem.memories, layout.kept))
    mapping.levels[memory].kept = kept;
  DimBounds left = axis.sizes;
  for (unsigned i = accelerator.levels.size(); i-- > place;)
    for (Dim dim : {inner, other}) {
      int64_t bound = std::min(left[index(dim)], spread(i, i + 1, dim));
      if (bound > 1)
        mapping.levels[i].loops.push_back({dim, bound});
      left[index(dim)] = llvm::divideCeilSigned(left[index(dim)], bound);
    }
  for (Dim dim : {other, inner})
    if (left[index(dim)] > 1)
      mapping.levels[problem.memories.front()].loops.push_back(
          {dim, left[index(dim)]});
  return count(axis, accelerator, mapping).levels[place].conversions;
}

/// Is it known, however tiles are chosen, which windows a copy of the converter
/// presents at a time? Loops outside of all lanes that share a dim go through
/// its tiles one by one, whether their bounds divide or not.
bool LayoutCompiler::presentsKnown(const Flow &flow, unsigned place,
                                   unsigned pair) const {
  if (!flow.toCompute)
    return false;
  auto [position, kernel] = windowPairs[pair];
  bool spreads = false;
  for (unsigned i = place; i < flow.child; ++i) {
    if (fanoutOf[i] >= 0)
      spreads |= spread(i, i + 1, position) > 1 || spread(i, i + 1, kernel) > 1;
    else if (spreads && llvm::is_contained(bound.memories, i) &&
             (problem.accepted(i).contains(position) ||
              problem.accepted(i).contains(kernel)))
      return false; // its loops would move the lanes apart
  }
  auto even = [&](Dim dim) {
    return spread(0, place, dim) == 1 || isEven(dim);
  };
  return even(position) && even(kernel);
}

void LayoutCompiler::addPresented(Term &term, unsigned pair, unsigned place) {
  auto [position, kernel] = windowPairs[pair];
  const TileGrid &grid = bound.tiles;
  unsigned end = accelerator.levels.size();
  auto tilesOf = [&](Dim dim) -> DimTiles {
    return {workload.size(dim) / spread(0, place, dim),
            std::min(workload.size(dim), spread(place, end, dim)),
            grid.trips(problem.number(dim))};
  };
  DimTiles positions = tilesOf(position), indices = tilesOf(kernel);
  double copies = double(spread(0, place, position) * spread(0, place, kernel));

  struct Along {
    double whole = 0, fresh = 0, cut = 0, loss = 0;
  };
  // While the one dim moves, and the other stands at each of its tiles.
  auto along = [&](Dim dim, const DimTiles &moving, Dim other,
                   const DimTiles &standing) {
    Along sums;
    standing.forEachClass([&](int64_t otherSize, int64_t times) {
      auto run = [&](int64_t size) {
        return double(conversions(place, dim, size, other, otherSize));
      };
      double all = run(moving.tile), next = run(2 * moving.tile) - all,
             fresh = next + run(moving.size) - all, whole = 0;
      moving.forEachClass([&](int64_t size, int64_t tiles) {
        whole += (size == moving.tile ? all : run(size)) * double(tiles);
      });
      double missing = next * double(moving.tiles) - fresh;
      double scale = copies * double(times);
      sums.whole += scale * whole;
      sums.fresh += scale * fresh;
      sums.cut += scale * missing;
      sums.loss +=
          scale * std::max(0.0, missing - (all * double(moving.tiles) - whole));
    });
    return sums;
  };
  Along byPosition = along(position, positions, kernel, indices),
        byKernel = along(kernel, indices, position, positions);

  auto [s, d] = workload.windowSteps(pair);
  WindowTable window;
  window.presented = true;
  window.position = problem.number(position);
  window.kernel = problem.number(kernel);
  window.positionReach = positions.tile;
  window.stride = s;
  window.reach = (workload.size(kernel) - 1) * d + 1;
  window.columns = grid.cells(window.kernel);
  window.distinct = distinctElements(pair);
  window.positionSteps = positions.tiles;
  window.kernelSteps = indices.tiles;
  int64_t twoTilesOn = 2 * positions.tile * s,
          width = (positions.tile - 1) * s + (indices.tile - 1) * d + 1;
  window.onlyNeighbours = indices.tiles == 1 && twoTilesOn >= width;
  // Only a tile of one step is ever presented.
  size_t cells = size_t(grid.cells(window.position)) * window.columns;
  window.whole.assign(cells, window.distinct);
  for (auto *table : {&window.byPosition, &window.positionCut, &window.byKernel,
                      &window.kernelCut, &window.sweepLoss})
    table->assign(cells, 0);
  window.whole[0] = byPosition.whole;
  window.byPosition[0] = byPosition.fresh;
  window.positionCut[0] = byPosition.cut;
  window.sweepLoss[0] = byPosition.loss;
  window.byKernel[0] = byKernel.fresh;
  window.kernelCut[0] = byKernel.cut;
  term.windows.push_back(std::move(window));
}

/// Where it is not known which windows are presented one after the other, it is
/// known how many elements these have at a time, and that all of them are new
/// after another dim has moved. Of lanes that loops move apart it is at least
/// so many.
void LayoutCompiler::addVaguely(Term &term, unsigned pair, const Flow &flow,
                                unsigned place) {
  DimBounds reach;
  reach.fill(1);
  auto [position, kernel] = windowPairs[pair];
  for (Dim dim : {position, kernel})
    reach[index(dim)] = spread(place, accelerator.levels.size(), dim);
  addWindow(term, pair, reach, flow.child, scattersKernel(flow, place, kernel));
  WindowTable &window = term.windows.back();
  window.presented = true;
  // Only a tile of one step is ever presented.
  std::fill(window.whole.begin() + 1, window.whole.end(), window.distinct);
  window.sweepLoss = window.whole;
  for (auto *table : {&window.byPosition, &window.positionCut, &window.byKernel,
                      &window.kernelCut, &window.kernelOfAll})
    table->assign(window.whole.size(), 0);
  window.kernelTiles.assign(window.columns, 0);
}

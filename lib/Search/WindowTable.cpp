//===- WindowTable.cpp - Elements of windows over all tiles -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WindowTable.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;

static LoopRuns runsOf(int64_t size, int64_t trips, const SingleTiles &single) {
  return {size, std::max<int64_t>(trips, 2), single.copies * single.tile};
}

static double shareNotFirst(int64_t trips) {
  return 1 - 1 / double(std::max<int64_t>(trips, 2));
}

double WindowTable::sweepsAlongKernel(const Cells &tile, double groups,
                                      int64_t trips, double others) const {
  int64_t r = kernelTiles[tile[kernel]], sweep = r * trips,
          sweeps = llvm::divideCeilSigned(indices, sweep);
  double elements = 0;
  for (int64_t i = 0; i < sweeps; ++i) {
    int64_t left = std::min(sweep, indices - i * sweep);
    for (int64_t at = 0; at < left; at += r) {
      int64_t here = std::min(r, left - at), shared = std::min(stride, here);
      elements +=
          at > 0
              ? freshAlongKernel(groups, r, here)
              : (double(positions * shared) + groups * double(here - shared)) /
                    others;
    }
  }
  return elements;
}

double WindowTable::alongKernel(size_t at, int64_t trips,
                                const SingleTiles &single) const {
  double cut = cutIndices;
  if (single.last != SingleTiles::Unknown && !presented)
    cut = runsOf(indices, trips, single).cutOff() == 0
              ? 0
              : std::min(cut, double(single.copies / kernelReach));
  return std::max(0.0,
                  byKernel[at] * shareNotFirst(trips) - cut * kernelCut[at]);
}

double WindowTable::alongPosition(const Cells &tile, int64_t trips,
                                  const SingleTiles &single) const {
  double fresh = byPosition[at(tile)];
  if (presented)
    return std::max(0.0, fresh * shareNotFirst(trips) - positionCut[at(tile)]);
  if (single.last == SingleTiles::Unknown)
    return fresh * notFirst[tile[position]];
  return fresh * double(runsOf(positions, trips, single).notFirst()) /
         double(positions);
}

double WindowTable::sweepsAlongPosition(const Cells &tile, const Cells &top,
                                        const TileGrid &grid, int64_t trips,
                                        const SingleTiles &single,
                                        Start start) const {
  size_t here = at(tile);
  int64_t between =
      positionReach * grid.extent(position, tile[position]) * stride;
  // Of the first tile and the last one before, along the axis.
  auto common = [&](int64_t trips) {
    return start == Anew
               ? 0
               : std::max<int64_t>(reach - (trips - 2) * between - stride, 0);
  };
  bool through = start == Anywhere;
  if (presented) {
    if (common(trips) > 0)
      return 0;
    double first = through ? 0 : whole[here] - byPosition[here];
    return byPosition[here] + first * (1 - shareNotFirst(trips)) -
           sweepLoss[here];
  }
  // A tile of k positions has k * perPosition + perTile elements.
  double perPosition = byPosition[here] / double(positions),
         perTile = (whole[here] - byPosition[here]) / groups[tile[position]];
  Cells sweep = tile;
  sweep[position] = through ? grid.last(position) : top[position];
  double all = whole[at(sweep)];
  // In a run that is cut off, some copies have a tile less than others.
  LoopRuns runs = runsOf(positions, trips, single);
  int64_t each = positionReach * single.tile, copies = runs.step / each,
          tiles = llvm::divideCeilSigned(runs.cutOff(), each);
  double sweeps = double(runs.complete() * copies),
         again = sweeps * double(common(trips)) * blocks[tile[kernel]];
  auto cutOff = [&](int64_t number, int64_t tiles) {
    if (tiles == 0)
      return;
    sweeps += double(number);
    again +=
        double(number) * (tiles > 1 || start == Anew
                              ? double(common(tiles)) * blocks[tile[kernel]]
                              : double(each) * perPosition + perTile);
  };
  cutOff(tiles % copies, tiles / copies + 1);
  cutOff(copies - tiles % copies, tiles / copies);
  if (!through && !merged)
    all = std::max(all, double(positions) * perPosition + sweeps * perTile);
  return all - again;
}

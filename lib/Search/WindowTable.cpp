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

/// Of so many steps in runs of a loop: those that are not the first of a run.
static double shareNotFirst(int64_t steps, int64_t trips) {
  int64_t runs = llvm::divideCeilSigned(steps, std::max<int64_t>(trips, 2));
  return double(steps - runs) / double(steps);
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

/// A tile is at coordinate p stride + k dilation. If the loop that advances is
/// of no dim of the axis, both p and k fall back to the start of their runs, so
/// that the coordinate is another one unless both runs are of a single index:
/// the last one, which the end of the dim cuts off. If it is of the kernel, k
/// rises by one and p falls back, which is no multiple of it. If it is of the
/// position, p rises by one and k falls back: only by a run of stride /
/// dilation + 1 indices, then to the first one of these.
double WindowTable::otherCoordinates(const Cells &tile, bool alongKernel,
                                     int64_t trips) const {
  if (!strides || tile[position] > 0 || tile[kernel] > 0)
    return 0;
  double positions = double(positionSteps), indices = double(kernelSteps);
  auto endsAlone = [&](int64_t steps) {
    return trips == 0 || steps % trips == 1;
  };
  // Share of the kernel's indices that begin such runs.
  int64_t run = stride % dilation == 0 ? stride / dilation + 1 : 0;
  double begins = run > 0 ? double(kernelSteps / run) / indices : 0, lost;
  if (alongKernel) {
    // A run is of whole ones of the innermost loop, or cut off. If another loop
    // advances and a single position is inside, those of the position that are
    // further out do so less often by more.
    if (trips > 0 && begins > 0 && run % trips != 0)
      begins = (kernelSteps - run) % trips == 0 ? 1 / indices : 0;
    lost = std::max(begins * (positions - 1) / positions,
                    endsAlone(kernelSteps) ? 1 / indices : 0);
  } else {
    // Only where an outer loop of the position advances are kernels inside.
    int64_t runs =
        llvm::divideCeilSigned(positionSteps, std::max<int64_t>(trips, 2));
    lost = begins * double(runs - 1) / positions +
           (endsAlone(positionSteps) ? 1 / positions : 0);
  }
  return whole[at(tile)] * std::max(0.0, 1 - lost);
}

double WindowTable::alongKernel(size_t at, int64_t trips,
                                const SingleTiles &single) const {
  if (presented)
    return std::max(0.0, byKernel[at] * shareNotFirst(kernelSteps, trips) -
                             kernelCut[at]);
  double cut = cutIndices;
  if (single.last != SingleTiles::Unknown)
    cut = runsOf(indices, trips, single).cutOff() == 0
              ? 0
              : std::min(cut, double(single.copies / kernelReach));
  return std::max(0.0,
                  byKernel[at] * shareNotFirst(trips) - cut * kernelCut[at]);
}

double WindowTable::alongPosition(const Cells &tile, int64_t trips,
                                  const SingleTiles &single) const {
  double fresh = byPosition[at(tile)];
  if (onlyNeighbours) {
    // But for a last tile that is alone.
    bool alone = trips == 0 || positionSteps % trips == 1;
    double next = (fresh + positionCut[at(tile)]) / double(positionSteps);
    return std::max(0.0, alone ? fresh - next : fresh);
  }
  if (presented)
    return std::max(0.0, fresh * shareNotFirst(positionSteps, trips) -
                             positionCut[at(tile)]);
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
    // Whole runs, but for what follows one that is cut off; a last tile that is
    // smaller may be a run of its own.
    int64_t cutOff = positionSteps % trips,
            runs = positionSteps / trips - (cutOff == 1);
    double steps = double(positionSteps),
           first = through ? 0 : whole[here] - byPosition[here],
           elements = byPosition[here] + first * double(runs) / steps -
                      sweepLoss[here];
    if (cutOff > 0 && common(cutOff) > 0)
      elements -= (byPosition[here] + positionCut[here]) / steps;
    return elements;
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

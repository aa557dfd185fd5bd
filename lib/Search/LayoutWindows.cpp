//===- LayoutWindows.cpp - How much of windows crosses ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutBound.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cmath>

using namespace ohas::search;

/// A sweep is one run of the moving loop. Within it every tile but the first
/// brings what is new along the dim. The first one does so, too, unless the
/// loops of the axis' other dim have brought it back to where elements were.
double LayoutBound::windowElements(const Term &term, const WindowTable &window,
                                   const Cells &tile, const LoopsAbove &above,
                                   const LoopsBetween *between) const {
  size_t at = window.at(tile);
  int moving = above.moving[term.tensor];
  int64_t trips = above.movingTrips[term.tensor];
  const SingleTiles &single = above.single[term.tensor];
  const Cells *top = above.top[term.tensor];
  unsigned lastPosition = tiles.last(window.position);
  bool positionLoops = tile[window.position] != lastPosition,
       kernelLoops = tile[window.kernel] != tiles.last(window.kernel),
       apart = between && takesApart(term, *between);
  auto startsAnew = [&] {
    return between && !window.presented &&
           this->startsAnew(term, window, tile, moving, *between);
  };
  if (moving == window.kernel) {
    double fresh = window.alongKernel(at, trips, single);
    if (!positionLoops && !window.presented)
      fresh = std::max(fresh, window.kernelOfAll[at]);
    if (!top || trips < 2 || window.presented ||
        !window.kernelTiles[tile[window.kernel]] ||
        tile[window.position] != (*top)[window.position])
      return fresh;
    bool anew = startsAnew();
    if (!anew && !apart)
      return fresh;
    // Sweeps begin with all new elements where other loops between the two
    // tiles make all the difference. These may be the outermost ones.
    double others = 1;
    for (unsigned d = 0; !anew && d < tiles.numDims(); ++d)
      if (tile[d] != (*top)[d] && d != window.kernel &&
          !(term.disjoint >> d & 1))
        others *= std::ceil(double(tiles.largest(d, (*top)[d])) /
                            double(tiles.smallest(d, tile[d])));
    return std::max(
        fresh, window.sweepsAlongKernel(
                   tile, window.groups[tile[window.position]], trips, others));
  }
  if (moving != window.position)
    return window.whole[at];
  double fresh = kernelLoops || window.presented
                     ? window.alongPosition(tile, trips, single)
                     : window.byPosition[at];
  if (!top || trips < 2)
    return fresh;
  // A sweep may go on where the one before ended, if a loop further out is of
  // the same dim and no other loop makes all the difference.
  auto otherAxisMoves = [&] {
    return between && llvm::any_of(term.windows, [&](auto &other) {
             return &other != &window &&
                    takesApart(other, tile, between->changing);
           });
  };
  WindowTable::Start start = WindowTable::Anywhere;
  if (startsAnew())
    start = WindowTable::Anew;
  else if (apart || (*top)[window.position] == lastPosition || otherAxisMoves())
    start = WindowTable::Apart;
  else if (kernelLoops)
    return fresh;
  return std::max(fresh, window.sweepsAlongPosition(tile, *top, tiles, trips,
                                                    single, start));
}

/// Of all axes, where any of their dims may move: the one that brings least.
double LayoutBound::leastOfWindows(const Term &term, const Cells &tile) const {
  double all = 1, share = 1;
  for (const WindowTable &window : term.windows) {
    double whole = window.whole[window.at(tile)];
    all *= whole;
    for (unsigned dim : {window.position, window.kernel}) {
      if (tile[dim] == tiles.last(dim))
        continue;
      LoopsAbove above;
      above.moving[term.tensor] = int(dim);
      double fresh =
          std::max(windowElements(term, window, tile, above, nullptr),
                   window.otherCoordinates(tile, dim == window.kernel, 0));
      share = std::min(share, fresh / whole);
    }
  }
  return all * share;
}

bool LayoutBound::takesApart(const Term &term,
                             const LoopsBetween &between) const {
  if (between.changing & term.disjoint)
    return true;
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    if (term.apart >> d & 1 && (*between.top)[d] != (*between.tile)[d])
      return true;
  return false;
}

/// Where loops along dims of the axis that always change start again: does that
/// leave a tile with no coordinate along the axis that it had before? Both dims
/// fall back then, by a tile at least. The same where one of them advances
/// alone.
bool LayoutBound::takesApart(const WindowTable &window, const Cells &tile,
                             unsigned changing) const {
  if (window.presented || window.merged)
    return false;
  unsigned p = tile[window.position], k = tile[window.kernel];
  bool positionMoves = changing >> window.position & 1,
       kernelMoves = changing >> window.kernel & 1;
  if (positionMoves && kernelMoves)
    return tiles.smallest(window.kernel, k) == tiles.largest(window.kernel, k);
  if (positionMoves)
    return window.stride >
           window.dilation *
               (window.kernelReach * tiles.largest(window.kernel, k) - 1);
  return kernelMoves &&
         window.positionReach * tiles.largest(window.position, p) == 1;
}

/// Does every loop that advances outside of `loops`, which include one of the
/// axis' position, leave a tile with no coordinate along the axis that it had
/// before? What has fallen back along the position must not be made up for by
/// the kernel, nor what a loop of the position advances be by the kernel's
/// fall.
bool LayoutBound::fallsBack(const WindowTable &window, const Cells &tile,
                            const LoopsBetween &between, unsigned loops) const {
  unsigned d = window.position, cell = tile[d];
  if (loops >> window.kernel & 1)
    return false;
  if (tile[window.kernel] == tiles.last(window.kernel))
    return true;
  int64_t bound = (*between.bounds)[d], least = tiles.smallest(d, cell),
          most = tiles.largest(d, cell), reach = window.positionReach,
          step = copiesInside[between.memory][d] * least;
  bool all = least == most && window.positions % (bound * step) == 0;
  bool advances = (*between.top)[d] != tiles.last(d);
  int64_t trips = all && !advances ? bound : 2;
  return (trips - 1) * reach * least * window.stride >=
         (reach * most - 1) * window.stride + window.reach;
}

/// Does every sweep of the moving loop begin with nothing of the tile before,
/// whichever loop has advanced? So it is if all other loops of its memory make
/// all the difference, or the innermost ones do, as every loop further out lets
/// these start again.
bool LayoutBound::startsAnew(const Term &term, const WindowTable &window,
                             const Cells &tile, int moving,
                             const LoopsBetween &between) const {
  auto areNew = [&](unsigned loops) {
    unsigned known = loops & between.changing & term.disjoint;
    bool anew = known != 0;
    for (const WindowTable &other : term.windows)
      if (&other != &window && loops >> other.position & 1 &&
          takesApart(other, tile, between.changing & loops)) {
        known |= 1u << other.position;
        anew |= fallsBack(other, tile, between, loops);
      }
    return anew && loops == known;
  };
  unsigned self = 1u << moving;
  return areNew(between.loops & ~self) ||
         (between.innermost & self && areNew(between.innermost & ~self));
}

/// Of all windows, where strides move tiles: those that may be alone included.
double LayoutBound::otherCoordinates(const Term &term, const Cells &tile,
                                     const LoopsAbove &above) const {
  int moving = above.moving[term.tensor];
  bool any = false;
  double elements = 1;
  for (const WindowTable &window : term.windows)
    if (moving == window.position || moving == window.kernel) {
      any = true;
      elements *= window.otherCoordinates(tile, moving == window.kernel,
                                          above.movingTrips[term.tensor]);
    } else {
      elements *= window.whole[window.at(tile)];
    }
  return any ? elements : 0;
}

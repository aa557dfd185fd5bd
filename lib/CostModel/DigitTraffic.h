//===- DigitTraffic.h - What crosses a place, from digits -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is new in tiles is everything that they have in the states of the loops
// down to the innermost one that changes them, less what stays in between:
//
//     arrivals = prod all  -  sum_i prod_i kept
//
// over the temporal loops i that advance. Something stays only where no dim of
// the tensor moves, but for windows that slide and for tiles at a ragged edge
// whose loops inside have one value.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITTRAFFIC_H
#define OHAS_LIB_COSTMODEL_DIGITTRAFFIC_H

#include "DigitNest.h"

namespace ohas::cost::counting {

/// The traffic of one tensor.
class DigitTraffic {
public:
  DigitTraffic(const DigitNest &nest, Tensor tensor);

  const Tensor tensor;

  /// Every tile of every step, of a child without memory.
  int64_t everyStep(const Place &place) const {
    // Each state has one position and one kernel index.
    int64_t all =
        place.one ? plainOfOne(place) * windowsOfOne(place) : points();
    return all * copies(place, DigitNest::maxLoops);
  }
  /// The same where copies from level `unitedFrom` of a window inwards, by its
  /// number, are one tile.
  int64_t everyStep(const Place &place,
                    llvm::ArrayRef<uint8_t> unitedFrom) const;
  /// What is new in the tiles of the child, from the first to the last.
  int64_t arrivals(const Place &place) const {
    unsigned cut = cutAbove(place.child);
    int64_t all = plain(place) * copies(place, cut);
    return changesAlways(cut) ? all : newIn(place, cut, all, false);
  }
  /// What leaves an integrator: each stay of L steps ceil(L / limit) times.
  /// Nothing if copies at an edge make more kinds of stays than one a dim.
  std::optional<int64_t> departures(const Place &place, int64_t limit) const;
  /// Steps at which something new is in the tile of the first copy.
  int64_t changes(const Place &place) const {
    unsigned cut = cutAbove(place.child);
    int64_t all = tiles(place) * copies(place, cut);
    return newIn(place, cut, all, true);
  }

  /// The innermost temporal loop above the child that changes its tile is the
  /// one before this; the first loop if there is none.
  unsigned cutAbove(unsigned child) const {
    return nest.before[nest.above[child]].cuts[index(tensor)];
  }
  /// Of the spatial loops above a level, how many make copies that share.
  unsigned sharesAbove(unsigned level) const {
    return nest.spread[nest.spatialAbove[level]].sharing[index(tensor)];
  }

  /// All elements of all steps with one multiply-accumulate each.
  int64_t points() const {
    int64_t elements = nest.facts.plainElements[index(tensor)];
    return windowed ? elements * nest.facts.windowedPoints : elements;
  }
  bool sharesWindows() const { return windowed && nest.sharingWindows; }
  /// Do tiles have nothing in common with those before?
  bool changesAlways(unsigned cut) const {
    return !windowed &&
           (cut == nest.begin || !nest.mayBeSingle(nest.loops[cut - 1]));
  }
  /// Product over the dims that the tensor does not depend on: copies, and
  /// states of loops before `cut`.
  int64_t copies(const Place &place, unsigned cut) const {
    return others(place, cut, evenCopies(place));
  }

private:
  std::optional<int64_t> departuresOfStays(const Place &place, unsigned cut,
                                           int64_t limit) const;
  /// Of `all` without windows.
  int64_t newIn(const Place &place, unsigned cut, int64_t all,
                bool states) const;
  int64_t stays(const Place &place, unsigned cut, bool states) const;
  int64_t evenCopies(const Place &place) const {
    const auto &top = nest.spread[nest.spatialAbove[place.top]];
    const auto &child = nest.spread[nest.spatialAbove[place.child]];
    int64_t outside = top.alone[index(tensor)];
    int64_t below = child.alone[index(tensor)];
    if (outside != 1)
      below = uint64_t(below) / outside;
    return place.one ? below : below * top.strange[index(tensor)];
  }
  /// Of the loops before one.
  int64_t evenTrips(unsigned loop) const {
    return nest.before[loop].trips[index(tensor)];
  }
  int64_t others(const Place &place, unsigned cut, int64_t evenCopies) const {
    int64_t product = evenCopies * evenTrips(cut);
    forEachDim(raggedOthers, [&](Dim dim) {
      product *= nest.states(dim, maskOf(tensor), cut, place);
    });
    return product;
  }
  /// Product over the dims of the tensor without the windowed ones: indices.
  int64_t plain(const Place &place) const {
    int64_t all = nest.facts.plainElements[index(tensor)];
    return place.one ? plainOfOne(place) : all;
  }
  int64_t plainOfOne(const Place &place) const;
  /// And tiles; and indices along the windowed dims.
  int64_t tiles(const Place &place) const;
  int64_t windowsOfOne(const Place &place) const;
  int64_t windowAll(const WindowFacts &window, const Place &place,
                    bool states) const;
  /// What two windows have in common when the loops from `cut` on, of which
  /// some are of the window, start again, and that at `cut` advances if it is
  /// one.
  int64_t windowKept(const WindowFacts &window, const Place &place,
                     unsigned cut, unsigned moving, bool states) const;

  const DigitNest &nest;
  const Mask relevant, windowed, raggedOthers;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITTRAFFIC_H

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

/// The loops above a child as one tensor sees them.
struct Span {
  /// Loops before this one are above the child; and down to the innermost one
  /// that changes the tensor's tile.
  unsigned end, cut;
  /// Product of the bounds of the other temporal loops before `end` and `cut`,
  /// along dims that are not ragged.
  int64_t othersBeforeEnd, othersBeforeCut;
};

class DigitTraffic {
public:
  explicit DigitTraffic(const DigitNest &nest) : nest(nest) {}

  /// The span of the outermost place; grow() goes on to the next child.
  Span start() const { return {nest.begin, nest.begin, 1, 1}; }
  void grow(Span &span, Tensor tensor, unsigned child) const;

  /// Every tile of every step, of a child without memory.
  int64_t everyStep(const Place &place, const Span &span) const;
  /// What is new in the tiles of the child, from the first to the last.
  int64_t arrivals(const Place &place, const Span &span) const {
    return newIn(place, span, false);
  }
  /// Steps at which something new is in the tile of the first copy.
  int64_t changes(const Place &place, const Span &span) const {
    return newIn(place, span, true);
  }

private:
  int64_t newIn(const Place &place, const Span &span, bool states) const;
  int64_t stays(const Place &place, const Span &span, bool states) const;
  /// Product over the dims that the tensor does not depend on.
  int64_t others(const Place &place, unsigned cut, int64_t evenTemporal) const;
  int64_t othersAt(const Place &place, unsigned cut) const;
  /// Product over the dims of the tensor without the windowed ones.
  int64_t plain(const Place &place, bool states) const;
  int64_t windowAll(const WindowFacts &window, const Place &place,
                    bool states) const;
  /// What two windows have in common when the loops from `cut` on start again,
  /// and that before them advances if it is of the window.
  int64_t windowKept(const WindowFacts &window, const Place &place,
                     unsigned cut, unsigned moving, bool states) const;

  const DigitNest &nest;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITTRAFFIC_H

//===- CountsTraffic.h - What crosses a place of the nest -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSTRAFFIC_H
#define OHAS_LIB_COSTMODEL_COUNTSTRAFFIC_H

#include "CountsWindow.h"

namespace ohas::cost::counting {

/// How many temporal loops of each dim are outside the one that advances.
using Cuts = std::array<unsigned, numDims>;

/// The traffic of one question: a sum, over the loops that advance, of products
/// over the axes. Dims whose bounds divide are plain: they are products of
/// bounds. The others (edges, windows) are summed up one by one.
class Traffic {
public:
  Traffic(const Nest &nest, const Question &question);

  /// Every tile of every step (the child has no memory).
  int64_t everyStep() const;
  /// What is new in the tiles, from the first to the last.
  int64_t arrivals() const { return overall(Measure::Now); }
  /// What leaves them, and at last all that is held.
  int64_t departures() const { return overall(Measure::Before); }
  /// Steps at which something new is in the tile; of a single copy.
  int64_t changes() const { return overall(Measure::States); }

private:
  static constexpr uint8_t plain = 0xff;

  int64_t overall(Measure measure) const;
  Sums sums(unsigned axis, const Cuts &cuts, unsigned moving,
            Measure measure) const;
  /// All minus kept of the axes that are not plain, where elements have other
  /// multiplicities in copies that share; `sums` are those of each axis.
  int64_t jointFresh(llvm::ArrayRef<Sums> sums, const Cuts &cuts,
                     unsigned moving, Measure measure) const;

  const Nest &nest;
  const Question question;
  DimSet relevant;
  Axes axes;                                // that are not plain
  std::array<uint8_t, numDims> axisOf;      // of a dim
  llvm::SmallVector<unsigned, 4> viewOf;    // of an axis
  llvm::SmallVector<View, 2> views;         // of the axes that are one dim
  llvm::SmallVector<WindowView, 2> windows; // of the others
  bool joint = false;
  int64_t copies = 1; ///< of plain dims that are added up
  int64_t tile = 1;   ///< over plain relevant dims
  unsigned turns = 0; ///< temporal loops of plain relevant dims
};

/// Copies whose traffic is added up, where every bound divides.
int64_t evenCopies(const Nest &nest, const Question &question);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSTRAFFIC_H

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
using Cuts = std::array<uint8_t, numDims>;

/// The traffic of one question: products of sums over its axes.
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

  /// One axis when `moving` (a dim, or noLoop) advances.
  Sums sums(unsigned axis, const Cuts &cuts, unsigned moving,
            Measure measure) const;
  llvm::ArrayRef<Axis> getAxes() const { return axes; }

private:
  struct Factor {
    Axis axis;
    unsigned view; ///< in `views` or `windows`
  };
  int64_t overall(Measure measure) const;
  /// All minus kept, of elements whose multiplicities differ between copies
  /// that share; `sums` are those of each axis.
  int64_t jointFresh(llvm::ArrayRef<Sums> sums, const Cuts &cuts,
                     unsigned moving, Measure measure) const;

  const Nest &nest;
  const Question question;
  Axes axes;
  llvm::SmallVector<unsigned, 10> viewOf;
  llvm::SmallVector<View, 10> views;
  llvm::SmallVector<WindowView, 3> windows;
  bool joint = false;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSTRAFFIC_H

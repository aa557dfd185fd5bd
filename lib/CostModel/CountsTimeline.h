//===- CountsTimeline.h - Partial sums of one element in time ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSTIMELINE_H
#define OHAS_LIB_COSTMODEL_COUNTSTIMELINE_H

#include "CountsChain.h"
#include "CountsCopies.h"

namespace ohas::cost::counting {

/// The temporal loops of a nest, and times (digits of these loops) as numbers.
struct Clock {
  struct Hand {
    NestLoop loop;
    int64_t weight; ///< of its digit in a time
    bool relevant;
  };
  llvm::SmallVector<Hand, 16> hands;
  unsigned aboveParent = 0, aboveChild = 0;

  Clock(const Nest &nest, const Link &link);
};

/// Digits of the hands above the child, and where a copy starts in each dim.
using Digits = llvm::SmallVector<int64_t, 16>;
using Starts = std::array<int64_t, numDims>;

/// One element of the outputs as seen from a copy of `top`: its own digits and
/// where the copies that hold it start.
struct Spot {
  Digits digits;      ///< of the relevant hands; 0 for the others
  Starts child = {};  ///< of the child copy
  Starts parent = {}; ///< of the copy of the parent
};

/// Copies of the child that may hold the same element below one copy of `top`.
struct Siblings {
  struct Copies {
    int64_t bound;
    bool shares;
  };
  llvm::SmallVector<Copies, 4> loops;
  llvm::SmallVector<Starts, 8> starts;

  Siblings(const Nest &nest, const Question &question);
  /// How many deliveries the present ones become.
  int64_t merged(llvm::ArrayRef<bool> present) const;
};

/// What happens to an element: it arrives so often at `top`, and so often is
/// there already.
struct Arrivals {
  int64_t all = 0, again = 0;
};

/// Follows one element through every step that its copies touch it at.
Arrivals follow(const Nest &nest, const Link &link, const Clock &clock,
                const Siblings &siblings, const Spot &spot);

/// Arrivals of all elements at the copies of `question.top`, or at one.
Arrivals countTimelines(const Nest &nest, const Link &link,
                        const Question &question);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSTIMELINE_H

//===- CountsFlow.h - What a tensor does between two levels -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSFLOW_H
#define OHAS_LIB_COSTMODEL_COUNTSFLOW_H

#include "CountsChain.h"

namespace ohas::cost::counting {

/// A link with the way its counts are found.
class Flow {
public:
  Flow(const Nest &nest, const Link &link);

  /// Elements that cross the place of `level`, at or between parent and child:
  /// of all its copies, or of one.
  int64_t crossing(unsigned level, bool one,
                   llvm::ArrayRef<int64_t> at = {}) const;
  /// Of the outputs that arrive in the parent, those whose sum is there.
  int64_t again(int64_t arrivals, bool one,
                llvm::ArrayRef<int64_t> at = {}) const;

  /// Of `edges`, the dims along which copies of the level differ, those along
  /// which another than the first may be the busiest.
  DimSet uneven(unsigned level, DimSet edges) const;
  bool fromMemory() const { return link.child != nest.computeLevel(); }
  const Link &getLink() const { return link; }

private:
  enum How { EverySteps, Arriving, Departing, Timelines, Enumerated };

  Question ask(unsigned top, bool one, llvm::ArrayRef<int64_t> at) const {
    return {link.tensor, link.child, top, one, at};
  }
  int64_t count(unsigned level, bool one, llvm::ArrayRef<int64_t> at) const;
  int64_t traffic(const Question &question) const;
  int64_t enumerated(const EnumeratedOutputs::PerCopy &copies, unsigned level,
                     bool one, llvm::ArrayRef<int64_t> at) const;

  const Nest &nest;
  const Link link;
  How how;
  bool inTime = true;
  std::unique_ptr<EnumeratedOutputs> enumeration;
  /// Every bound divides, and no windows overlap: then all copies do as much.
  bool isEven;
  /// What crosses for each copy that counts for itself, where it is even.
  mutable std::optional<int64_t> perCopy;
  /// Places between which nothing spreads see the same elements.
  struct Known {
    unsigned spatialLoopsAbove;
    bool one, hold, atChild;
    int64_t crossing;
  };
  mutable llvm::SmallVector<Known, 8> known;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSFLOW_H

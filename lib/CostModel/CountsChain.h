//===- CountsChain.h - What flows between two levels ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSCHAIN_H
#define OHAS_LIB_COSTMODEL_COUNTSCHAIN_H

#include "CountsView.h"
#include <map>
#include <vector>

namespace ohas::cost::counting {

/// A memory of a tensor and the next level below that keeps it (or computes).
struct Link {
  Tensor tensor;
  unsigned parent, child;
};

/// Conversions of a converter with hold and no memory below it: what its copies
/// present at a step and did not present at their step before.
int64_t heldConversions(const Nest &nest, const Question &question);

/// Of `edges`, the dims along which lanes that present the same come and go, so
/// that a copy that has fewer of them may convert more often.
DimSet wavering(const Nest &nest, const Question &question, DimSet edges);

/// True if `departures` counts what leaves the child; otherwise only
/// enumeration tells.
bool hasClosedDepartures(const Nest &nest, const Link &link);

/// Elements of outputs that depart from the memory `question.child` and arrive
/// at `question.top`, merged on the way.
int64_t departures(const Nest &nest, const Question &question);

/// True if every copy of the child works whenever the tile of its parent copy
/// changes, so that partial sums land while the parent has a place for them.
bool landsInTime(const Nest &nest, const Link &link);

/// What outputs do between parent and child, by enumeration of the steps: of
/// each copy of a level, what crosses its place.
struct EnumeratedOutputs {
  using PerCopy = std::map<std::vector<int64_t>, int64_t>;
  PerCopy again;                 ///< of the parent
  std::vector<PerCopy> crossing; ///< by level, child and parent included
};
EnumeratedOutputs enumerateOutputs(const Nest &nest, const Link &link);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSCHAIN_H

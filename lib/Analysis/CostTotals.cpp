//===- CostTotals.cpp - Executions and sums over a network ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Interfaces/LoopLikeInterface.h"
#include "ohas/Analysis/CostAnalysis.h"
#include "ohas/CostModel/CostSum.h"
#include "ohas/CostModel/Saturating.h"

using namespace mlir;
using namespace ohas;

/// The trip count of a loop, where it is static or given.
static std::optional<int64_t> tripCount(LoopLikeOpInterface loop) {
  if (auto given = loop->getAttrOfType<IntegerAttr>(optical::tripCountAttrName))
    return given.getInt();
  if (std::optional<APInt> count = loop.getStaticTripCount())
    if (count->isSignedIntN(64))
      return count->getSExtValue();
  return std::nullopt;
}

int64_t ohas::executionsPerInference(Operation *op) {
  int64_t count = 1;
  for (Operation *parent = op->getParentOp(); parent;
       parent = parent->getParentOp()) {
    auto loop = dyn_cast<LoopLikeOpInterface>(parent);
    if (!loop)
      continue;
    std::optional<int64_t> trips = tripCount(loop);
    if (!trips)
      op->emitWarning("is in a loop whose trip count is not known; it is "
                      "counted once (set optical.trip_count on the loop)");
    count = cost::saturatingMul(count, trips.value_or(1));
  }
  return count;
}

cost::Cost CostAnalysis::total() const {
  cost::CostSum sum;
  for (const OperationCost &entry : costs)
    sum.add(entry.cost, entry.count);
  return sum.get();
}

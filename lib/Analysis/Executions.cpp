//===- Executions.cpp - How often operations run ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/Executions.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "ohas/Analysis/NestAnalysis.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/CostModel/Saturating.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::cost;

/// How often the regions of `op` run each time that it does, where that is
/// static or given.
static std::optional<int64_t> tripCount(Operation *op) {
  auto loop = dyn_cast<LoopLikeOpInterface>(op);
  if (!loop)
    return 1;
  if (auto given = loop->getAttrOfType<IntegerAttr>(optical::tripCountAttrName))
    return given.getInt();
  if (std::optional<APInt> count = loop.getStaticTripCount())
    if (count->isSignedIntN(64))
      return count->getSExtValue();
  return std::nullopt;
}

/// The operation whose nest begins at `op`, or null.
static optical::MacOp macOfNest(Operation *op) {
  optical::MacOp result;
  if (isa<optical::MacOp, scf::ForOp, scf::ForallOp>(op))
    op->walk([&](optical::MacOp mac) {
      if (nestRoot(mac) == op)
        result = mac;
    });
  return result;
}

Executions::Weight Executions::weigh(Region *region) {
  if (auto found = weights.find(region); found != weights.end())
    return found->second;
  Weight sum(0, 0);
  auto add = [&](Weight weight, int64_t times) {
    sum.first = saturatingAdd(sum.first, saturatingMul(weight.first, times));
    sum.second = saturatingAdd(sum.second, saturatingMul(weight.second, times));
  };
  for (Operation &op : region->getOps()) {
    if (auto contraction = dyn_cast<optical::OpticalContractionOp>(op)) {
      if (optical::hasNoWork(contraction))
        continue;
      if (auto workload = contraction.getWorkload(); succeeded(workload))
        add({workload->macs(), 0}, 1);
    } else if (auto electronic = dyn_cast<optical::ElectronicOp>(op)) {
      if (std::optional<ElectronicWork> work = staticWork(electronic))
        add({0, work->elements}, 1);
    }
    // A mapping that is written out is one contraction; its loops are not
    // repetitions.
    if (optical::MacOp mac = macOfNest(&op)) {
      if (auto workload = nestWorkload(mac); succeeded(workload))
        add({workload->macs(), 0}, 1);
      continue;
    }
    for (Region &inner : op.getRegions())
      if (isHeaviest(&inner))
        add(weigh(&inner), tripCount(&op).value_or(1));
  }
  weights[region] = sum;
  return sum;
}

bool Executions::isHeaviest(Region *region) {
  Operation *op = region->getParentOp();
  if (!isa<scf::IfOp, scf::IndexSwitchOp>(op))
    return true;
  auto [entry, isNew] = heaviest.try_emplace(op, nullptr);
  if (isNew) {
    Region *best = nullptr;
    Weight most;
    for (Region &branch : op->getRegions()) {
      Weight weight = weigh(&branch);
      if (!best || weight > most) {
        best = &branch;
        most = weight;
      }
    }
    // Nested branches may have moved the entry.
    heaviest[op] = best;
    return best == region;
  }
  return entry->second == region;
}

int64_t Executions::of(Region *region) {
  if (!region || !region->getParentOp())
    return 1;
  if (auto found = counts.find(region); found != counts.end())
    return found->second;
  Operation *op = region->getParentOp();
  int64_t count = 0;
  if (isHeaviest(region)) {
    std::optional<int64_t> trips = tripCount(op);
    if (!trips && warn)
      op->emitWarning("how often this loop runs is not known; its body is "
                      "counted once (set optical.trip_count, or import with "
                      "--trip-count)");
    count = saturatingMul(of(op->getParentRegion()), trips.value_or(1));
  }
  counts[region] = count;
  return count;
}

int64_t Executions::of(Operation *op) { return of(op->getParentRegion()); }

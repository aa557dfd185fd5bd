//===- CostSum.cpp - Sums of costs over a network ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/CostSum.h"
#include "ohas/CostModel/Saturating.h"

using namespace ohas::cost;

void CostSum::add(const Cost &cost, int64_t times) {
  addSaturating(sum.latencyPs, times, cost.latencyPs);
  addSaturating(sum.energyFj, times, cost.energyFj);
  addSaturating(sum.cycles, times, cost.cycles);
  addSaturating(sum.macs, times, cost.macs);
  addSaturating(sum.hiddenPs, times, cost.hiddenPs);
  for (const Share &share : cost.energyBreakdownFj) {
    auto [it, isNew] =
        positions.try_emplace(share.component, sum.energyBreakdownFj.size());
    if (isNew)
      sum.energyBreakdownFj.push_back({share.component, 0});
    addSaturating(sum.energyBreakdownFj[it->second].value, times, share.value);
  }
}

//===- CostSum.cpp - Sums of costs over a network ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/CostSum.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::cost;

static void accumulate(int64_t &sum, int64_t value, int64_t times) {
  int64_t product;
  if (llvm::MulOverflow(value, times, product) ||
      llvm::AddOverflow(sum, product, sum))
    sum = std::numeric_limits<int64_t>::max();
}

void CostSum::add(const Cost &cost, int64_t times) {
  accumulate(sum.latencyPs, cost.latencyPs, times);
  accumulate(sum.energyFj, cost.energyFj, times);
  accumulate(sum.cycles, cost.cycles, times);
  accumulate(sum.macs, cost.macs, times);
  for (const Share &share : cost.energyBreakdownFj) {
    auto [it, isNew] =
        positions.try_emplace(share.component, sum.energyBreakdownFj.size());
    if (isNew)
      sum.energyBreakdownFj.push_back({share.component, 0});
    accumulate(sum.energyBreakdownFj[it->second].value, share.value, times);
  }
}

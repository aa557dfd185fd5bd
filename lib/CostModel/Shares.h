//===- Shares.h - Adds to a breakdown and its total -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_SHARES_H
#define OHAS_LIB_COSTMODEL_SHARES_H

#include "ohas/CostModel/Cost.h"
#include "ohas/CostModel/Saturating.h"

namespace ohas::cost {

/// Rounds `value` once and adds it to the component's share, or a share if it
/// has none; nothing is left out.
inline void addShare(Breakdown &breakdown, int64_t &total,
                     const std::string &component, double value) {
  int64_t rounded = toInteger(value);
  if (rounded == 0)
    return;
  total = saturatingAdd(total, rounded);
  for (Share &share : breakdown)
    if (share.component == component) {
      share.value = saturatingAdd(share.value, rounded);
      return;
    }
  breakdown.push_back({component, rounded});
}

inline int64_t cyclesIn(int64_t latencyPs, const Accelerator &accelerator) {
  return toIntegerUp(double(latencyPs) / 1000 * accelerator.clockGhz);
}

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_SHARES_H

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

/// Rounds `value` once and adds it; a component of nothing is left out.
inline void addShare(Breakdown &breakdown, int64_t &total,
                     const std::string &component, double value) {
  int64_t rounded = toInteger(value);
  if (rounded == 0)
    return;
  breakdown.push_back({component, rounded});
  total = saturatingAdd(total, rounded);
}

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_SHARES_H

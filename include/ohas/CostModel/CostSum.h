//===- CostSum.h - Sums of costs over a network -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_COSTSUM_H
#define OHAS_COSTMODEL_COSTSUM_H

#include "ohas/CostModel/Cost.h"
#include "llvm/ADT/StringMap.h"

namespace ohas::cost {

/// Adds costs up, component by component in order of first appearance, so that
/// the sum's breakdown sums to its total as exactly as the parts' do. Figures
/// saturate at INT64_MAX.
class CostSum {
public:
  void add(const Cost &cost, int64_t times = 1);
  const Cost &get() const { return sum; }

private:
  Cost sum;
  llvm::StringMap<size_t> positions;
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_COSTSUM_H

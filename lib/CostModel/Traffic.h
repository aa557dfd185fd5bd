//===- Traffic.h - Counts in bits -------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_TRAFFIC_H
#define OHAS_LIB_COSTMODEL_TRAFFIC_H

#include "PartialSums.h"
#include "ohas/CostModel/Counts.h"

namespace ohas::cost {

/// Bits that a memory reads and writes, over all instances and at the busiest.
struct LevelTraffic {
  double readBits = 0, writeBits = 0;
  double busiestReadBits = 0, busiestWriteBits = 0;
};

class Traffic {
public:
  Traffic(const Workload &workload, const Accelerator &accelerator,
          const Mapping &mapping, const Counts &counts);

  const LevelTraffic &operator[](unsigned level) const { return levels[level]; }

private:
  llvm::SmallVector<LevelTraffic, 24> levels;
};

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_TRAFFIC_H

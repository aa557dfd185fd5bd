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

/// Adds what `accesses` move, of which `complete` move a complete output, the
/// rest an accumulator's content. The busiest instance has the same mix.
/// Inline, as a mapper's inner loop has it.
inline void addBits(double &total, double &busiest, int64_t accesses,
                    int64_t busiestAccesses, int64_t complete, double bits,
                    double accumulatorBits) {
  if (accesses <= 0)
    return;
  complete = std::min(complete, accesses);
  double moved =
      double(complete) * bits + double(accesses - complete) * accumulatorBits;
  total += moved;
  if (busiestAccesses == accesses)
    busiest += moved; // as a ratio of 1 would give
  else if (busiestAccesses != 0)
    busiest += moved * (double(busiestAccesses) / double(accesses));
}

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

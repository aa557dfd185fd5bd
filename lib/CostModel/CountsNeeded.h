//===- CountsNeeded.h - What of a level is worth counting -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSNEEDED_H
#define OHAS_LIB_COSTMODEL_COUNTSNEEDED_H

#include "ohas/CostModel/Accelerator.h"

namespace ohas::cost::counting {

/// Over all copies of a level, and at its busiest one.
struct AmountNeeded {
  bool all = true, busiest = true;
};

struct Needed {
  AmountNeeded reads, writes, conversions;
  bool residency = true; ///< tiles and how often they change
};

/// What the energy and latency of a level depend on.
inline Needed neededForCost(const Level &level) {
  bool counted = level.duty == Duty::PerCount && level.staticUw != 0;
  auto amount = [&](double fj, bool limits) {
    // The busiest copy is costed by its share of all.
    return AmountNeeded{fj != 0 || counted || limits, limits};
  };
  Needed needed;
  needed.reads = amount(level.readFjPerBit, level.readBitsPerCycle.has_value());
  needed.writes =
      amount(level.writeFjPerBit, level.writeBitsPerCycle.has_value());
  needed.conversions = amount(level.energyFj, level.rateGhz > 0);
  needed.residency = level.writeLatencyNs > 0 || level.writeElementsPerNs;
  return needed;
}

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSNEEDED_H

//===- RandomCosts.h - Properties that cost, at random ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_COSTMODEL_RANDOMCOSTS_H
#define OHAS_TEST_UNIT_COSTMODEL_RANDOMCOSTS_H

#include "ohas/CostModel/Accelerator.h"
#include <random>

namespace ohas::cost {

/// Gives every level some of the properties that cost, and none of others.
inline void drawCosts(Accelerator &accelerator, std::mt19937_64 &random) {
  auto some = [&](double value) { return random() % 3 ? 0 : value; };
  accelerator.accumulatorBits = 24;
  for (Level &level : accelerator.levels) {
    level.clockGhz = 1;
    level.readFjPerBit = some(3);
    level.writeFjPerBit = some(5);
    level.energyFj = some(700);
    level.staticUw = some(11);
    level.duty = static_cast<Duty>(random() % 3);
    level.rateGhz = some(0.01);
    if (random() % 3 == 0)
      level.readBitsPerCycle = 0.1;
    if (random() % 3 == 0)
      level.writeBitsPerCycle = 0.2;
    level.halfDuplex = random() % 2;
    if (level.kind != LevelKind::Memory)
      continue;
    level.writeLatencyNs = some(13);
    if (random() % 6 == 0)
      level.writeElementsPerNs = 0.5;
  }
}

} // namespace ohas::cost

#endif // OHAS_TEST_UNIT_COSTMODEL_RANDOMCOSTS_H

//===- OverlapTest.cpp ------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Overlap.h"
#include "gtest/gtest.h"
#include <random>

using namespace ohas::cost;

/// A laser of 10 uW that is always on, and a unit of one element a nanosecond.
static Accelerator makeAccelerator(double overlap) {
  Accelerator accelerator;
  Level dram, laser, mac;
  dram.name = "dram";
  dram.kind = LevelKind::Memory;
  laser.name = "laser";
  laser.kind = LevelKind::Component;
  laser.staticUw = 10;
  for (Level *level : {&dram, &laser, &mac})
    level->clockGhz = 1;
  accelerator.levels = {dram, laser, mac};
  VectorUnit unit;
  unit.name = "simd";
  unit.memory = "dram";
  unit.elementsPerCycle = unit.clockGhz = 1;
  unit.energyFjPerElement.assign(numOperationClasses, 3);
  unit.overlap = overlap;
  accelerator.vectorUnit = unit;
  return accelerator;
}

static ElectronicWork elements(int64_t n) {
  return {OperationClass::Activation, n, 0, 0};
}

TEST(Overlap, HidesWhatFitsBesideTheContraction) {
  Accelerator accelerator = makeAccelerator(0.5);
  Overlap overlap(accelerator);
  // Nothing comes before it.
  EXPECT_EQ(overlap.add(elements(4)).latencyPs, 4000);
  // Half of 20 ns: 6 ns and 4 of 7 ns.
  overlap.addContraction(20000);
  Cost first = overlap.add(elements(6)), second = overlap.add(elements(7)),
       third = overlap.add(elements(1));
  EXPECT_EQ(first.latencyPs, 0);
  EXPECT_EQ(first.hiddenPs, 6000);
  EXPECT_EQ(first.energyFj, 18); // its work, and no laser of its own
  EXPECT_EQ(second.latencyPs, 3000);
  EXPECT_EQ(second.cycles, 3);
  EXPECT_EQ(second.hiddenPs, 4000);
  EXPECT_EQ(second.energyFj, 21 + 30); // the laser for 3 ns
  EXPECT_EQ(third.latencyPs, 1000);
  EXPECT_EQ(third.hiddenPs, 0);
  // Room does not add up, nor outlast an interruption.
  overlap.addContraction(20000);
  overlap.addContraction(8000);
  EXPECT_EQ(overlap.add(elements(5)).hiddenPs, 4000);
  overlap.addContraction(20000);
  overlap.interrupt();
  EXPECT_EQ(overlap.add(elements(5)).hiddenPs, 0);
}

TEST(Overlap, WaitsUnlessTheUnitSaysSo) {
  Accelerator accelerator = makeAccelerator(0);
  Overlap overlap(accelerator);
  overlap.addContraction(1000000);
  EXPECT_EQ(overlap.add(elements(5)).latencyPs, 5000);
  accelerator.vectorUnit.reset();
  overlap.addContraction(1000000);
  Cost cost = overlap.add(elements(5));
  EXPECT_EQ(cost.latencyPs, 0);
  EXPECT_EQ(cost.boundBy, "unmodelled");
}

TEST(Overlap, SumsAndQuickFiguresAgree) {
  std::mt19937 random(7);
  for (unsigned round = 0; round < 200; ++round) {
    Accelerator accelerator = makeAccelerator((random() % 11) / 10.0);
    Overlap slow(accelerator), quick(accelerator);
    int64_t contraction = random() % 50000, all = 0, shown = 0, hidden = 0;
    slow.addContraction(contraction);
    quick.addContraction(contraction);
    for (unsigned i = 0; i < 4; ++i) {
      ElectronicWork work = elements(random() % 20);
      Cost cost = slow.add(work);
      QuickCost figures = quick.addQuick(work);
      EXPECT_EQ(figures.latencyPs, cost.latencyPs);
      EXPECT_EQ(figures.energyFj, cost.energyFj);
      int64_t sum = 0;
      for (const Share &share : cost.energyBreakdownFj)
        sum += share.value;
      EXPECT_EQ(sum, cost.energyFj);
      all += 1000 * work.elements;
      shown += cost.latencyPs;
      hidden += cost.hiddenPs;
    }
    EXPECT_EQ(shown + hidden, all);
    EXPECT_EQ(hidden, std::min<int64_t>(
                          all, std::llround(accelerator.vectorUnit->overlap *
                                            double(contraction))));
  }
}

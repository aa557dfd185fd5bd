//===- CostBoundTest.cpp ----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostBound.h"
#include "RandomNests.h"
#include "ohas/CostModel/Validity.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

/// Static power of every duty, which the nests otherwise lack.
static void addPower(NestGenerator &generator, Accelerator &accelerator) {
  for (Level &level : accelerator.levels) {
    if (level.kind == LevelKind::Fanout)
      continue;
    level.staticUw = double(generator.below(100));
    level.duty = static_cast<Duty>(generator.below(3));
    level.count = double(1 + generator.below(3));
  }
  accelerator.accumulatorBits = 4 + 8 * generator.below(3);
}

TEST(CostBound, IsNeverAboveTheCost) {
  unsigned compared = 0;
  double energy = 0, latency = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = generator.accelerator();
    Workload workload = generator.workload(5);
    addPower(generator, accelerator);
    CostBound bound(workload, accelerator);
    for (int i = 0; i < 40; ++i) {
      Mapping mapping = generator.mapping(workload, accelerator);
      if (findViolation(workload, accelerator, mapping))
        continue;
      QuickCost least = bound.of(mapping);
      QuickCost cost = evaluateQuick(workload, accelerator, mapping,
                                     count(workload, accelerator, mapping));
      EXPECT_LE(least.latencyPs, cost.latencyPs);
      EXPECT_LE(least.energyFj, cost.energyFj);
      energy += double(least.energyFj) / double(cost.energyFj + 1);
      latency += double(least.latencyPs) / double(cost.latencyPs + 1);
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000u);
  // And it is worth asking.
  EXPECT_GT(energy / compared, 0.4);
  EXPECT_GT(latency / compared, 0.6);
}

TEST(CostBound, IsMetWhereEverythingPassesOnce) {
  Accelerator accelerator =
      nest("plain", {memory("dram", everyTensor, 100),
                     converter("dac", Tensor::Input, 7),
                     fanout("columns", 4, {Dim::M},
                            {FanoutMode::Private, FanoutMode::Broadcast,
                             FanoutMode::Private}),
                     level("mac", LevelKind::Compute)});
  Workload workload = matmul(4, 1, 64);
  Mapping mapping;
  mapping.levels.resize(4);
  mapping.levels[0] = {everyTensor, {{Dim::P, 64}}};
  mapping.levels[2].loops = {{Dim::M, 4}};
  QuickCost least = CostBound(workload, accelerator).of(mapping);
  // Weights alone are read in each step again.
  EXPECT_EQ(least.latencyPs, 64 * 200 - 1);
  int64_t fj = (64 + 256 + 256) * 8 * 100 + 64 * 7;
  EXPECT_NEAR(double(least.energyFj), double(fj), 65);
}

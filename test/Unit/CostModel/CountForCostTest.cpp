//===- CountForCostTest.cpp -------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomCosts.h"
#include "RandomNest.h"
#include "ohas/CostModel/Cost.h"
#include "gtest/gtest.h"

using namespace ohas::cost;

TEST(CountForCost, CostsTheSameAsAllCounts) {
  unsigned omitted = 0;
  for (uint64_t seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE(seed);
    RandomNest nest(seed, seed % 3 ? NestKind::Any : NestKind::Edges);
    std::mt19937_64 random(seed);
    for (unsigned i = 0; i < 4; ++i) {
      drawCosts(nest.accelerator, random);
      Counts all = count(nest.workload, nest.accelerator, nest.mapping);
      Counts some = countForCost(nest.workload, nest.accelerator, nest.mapping);
      UnroundedCost want =
          evaluateUnrounded(nest.workload, nest.accelerator, nest.mapping, all);
      UnroundedCost got = evaluateUnrounded(nest.workload, nest.accelerator,
                                            nest.mapping, some);
      ASSERT_EQ(got.energyFj, want.energyFj) << nest.describe();
      ASSERT_EQ(got.latencyNs, want.latencyNs) << nest.describe();
      omitted += some.levels[0].tensors[0].tile == 0;
    }
  }
  // Tiles matter to devices that are slow to write alone.
  EXPECT_GT(omitted, 2000u);
}

TEST(CountForCost, WhatStaysIsCountedInFull) {
  RandomNest nest(0);
  Mapping &mapping = nest.mapping;
  for (Level &level : nest.accelerator.levels)
    level.clockGhz = 1;
  mapping.levels[0].resident = {Tensor::Weight};
  EXPECT_GT(countForCost(nest.workload, nest.accelerator, mapping)
                .levels[0]
                .tensors[0]
                .tile,
            0);
}

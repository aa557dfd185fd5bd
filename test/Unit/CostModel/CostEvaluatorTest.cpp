//===- CostEvaluatorTest.cpp ------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/CostEvaluator.h"
#include "RandomCosts.h"
#include "RandomNest.h"
#include "gtest/gtest.h"
#include <cstdlib>

using namespace ohas::cost;

/// How many of the nests were of common form.
static unsigned compare(NestKind kind, int64_t points, uint64_t seeds) {
  unsigned common = 0;
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(seed);
    RandomNest nest(seed, kind, points);
    const Workload &workload = nest.workload;
    Accelerator &accelerator = nest.accelerator;
    const Mapping &mapping = nest.mapping;
    std::mt19937_64 random(seed);
    drawCosts(accelerator, random);
    Counts counts = countForCost(workload, accelerator, mapping);
    UnroundedCost want =
        evaluateUnrounded(workload, accelerator, mapping, counts);
    QuickCost rounded = evaluateQuick(workload, accelerator, mapping, counts);
    CostEvaluator evaluator(workload, accelerator);
    UnroundedCost got = evaluator.unrounded(mapping);
    QuickCost quick = evaluator.quick(mapping);
    EXPECT_EQ(got.energyFj, want.energyFj);
    EXPECT_EQ(got.latencyNs, want.latencyNs);
    EXPECT_EQ(quick.energyFj, rounded.energyFj);
    EXPECT_EQ(quick.latencyPs, rounded.latencyPs);
    bool closed = hasClosedForm(workload, accelerator, mapping);
    EXPECT_EQ(evaluator.hasClosedForm(mapping), closed);
    std::optional<UnroundedCost> ofClosed = evaluator.ofClosedForm(mapping);
    EXPECT_EQ(ofClosed.has_value(), closed);
    if (ofClosed) {
      EXPECT_EQ(ofClosed->energyFj, want.energyFj);
      EXPECT_EQ(ofClosed->latencyNs, want.latencyNs);
    }
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << nest.describe();
      return common;
    }
    common += evaluator.ofCommonForm(mapping).has_value();
  }
  return common;
}

/// More can be tried: OHAS_COUNTS_NESTS=1000000.
static uint64_t nests() {
  const char *text = std::getenv("OHAS_COUNTS_NESTS");
  return text ? std::strtoull(text, nullptr, 10) : 4000;
}

TEST(CostEvaluator, CostsTheSameAsCounts) {
  EXPECT_GT(compare(NestKind::Any, 400, nests()), nests() / 4);
}

TEST(CostEvaluator, CostsTheSameWhereCopiesPresent) {
  EXPECT_GT(compare(NestKind::Presented, 400, nests()), nests() / 2);
}

TEST(CostEvaluator, CostsTheSameAtEdges) {
  EXPECT_GT(compare(NestKind::Edges, 400, nests()), nests() / 5);
}

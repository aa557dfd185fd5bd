//===- ExactMapperTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "BoundOfMapping.h"
#include "BruteForceMapper.h"
#include "MapperCases.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

static double valueOf(const Case &drawn, const Mapping &mapping) {
  UnroundedCost cost = costOf(drawn, mapping);
  return objectiveOf(drawn.objective.first, cost.energyFj, cost.latencyNs);
}

/// The best there is; infinity if there is none.
static double prove(const Case &drawn) {
  MappingProblem problem(drawn.workload, drawn.accelerator);
  Incumbent incumbent(problem, drawn.objective);
  SearchStatistics statistics;
  EXPECT_TRUE(mapExactly(problem, drawn.factors, incumbent, statistics));
  return incumbent.objectiveValue();
}

TEST(ExactMapper, EqualsBruteForceOnRandomNests) {
  unsigned compared = 0;
  forEachSeed(300, [&](unsigned seed) {
    Case drawn = drawCase(seed);
    if (drawn.workload.macs() > 4096)
      return;
    double best = std::numeric_limits<double>::infinity();
    Mapping bestMapping;
    BruteForceMapper all(drawn.workload, drawn.accelerator, drawn.factors);
    if (!all.run(20000, [&](const Mapping &mapping) {
          double value = valueOf(drawn, mapping);
          if (value < best) {
            best = value;
            bestMapping = mapping;
          }
        }))
      return;
    ++compared;
    double found = prove(drawn);
    if (std::isinf(best))
      EXPECT_EQ(found, best);
    else
      EXPECT_NEAR(found / best, 1, 1e-9)
          << "best " << show(bestMapping, drawn.accelerator);
  });
  if (!std::getenv("OHAS_SEEDS"))
    EXPECT_GT(compared, 200u);
}

TEST(ExactMapper, BoundsEveryMappingFromBelow) {
  uint64_t compared = 0, equal = 0;
  forEachSeed(300, [&](unsigned seed) {
    Case drawn = drawCase(seed);
    if (drawn.workload.macs() > 4096)
      return;
    MappingProblem problem(drawn.workload, drawn.accelerator);
    bool failed = false;
    BruteForceMapper(drawn.workload, drawn.accelerator, drawn.factors)
        .run(3000, [&](const Mapping &mapping) {
          LayoutBound bound(problem, layoutOf(problem, mapping), drawn.factors);
          PartialCost least = boundOf(problem, bound, mapping);
          UnroundedCost cost = costOf(drawn, mapping);
          double ns = bound.latencyNs(least), fj = bound.energyFj(least, ns);
          ++compared;
          equal += fj >= cost.energyFj * (1 - 1e-9);
          if (!failed &&
              (!bound.isPossible() || fj > cost.energyFj * (1 + 1e-9) ||
               ns > cost.latencyNs * (1 + 1e-9))) {
            failed = true;
            ADD_FAILURE() << fj << " fJ, " << ns << " ns; exact "
                          << cost.energyFj << ", " << cost.latencyNs << "\n"
                          << show(mapping, drawn.accelerator);
          }
        });
  });
  if (std::getenv("OHAS_SEEDS"))
    return;
  EXPECT_GT(compared, 100000u);
  // Bounds that are always loose would pass, too.
  EXPECT_GT(equal, compared / 3);
}

/// By default 100,000 samples over all problems; OHAS_SAMPLES sets how many of
/// each problem.
TEST(ExactMapper, IsNeverBeatenByRandomMappings) {
  const char *text = std::getenv("OHAS_SAMPLES");
  unsigned samples = text ? std::atoi(text) : 500, problems = 0;
  for (unsigned seed = 5000; problems < 200; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawCase(seed);
    // Random bounds may be any.
    drawn.factors = Factors::Every;
    if (drawn.workload.macs() > 512)
      continue;
    ++problems;
    double best = prove(drawn);
    NestGenerator generator(seed);
    for (unsigned i = 0; i < samples; ++i) {
      Mapping mapping = generator.mapping(drawn.workload, drawn.accelerator);
      if (findViolation(drawn.workload, drawn.accelerator, mapping))
        continue;
      double value = valueOf(drawn, mapping);
      if (value < best * (1 - 1e-9)) {
        ADD_FAILURE() << value << " < " << best << ": "
                      << show(mapping, drawn.accelerator);
        break;
      }
    }
  }
}

TEST(ExactMapper, LargerMapspacesAreNoWorse) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawCase(seed);
    if (drawn.workload.macs() > 1024)
      continue;
    drawn.factors = Factors::Perfect;
    double perfect = prove(drawn);
    drawn.factors = Factors::Balanced;
    double balanced = prove(drawn);
    drawn.factors = Factors::Every;
    double every = prove(drawn);
    EXPECT_LE(every, balanced * (1 + 1e-9));
    if (!std::isinf(perfect))
      EXPECT_FALSE(std::isinf(every));
  }
}

TEST(ExactMapper, SmallerMemoriesAreNoBetter) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawCase(seed);
    if (drawn.workload.macs() > 1024)
      continue;
    double before = prove(drawn);
    for (Level &level : drawn.accelerator.levels)
      if (level.capacityBits)
        level.capacityBits = *level.capacityBits / 2;
    EXPECT_GE(prove(drawn), before * (1 - 1e-9));
  }
}

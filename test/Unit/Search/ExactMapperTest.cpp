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
#include "Spreads.h"
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

static void expectProven(const Case &drawn, double best,
                         const std::string &shown = "") {
  double found = prove(drawn);
  if (std::isinf(best))
    EXPECT_EQ(found, best);
  else
    EXPECT_NEAR(found / best, 1, 1e-9) << shown;
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
    expectProven(drawn, best, "best " + show(bestMapping, drawn.accelerator));
  });
  if (!std::getenv("OHAS_SEEDS"))
    EXPECT_GT(compared, 200u);
}

/// Of mappings that mirror each other the search looks at one.
TEST(ExactMapper, EqualsBruteForceWhereHeightIsLikeWidth) {
  unsigned compared = 0;
  forEachSeed(200, [&](unsigned seed) {
    Case drawn = drawCase(seed);
    Workload &workload = drawn.workload;
    for (Dim dim : allDims)
      workload.size(dim) = std::min<int64_t>(workload.size(dim), 2);
    for (auto [one, other] : mirroredDims) {
      workload.size(one) += one == Dim::P ? seed % 3 : 0;
      workload.size(other) = workload.size(one);
      for (Level &level : drawn.accelerator.levels)
        for (DimSet *dims : {&level.temporalDims, &level.spatialDims})
          if (dims->contains(one))
            dims->insert(other);
          else
            dims->erase(other);
    }
    workload.strides[1] = workload.strides[0];
    workload.dilations[1] = workload.dilations[0];
    MappingProblem problem(workload, drawn.accelerator);
    if (workload.size(Dim::P) == 1 || workload.macs() > 4096 ||
        !isMirrorSymmetric(problem))
      return;
    double best = std::numeric_limits<double>::infinity();
    BruteForceMapper all(workload, drawn.accelerator, drawn.factors);
    if (!all.run(50000, [&](const Mapping &mapping) {
          best = std::min(best, valueOf(drawn, mapping));
        }))
      return;
    ++compared;
    expectProven(drawn, best);
  });
  if (!std::getenv("OHAS_SEEDS"))
    EXPECT_GT(compared, 50u);
}

TEST(ExactMapper, BoundsEveryMappingFromBelow) {
  uint64_t compared = 0, equal = 0;
  auto compare = [&](const Case &drawn, uint64_t most = 3000) {
    if (drawn.workload.macs() > 4096)
      return;
    MappingProblem problem(drawn.workload, drawn.accelerator);
    bool failed = false;
    BruteForceMapper(drawn.workload, drawn.accelerator, drawn.factors)
        .run(most, [&](const Mapping &mapping) {
          if (idlesForEver(drawn, mapping))
            return;
          UnroundedCost cost = costOf(drawn, mapping);
          // Joined cells have bounds, too.
          size_t mostTiles = compared % 4 ? TileGrid::finest : 32;
          auto [ns, fj] = leastCost(problem, drawn.factors, mapping, mostTiles);
          ++compared;
          equal += fj >= cost.energyFj * (1 - 1e-9);
          if (!failed && (fj > cost.energyFj * (1 + 1e-9) ||
                          ns > cost.latencyNs * (1 + 1e-9))) {
            failed = true;
            ADD_FAILURE() << fj << " fJ, " << ns << " ns; exact "
                          << cost.energyFj << ", " << cost.latencyNs << "\n"
                          << show(mapping, drawn.accelerator);
          }
        });
  };
  // Sweeps of windows that go on where the one before ended.
  for (int64_t positions : {6, 8, 9, 12, 16})
    for (int64_t kernel : {2, 3}) {
      Workload workload;
      workload.size(Dim::P) = positions;
      workload.size(Dim::R) = kernel;
      for (int64_t stride : {1, 2}) {
        workload.strides = {stride, 1, 1};
        compare({nest("sweeps", {memory("dram", everyTensor, 100),
                                 memory("outer", everyTensor, 10),
                                 memory("inner", everyTensor, 3),
                                 memory("register", everyTensor, 1),
                                 level("mac", LevelKind::Compute)}),
                 workload, Factors::Perfect, Objective::Energy},
                30000);
      }
    }
  // Some effects need a dim with loops at two memories, one of three trips.
  forEachSeed(300, [&](unsigned seed) {
    compare(drawCase(seed));
    compare(drawCase(seed, 4));
  });
  if (std::getenv("OHAS_SEEDS"))
    return;
  EXPECT_GT(compared, 100000u);
  // Bounds that are always loose would pass, too.
  EXPECT_GT(equal, compared / 3);
}

/// Where everything that the bounds allow for is excluded, they are exact.
TEST(ExactMapper, BoundsExactlyWhatSweepsAndIntegratorsDo) {
  auto compare = [](const Accelerator &accelerator, const Workload &workload,
                    std::vector<std::pair<unsigned, std::vector<Loop>>> loops) {
    Mapping mapping;
    for (const Level &level : accelerator.levels)
      mapping.levels.emplace_back().kept = level.canKeep;
    for (auto &[level, some] : loops)
      mapping.levels[level].loops.assign(some.begin(), some.end());
    ASSERT_FALSE(findViolation(workload, accelerator, mapping));
    Case drawn = {accelerator, workload, Factors::Balanced, Objective::Energy};
    MappingProblem problem(workload, accelerator);
    double exact = costOf(drawn, mapping).energyFj,
           least = leastCost(problem, drawn.factors, mapping).energyFj;
    EXPECT_NEAR(least / exact, 1, 1e-9) << show(mapping, accelerator);
  };
  Accelerator nested = nest("sweeps", {memory("dram", everyTensor, 100),
                                       memory("inner", everyTensor, 1),
                                       level("mac", LevelKind::Compute)});
  for (int64_t stride : {1, 2, 3}) {
    Workload workload;
    workload.size(Dim::C) = 4;
    workload.size(Dim::P) = 6;
    workload.size(Dim::R) = 5;
    workload.strides[0] = stride;
    // Of five indices in pairs the last is alone.
    for (int64_t inner : {1, 2})
      compare(nested, workload,
              {{0, {{Dim::C, 4}, {Dim::R, (5 + inner - 1) / inner}}},
               {1, {{Dim::P, 6}, {Dim::R, inner}}}});
  }
  Level integrator =
      memory("integrator", {Tensor::Output}, 10, std::nullopt, {Dim::C});
  integrator.accumulateLimit = 3;
  integrator.accumulates = true;
  Accelerator summed =
      nest("sums", {memory("dram", everyTensor, 100), integrator,
                    level("mac", LevelKind::Compute)});
  // Stays of 4 steps take two passes, those of 3 one, and so does the rest.
  for (int64_t inner : {2, 3, 4, 6})
    compare(summed, matmul(1, 16, 5),
            {{0, {{Dim::C, (16 + inner - 1) / inner}, {Dim::P, 5}}},
             {1, {{Dim::C, inner}}}});
}

/// With all tiles known, the first copies' steps are those of the mapping.
TEST(ExactMapper, KnowsTheStepsOfEveryMapping) {
  uint64_t compared = 0, more = 0;
  forEachSeed(300, [&](unsigned seed) {
    Case drawn = drawCase(seed, seed % 2 * 4);
    MappingProblem problem(drawn.workload, drawn.accelerator);
    BruteForceMapper(drawn.workload, drawn.accelerator, drawn.factors)
        .run(1000, [&](const Mapping &mapping) {
          LayoutBound bound(problem, layoutOf(problem, mapping), drawn.factors,
                            {});
          double known = 1, fewest = 1;
          for (int64_t steps : stepsOf(problem, bound, mapping))
            known *= double(std::max<int64_t>(steps, 1));
          for (int64_t steps : bound.fewestSteps())
            fewest *= double(std::max<int64_t>(steps, 1));
          Counts counts = count(drawn.workload, drawn.accelerator, mapping);
          EXPECT_EQ(known, double(counts.computeCycles))
              << show(mapping, drawn.accelerator);
          ++compared;
          more += known > fewest;
        });
  });
  if (std::getenv("OHAS_SEEDS"))
    return;
  EXPECT_GT(compared, 50000u);
  // Or else there would be nothing to know.
  EXPECT_GT(more, 10u);
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

//===- SumBoundsTest.cpp ----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SumBounds.h"
#include "gtest/gtest.h"
#include <random>

using namespace ohas::search;

static std::vector<Sums> drawSums(std::mt19937 &random) {
  std::vector<Sums> all(1 + random() % 40);
  for (Sums &sums : all)
    sums = {double(10 + random() % 1000), double(10 + random() % 1000)};
  return all;
}

static double bestValue(const std::vector<Sums> &all, const Goal &goal) {
  double best = std::numeric_limits<double>::infinity();
  for (const Sums &sums : all)
    best = std::min(best, goal.valueOf(sums.energyFj, sums.latencyNs).first);
  return best;
}

static constexpr Objective objectives[] = {Objective::Edp, Objective::Energy,
                                           Objective::Latency, Objective::Ed2p};

TEST(SumBounds, ReachesTheLeastValueOfAnySums) {
  unsigned mostWeightings = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<Sums> all = drawSums(random);
    Goal goal = objectives[seed % 4];
    double best = bestValue(all, goal);
    SumBounds bounds({5, 5});
    unsigned weightings = 0;
    while (bounds.leastValue(goal) < best * (1 - 1e-9)) {
      std::optional<Weighting> weighting = bounds.next(goal);
      ASSERT_TRUE(weighting);
      Sums reached;
      double least = std::numeric_limits<double>::infinity();
      for (const Sums &sums : all)
        if (double value = weighting->of(sums.energyFj, sums.latencyNs);
            value < least) {
          least = value;
          reached = sums;
        }
      bounds.add(*weighting, least, reached);
      ASSERT_LE(bounds.leastValue(goal), best * (1 + 1e-9));
      ASSERT_LT(++weightings, 30u);
    }
    mostWeightings = std::max(mostWeightings, weightings);
  }
  EXPECT_LE(mostWeightings, 16u);
}

TEST(SumBounds, LooseSumsGiveBoundsAndAnEnd) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<Sums> all = drawSums(random);
    Goal goal = objectives[seed % 4];
    double best = bestValue(all, goal), before = 0;
    SumBounds bounds({5, 5});
    unsigned weightings = 0;
    while (std::optional<Weighting> weighting = bounds.next(goal)) {
      if (++weightings > 40)
        break;
      double least = std::numeric_limits<double>::infinity();
      for (const Sums &sums : all)
        least = std::min(least, weighting->of(sums.energyFj, sums.latencyNs));
      bounds.add(*weighting, least * (0.8 + 0.01 * double(random() % 20)),
                 std::nullopt);
      double now = bounds.leastValue(goal);
      ASSERT_LE(now, best);
      ASSERT_GE(now, before * (1 - 1e-9));
      before = now;
    }
    EXPECT_GT(before, 0.3 * best);
  }
}

TEST(SumBounds, AProductOfSumsIsNoMeanOfThem) {
  // Energy + time is never below 20, and 1 x 19 is still less than 10 x 10.
  SumBounds bounds({1, 1});
  bounds.add({1, 1}, 20, std::nullopt);
  EXPECT_NEAR(bounds.leastValue(Objective::Edp), 19, 1e-9);
  EXPECT_NEAR(bounds.leastValue(Objective::Energy), 1, 1e-9);
}

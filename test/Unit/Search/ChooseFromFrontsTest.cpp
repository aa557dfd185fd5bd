//===- ChooseFromFrontsTest.cpp ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/NetworkEvaluator.h"
#include "gtest/gtest.h"
#include <random>

using namespace ohas::search;

namespace {
struct Fronts {
  std::vector<std::vector<MappedPoint>> points;
  std::vector<int64_t> counts;
  Totals fixed;

  Totals sums(llvm::ArrayRef<size_t> chosen) const {
    Totals totals = fixed;
    for (size_t i = 0; i < chosen.size(); ++i) {
      totals.latencyPs += counts[i] * points[i][chosen[i]].latencyPs;
      totals.energyFj += counts[i] * points[i][chosen[i]].energyFj;
    }
    return totals;
  }

  std::vector<size_t> choose(Objective objective) const {
    std::vector<llvm::ArrayRef<MappedPoint>> refs(points.begin(), points.end());
    return chooseFromFronts(refs, counts, fixed, objective);
  }

  double bruteForce(Objective objective) const {
    std::vector<size_t> chosen(points.size(), 0);
    double best = objectiveValue(objective, sums(chosen));
    for (;;) {
      size_t i = 0;
      while (i < chosen.size() && ++chosen[i] == points[i].size())
        chosen[i++] = 0;
      if (i == chosen.size())
        return best;
      best = std::min(best, objectiveValue(objective, sums(chosen)));
    }
  }
};
} // namespace

/// A random convex front: latency rises, energy falls ever more slowly.
static std::vector<MappedPoint> drawFront(std::mt19937 &random) {
  std::vector<MappedPoint> front(1 + random() % 4);
  int64_t latency = 10 + random() % 1000, energy = 10000 + random() % 50000;
  double rate = 40;
  for (MappedPoint &point : front) {
    point.latencyPs = latency;
    point.energyFj = energy;
    int64_t slower = 5 + random() % 100;
    rate *= 0.2 + 0.1 * (random() % 7);
    latency += slower;
    energy -= std::max<int64_t>(1, int64_t(rate * slower));
  }
  return front;
}

TEST(ChooseFromFronts, EqualsBruteForce) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    Fronts fronts;
    for (int i = 0; i < 5; ++i) {
      fronts.points.push_back(drawFront(random));
      fronts.counts.push_back(1 + random() % 4);
    }
    if (round % 2)
      fronts.fixed = {int64_t(random() % 3000), int64_t(random() % 100000), 0,
                      0};
    for (Objective objective : {Objective::Edp, Objective::Energy,
                                Objective::Latency, Objective::Ed2p}) {
      double chosen =
          objectiveValue(objective, fronts.sums(fronts.choose(objective)));
      EXPECT_EQ(chosen, fronts.bruteForce(objective)) << round;
    }
  }
}

TEST(ChooseFromFronts, AreaAndPowerFallBackToEdp) {
  std::mt19937 random(4);
  Fronts fronts;
  for (int i = 0; i < 6; ++i) {
    fronts.points.push_back(drawFront(random));
    fronts.counts.push_back(1);
  }
  EXPECT_EQ(fronts.choose(Objective::Area), fronts.choose(Objective::Edp));
  EXPECT_EQ(fronts.choose(Objective::Power), fronts.choose(Objective::Edp));
}

TEST(ChooseFromFronts, SumsSaturate) {
  Fronts fronts;
  fronts.points = {{MappedPoint{{}, INT64_MAX / 2, INT64_MAX / 2}}};
  fronts.counts = {1000};
  EXPECT_EQ(fronts.choose(Objective::Edp), (std::vector<size_t>{0}));
}

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
  std::vector<std::vector<LayerChoice>> points;
  Totals fixed;

  Totals sums(llvm::ArrayRef<size_t> chosen) const {
    Totals totals = fixed;
    for (size_t i = 0; i < chosen.size(); ++i) {
      totals.latencyPs += points[i][chosen[i]].latencyPs;
      totals.energyFj += points[i][chosen[i]].energyFj;
    }
    return totals;
  }

  std::vector<size_t> choose(Objective objective) const {
    return chooseFromFronts(points, fixed, objective);
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

/// A random front: latency rises now and then, energy falls.
static std::vector<LayerChoice> drawFront(std::mt19937 &random) {
  std::vector<LayerChoice> front(1 + random() % 5);
  int64_t latency = 10 + random() % 1000, energy = 10000 + random() % 50000;
  for (size_t i = 0; i < front.size(); ++i) {
    front[i] = {i, latency, energy};
    latency += random() % 4 ? random() % 100 : 0;
    energy -= 1 + random() % (energy / 8);
  }
  return front;
}

TEST(ChooseFromFronts, EqualsBruteForce) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    Fronts fronts;
    for (int i = 0; i < 5; ++i)
      fronts.points.push_back(drawFront(random));
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
  for (int i = 0; i < 6; ++i)
    fronts.points.push_back(drawFront(random));
  EXPECT_EQ(fronts.choose(Objective::Area), fronts.choose(Objective::Edp));
  EXPECT_EQ(fronts.choose(Objective::Power), fronts.choose(Objective::Edp));
}

TEST(ChooseFromFronts, SumsSaturate) {
  Fronts fronts;
  // Nothing is won from one saturated point to another.
  fronts.points = {{{0, INT64_MAX, INT64_MAX}, {1, INT64_MAX, INT64_MAX}},
                   {{0, INT64_MAX / 2, INT64_MAX / 2}}};
  EXPECT_EQ(fronts.choose(Objective::Edp), (std::vector<size_t>{0, 0}));
}

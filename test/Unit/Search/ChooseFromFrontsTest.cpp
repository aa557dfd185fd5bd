//===- ChooseFromFrontsTest.cpp ---------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/NetworkEvaluator.h"
#include "gtest/gtest.h"
#include <random>
#include <set>

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

  std::vector<size_t> choose(const Goal &goal) const {
    return chooseFromFronts(points, fixed, goal);
  }

  /// The least value, and how many values of the second objective there are
  /// where the first one is least.
  std::pair<GoalValue, size_t> bruteForce(const Goal &goal) const {
    std::vector<size_t> chosen(points.size(), 0);
    GoalValue best = valueOf(goal, sums(chosen));
    std::set<double> seconds;
    for (;;) {
      GoalValue value = valueOf(goal, sums(chosen));
      if (value.first < best.first)
        seconds.clear();
      if (value.first <= best.first)
        seconds.insert(value.second);
      best = std::min(best, value);
      size_t i = 0;
      while (i < chosen.size() && ++chosen[i] == points[i].size())
        chosen[i++] = 0;
      if (i == chosen.size())
        return {best, seconds.size()};
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
      EXPECT_EQ(chosen, fronts.bruteForce(objective).first.first) << round;
    }
  }
}

/// With few values, so that sums and products are often equal.
static std::vector<LayerChoice> drawSmallFront(std::mt19937 &random) {
  std::vector<LayerChoice> front;
  int64_t latency = 1 + random() % 4;
  for (int64_t energy = 12; energy > 0; --energy)
    if (random() % 4 == 0 || (energy == 1 && front.empty())) {
      front.push_back({front.size(), latency, energy});
      latency += random() % 4;
    }
  return front;
}

TEST(ChooseFromFronts, EqualsBruteForceInBothObjectives) {
  std::mt19937 random(5);
  unsigned decided[4] = {};
  for (int round = 0; round < 300; ++round) {
    Fronts fronts;
    for (int i = 0; i < 4; ++i)
      fronts.points.push_back(round % 3 ? drawSmallFront(random)
                                        : drawFront(random));
    if (round % 2)
      fronts.fixed = {int64_t(random() % 8), int64_t(random() % 8), 0, 0};
    for (int first = 0; first < 4; ++first)
      for (int second = 0; second < 4; ++second) {
        if (first == second)
          continue;
        Goal goal(static_cast<Objective>(first),
                  static_cast<Objective>(second));
        GoalValue chosen = valueOf(goal, fronts.sums(fronts.choose(goal)));
        auto best = fronts.bruteForce(goal);
        EXPECT_EQ(chosen.first, best.first.first) << round << name(goal);
        EXPECT_EQ(chosen.second, best.first.second) << round << name(goal);
        decided[first] += best.second > 1;
      }
  }
  // Energy falls along a front, so that only one choice has the least.
  EXPECT_EQ(decided[int(Objective::Energy)], 0u);
  EXPECT_GT(decided[int(Objective::Latency)], 100u);
  EXPECT_GT(decided[int(Objective::Edp)], 10u);
}

TEST(ChooseFromFronts, TheLastDigitsAreNoImprovement) {
  Fronts fronts;
  constexpr int64_t s = 1'000'000'000'000;
  fronts.points = {{{0, s, 100}, {1, s + 6, 50}, {2, s + 12, 30}}};
  EXPECT_EQ(fronts.choose(Objective::Latency), (std::vector<size_t>{0}));
  // Nor do they add up.
  EXPECT_EQ(fronts.choose({Objective::Latency, Objective::Energy}),
            (std::vector<size_t>{1}));
}

TEST(ChooseFromFronts, AreaAndPowerFallBackToEdp) {
  std::mt19937 random(4);
  Fronts fronts;
  for (int i = 0; i < 6; ++i)
    fronts.points.push_back(drawFront(random));
  EXPECT_EQ(fronts.choose(Objective::Area), fronts.choose(Objective::Edp));
  EXPECT_EQ(fronts.choose(Objective::Power), fronts.choose(Objective::Edp));
  for (Objective objective : {Objective::Energy, Objective::Latency}) {
    EXPECT_EQ(fronts.choose({Objective::Area, objective}),
              fronts.choose(objective));
    EXPECT_EQ(fronts.choose({objective, Objective::Power}),
              fronts.choose(objective));
  }
}

TEST(ChooseFromFronts, SumsSaturate) {
  Fronts fronts;
  // Nothing is won from one saturated point to another.
  fronts.points = {{{0, INT64_MAX, INT64_MAX}, {1, INT64_MAX, INT64_MAX}},
                   {{0, INT64_MAX / 2, INT64_MAX / 2}}};
  EXPECT_EQ(fronts.choose(Objective::Edp), (std::vector<size_t>{0, 0}));
}

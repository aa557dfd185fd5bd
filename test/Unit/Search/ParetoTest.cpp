//===- ParetoTest.cpp -------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spaces.h"
#include <random>
#include <set>

using namespace ohas::search;

TEST(Pareto, EqualsBruteForce) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    FrontAxes axes = {Objective::Latency, Objective::Energy, Objective::Area,
                      Objective::Power};
    std::shuffle(axes.begin(), axes.end(), random);
    axes.truncate(2 + round % 3);
    ParetoFront front(axes);
    auto beats = [&](const EvaluatedDesign &a, const EvaluatedDesign &b) {
      return dominates(a.outcome.totals, b.outcome.totals, axes) &&
             (!dominates(b.outcome.totals, a.outcome.totals, axes) ||
              a.candidate.comesBefore(b.candidate));
    };
    std::vector<EvaluatedDesign> all;
    for (uint32_t i = 0; i < 60; ++i) {
      EvaluatedDesign design;
      design.candidate.number = i;
      design.candidate.choice = {uint32_t(random() % 5), i};
      design.candidate.isDefault = i == 30;
      design.outcome.totals = {int64_t(random() % 9), int64_t(random() % 9),
                               int64_t(random() % 9), int64_t(random() % 9)};
      all.push_back(design);
      front.insert(design);
    }
    // On the front: beaten by none, and the first of its equals.
    std::set<uint64_t> expected, actual;
    for (const EvaluatedDesign &a : all) {
      bool beaten = false;
      for (const EvaluatedDesign &b : all)
        beaten |= beats(b, a);
      if (!beaten)
        expected.insert(a.candidate.number);
    }
    for (const EvaluatedDesign &a : front.designs())
      actual.insert(a.candidate.number);
    EXPECT_EQ(actual, expected);
    EXPECT_EQ(actual.size(), front.designs().size());
    for (size_t i = 1; i < front.designs().size(); ++i)
      EXPECT_LT(objectiveValue(axes[0], front.designs()[i - 1].outcome.totals),
                objectiveValue(axes[0], front.designs()[i].outcome.totals) + 1);
  }
}

TEST(Pareto, AxesAreParsed) {
  EXPECT_EQ(llvm::cantFail(parseFrontAxes("power, latency")),
            (FrontAxes{Objective::Power, Objective::Latency}));
  EXPECT_EQ(test::message(parseFrontAxes("latency,speed")),
            "unknown axis 'speed' of a front: expected two to four of latency, "
            "energy, area, power");
  EXPECT_EQ(test::message(parseFrontAxes("edp,area")),
            "unknown axis 'edp' of a front: expected two to four of latency, "
            "energy, area, power");
  EXPECT_EQ(test::message(parseFrontAxes("area,area")),
            "a front has 'area' twice: expected two to four of latency, "
            "energy, area, power");
  EXPECT_EQ(test::message(parseFrontAxes("area")),
            "'area' is no front: expected two to four of latency, energy, "
            "area, power");
}

TEST(Objective, NamesRoundTrip) {
  for (auto objective : {Objective::Edp, Objective::Energy, Objective::Latency,
                         Objective::Ed2p, Objective::Area, Objective::Power})
    EXPECT_EQ(parseObjective(name(objective)), objective);
  EXPECT_FALSE(parseObjective("speed"));
  EXPECT_EQ(listObjectives(), "edp, energy, latency, ed2p, area, power");
}

TEST(Objective, FeasibleDesignsComeFirstThenSmallViolations) {
  Outcome good, bad, worse;
  good.status = Status::Feasible;
  good.totals = {1000, 1000, 1000, 1000};
  bad.status = worse.status = Status::Infeasible;
  bad.rejections = {{"a", "", 0.1}};
  worse.rejections = {{"a", "", 0.1}, {"b", "", 0.1}};
  EXPECT_TRUE(isBetter(Objective::Edp, good, bad));
  EXPECT_FALSE(isBetter(Objective::Edp, bad, good));
  EXPECT_TRUE(isBetter(Objective::Edp, bad, worse));
  EXPECT_FALSE(isBetter(Objective::Edp, good, good));
}

TEST(Objective, TiesAreBrokenByTheOtherFigures) {
  Outcome a, b;
  a.status = b.status = Status::Feasible;
  a.totals = {10, 10, 5, 5};
  b.totals = {10, 11, 5, 5};
  EXPECT_TRUE(isBetter(Objective::Latency, a, b));
  EXPECT_TRUE(isBetter(Objective::Area, a, b));
  EXPECT_TRUE(isBetter(Objective::Power, a, b));
  b.totals = {5, 20, 5, 5};
  EXPECT_TRUE(isBetter(Objective::Edp, b, a));
  EXPECT_TRUE(isBetter(Objective::Ed2p, b, a));
}

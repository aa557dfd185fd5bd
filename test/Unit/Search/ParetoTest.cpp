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
    ParetoFront front;
    std::vector<EvaluatedDesign> all;
    for (uint64_t i = 0; i < 60; ++i) {
      EvaluatedDesign design;
      design.candidate.number = i;
      design.outcome.totals = {int64_t(random() % 9), int64_t(random() % 9),
                               int64_t(random() % 9), 0};
      all.push_back(design);
      front.insert(design);
    }
    // On the front: beaten by none, and the first of its equals.
    std::set<uint64_t> expected, actual;
    for (const EvaluatedDesign &a : all) {
      bool beaten = false;
      for (const EvaluatedDesign &b : all)
        beaten |= dominates(b.outcome.totals, a.outcome.totals) &&
                  (!(b.outcome.totals == a.outcome.totals) ||
                   b.candidate.number < a.candidate.number);
      if (!beaten)
        expected.insert(a.candidate.number);
    }
    for (const EvaluatedDesign &a : front.designs())
      actual.insert(a.candidate.number);
    EXPECT_EQ(actual, expected);
    EXPECT_EQ(actual.size(), front.designs().size());
    for (size_t i = 1; i < front.designs().size(); ++i)
      EXPECT_LE(front.designs()[i - 1].outcome.totals.latencyPs,
                front.designs()[i].outcome.totals.latencyPs);
  }
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

//===- DriverTest.cpp -------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spaces.h"
#include <thread>

using namespace ohas::search;
using namespace ohas::search::test;

static Outcome judgeAll(const Candidate &candidate, const Bar &) {
  return judge(candidate);
}

static SearchResult run(const DesignSpace &space, SearchOptions options,
                        const DesignEvaluator &evaluate = judgeAll) {
  if (options.strategy == StrategyKind::Auto)
    options.strategy = StrategyKind::Exhaustive;
  return searchDesigns(space, evaluate, {}, options);
}

TEST(SearchDesigns, ExhaustiveFindsTheBestTheRunnerUpAndTheFront) {
  DesignSpace some = space({"plcg=60:100:5", "clock_ghz=10:50:10"});
  SearchResult result = run(some, {});
  EXPECT_EQ(result.spaceSize, 45);
  EXPECT_EQ(result.evaluated, 45u);
  EXPECT_EQ(result.pruned, 10u); // 95 and 100, each with five clocks
  EXPECT_EQ(result.infeasible, 0u);
  EXPECT_TRUE(result.exhaustive);
  EXPECT_FALSE(result.interrupted);
  EXPECT_FALSE(result.outOfBudget);
  ASSERT_TRUE(result.best && result.runnerUp);
  EXPECT_EQ(result.best->candidate.point.knobs.at("plcg"), 70);
  EXPECT_EQ(result.best->candidate.point.knobs.at("clock_ghz"), 30);
  EXPECT_EQ(result.runnerUp->candidate.point.knobs.at("plcg"), 65);
  // Less area than the best costs energy: 60, 65 and 70 at the best clock.
  EXPECT_EQ(result.pareto.designs().size(), 3u);
  ASSERT_EQ(result.rejections.size(), 1u);
  EXPECT_EQ(result.rejections.begin()->first, "plcg<=90");
  EXPECT_EQ(result.rejections.begin()->second.designs, 10u);
  EXPECT_EQ(result.rejections.begin()->second.example, "plcg is 95");
}

TEST(SearchDesigns, ResultsDoNotDependOnTheNumberOfJobs) {
  DesignSpace some = space({"plcg=1:100", "clock_ghz=1:100"});
  auto sequence = [&](unsigned jobs) {
    std::vector<Choice> told;
    SearchOptions options;
    options.jobs = jobs;
    options.seed = 5;
    options.strategy = StrategyKind::Evolutionary;
    options.sampleLimit = 300;
    options.result = [&](const Candidate &candidate, const Outcome &) {
      EXPECT_EQ(candidate.number, told.size());
      told.push_back(candidate.choice);
    };
    // Outcomes arrive out of order.
    SearchResult result =
        run(some, options, [](const Candidate &candidate, const Bar &) {
          if (candidate.number % 3 == 0)
            std::this_thread::yield();
          return judge(candidate);
        });
    EXPECT_FALSE(result.exhaustive);
    told.push_back(result.best->candidate.choice);
    return told;
  };
  std::vector<Choice> one = sequence(1);
  EXPECT_EQ(one.size(), 301u);
  EXPECT_EQ(one, sequence(2));
  EXPECT_EQ(one, sequence(7));
}

TEST(SearchDesigns, CancellationKeepsTheBestSoFar) {
  DesignSpace some = space({"plcg=1:90", "clock_ghz=1:40"});
  std::atomic<bool> cancel = false;
  SearchOptions options;
  options.cancel = &cancel;
  options.result = [&](const Candidate &candidate, const Outcome &) {
    if (candidate.number == 99)
      cancel = true;
  };
  SearchResult result = run(some, options);
  EXPECT_TRUE(result.interrupted);
  EXPECT_FALSE(result.exhaustive);
  EXPECT_FALSE(result.outOfBudget);
  EXPECT_GE(result.evaluated, 100u);
  EXPECT_LT(result.evaluated, 200u);
  EXPECT_TRUE(result.best);
}

TEST(SearchDesigns, AnExhaustedBudgetStillLooksAtOneDesign) {
  DesignSpace some = space({"plcg=1:90"});
  SearchOptions options;
  options.budgetSeconds = 0;
  SearchResult result = run(some, options);
  EXPECT_EQ(result.evaluated, 1u);
  EXPECT_TRUE(result.outOfBudget);
  EXPECT_FALSE(result.exhaustive);
  EXPECT_FALSE(result.interrupted);
  ASSERT_TRUE(result.best);
  EXPECT_EQ(result.best->candidate.point.knobs.at("plcg"), 9);
}

TEST(SearchDesigns, NoFeasibleDesignLeavesTheReasons) {
  SearchResult result = run(space({"plcg=91:95"}), {});
  EXPECT_FALSE(result.best);
  EXPECT_TRUE(result.pareto.designs().empty());
  EXPECT_EQ(result.pruned, 5u);
  EXPECT_EQ(result.rejections.at("plcg<=90").designs, 5u);
}

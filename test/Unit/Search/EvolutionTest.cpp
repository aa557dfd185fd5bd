//===- EvolutionTest.cpp ----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spaces.h"
#include <set>

using namespace ohas::search;
using namespace ohas::search::test;

TEST(Evolution, IsDeterministicAndDistinct) {
  DesignSpace some = space({"plcg=1:100", "clock_ghz=1:100"});
  auto evolve = [&](uint64_t seed) {
    return run(
        *createEvolutionary(some, Objective::Edp, defaultFrontAxes, seed, 400));
  };
  EXPECT_EQ(evolve(1), evolve(1));
  EXPECT_NE(evolve(1), evolve(2));
  EXPECT_EQ(evolve(1).size(), 400u);
  EXPECT_EQ(distinct(evolve(1)), 400u);
  EXPECT_EQ(evolve(1).front(), some.defaultChoice());
}

TEST(Evolution, FindsTheOptimumOfASmoothSpace) {
  DesignSpace some = space({"plcg=1:100", "clock_ghz=1:100"});
  for (uint64_t seed = 0; seed < 5; ++seed) {
    auto choices = run(
        *createEvolutionary(some, Objective::Edp, defaultFrontAxes, seed, 600));
    EXPECT_NE(llvm::find(choices, (Choice{69, 0, 29})), choices.end()) << seed;
  }
}

TEST(Evolution, EndsWhenASmallSpaceIsUsedUp) {
  DesignSpace all = space({});
  EXPECT_EQ(distinct(run(*createEvolutionary(all, Objective::Edp,
                                             defaultFrontAxes, 3, 1000))),
            6u);
}

/// A thousand designs, a third of them too large, with a front of dozens.
static DesignSpace tradeOffs() {
  return space({"plcg=1:40", "clock_ghz=1:25"});
}

static Outcome trade(const Candidate &candidate) {
  auto plcg = int64_t(candidate.point.knobs.at("plcg")),
       clock = int64_t(candidate.point.knobs.at("clock_ghz"));
  Outcome outcome;
  if (plcg * clock > 300) {
    outcome.status = Status::Infeasible;
    outcome.rejections = {{"size", "", double(plcg * clock) / 300 - 1}};
    return outcome;
  }
  outcome.status = Status::Feasible;
  outcome.totals = {1'000'000 / (plcg * clock),
                    1000 + 37 * plcg + 9 * clock * clock + (plcg * clock) % 7,
                    plcg, clock};
  return outcome;
}

static SearchResult search(StrategyKind strategy, uint64_t seed, uint64_t limit,
                           unsigned jobs = 1) {
  DesignSpace some = tradeOffs();
  SearchOptions options;
  options.front = {Objective::Latency, Objective::Energy};
  options.strategy = strategy;
  options.seed = seed;
  options.sampleLimit = limit;
  options.jobs = jobs;
  return searchDesigns(
      some,
      [](const Candidate &candidate, const Bar &) { return trade(candidate); },
      {}, options);
}

static std::set<Choice> frontOf(const SearchResult &result) {
  std::set<Choice> front;
  for (const EvaluatedDesign &design : result.pareto.designs())
    front.insert(design.candidate.choice);
  return front;
}

TEST(Evolution, FindsNearlyTheWholeFrontWithHalfOfTheSpace) {
  SearchResult all = search(StrategyKind::Exhaustive, 0, 0);
  std::set<Choice> whole = frontOf(all);
  EXPECT_GT(whole.size(), 40u);
  size_t found = 0, foundAtRandom = 0, seeds = 10;
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    SearchResult evolved = search(StrategyKind::Evolutionary, seed, 500);
    EXPECT_EQ(evolved.evaluated, 500u);
    for (const Choice &choice : frontOf(evolved))
      found += whole.count(choice);
    for (const Choice &choice :
         frontOf(search(StrategyKind::Random, seed, 500)))
      foundAtRandom += whole.count(choice);
    EXPECT_TRUE(evolved.best->outcome.totals == all.best->outcome.totals);
    for (const EvaluatedDesign &a : evolved.pareto.designs())
      for (const EvaluatedDesign &b : evolved.pareto.designs())
        EXPECT_EQ(dominates(a.outcome.totals, b.outcome.totals,
                            {Objective::Latency, Objective::Energy}),
                  &a == &b);
  }
  EXPECT_GE(double(found), 0.95 * double(seeds * whole.size()));
  EXPECT_LE(double(foundAtRandom), 0.6 * double(seeds * whole.size()));
}

TEST(Evolution, FrontsDoNotDependOnTheNumberOfJobs) {
  std::set<Choice> one = frontOf(search(StrategyKind::Evolutionary, 4, 200, 1));
  EXPECT_EQ(one, frontOf(search(StrategyKind::Evolutionary, 4, 200, 2)));
  EXPECT_EQ(one, frontOf(search(StrategyKind::Evolutionary, 4, 200, 5)));
  EXPECT_NE(one, frontOf(search(StrategyKind::Evolutionary, 5, 200, 1)));
}

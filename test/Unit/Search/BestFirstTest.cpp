//===- BestFirstTest.cpp ----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spaces.h"
#include <random>

using namespace ohas::search;
using namespace ohas::search::test;

namespace {
/// Designs with any figures at all, some rejected, and bounds below them.
class RandomDesigns {
public:
  explicit RandomDesigns(unsigned seed) : random(seed) {
    some = space({"plcg=1:20", "clock_ghz=1:10"});
    int64_t values = 3 + random() % 40; // few make ties
    for (unsigned i = 0; i < 200; ++i) {
      Outcome outcome, bound;
      auto draw = [&] { return int64_t(1 + random() % values); };
      outcome.totals = {draw(), draw(), draw(), draw()};
      outcome.status = Status::Feasible;
      bound = outcome;
      bound.status = Status::Open;
      bound.totals.latencyPs = 1 + random() % outcome.totals.latencyPs;
      bound.totals.energyFj -=
          std::min<int64_t>(random() % 3, outcome.totals.energyFj - 1);
      if (random() % 8 == 0) {
        outcome.status = Status::Infeasible;
        outcome.rejections = {{"late", "", 1}};
      } else if (random() % 8 == 0) {
        outcome.status = bound.status = Status::Pruned;
        outcome.rejections = bound.rejections = {{"early", "", 1}};
      }
      outcomes.push_back(outcome);
      bounds.push_back(bound);
    }
  }

  SearchResult run(SearchOptions options) const {
    return searchDesigns(
        *some,
        [&](const Candidate &candidate, const Bar &) {
          return outcomes[number(candidate.point)];
        },
        [&](const ohas::cost::DesignPoint &point) {
          return bounds[number(point)];
        },
        options);
  }

  std::mt19937 random;
  std::optional<DesignSpace> some;
  std::vector<Outcome> outcomes, bounds;

private:
  static size_t number(const ohas::cost::DesignPoint &point) {
    return size_t(point.knobs.at("plcg") - 1) * 10 +
           size_t(point.knobs.at("clock_ghz") - 1);
  }
};
} // namespace

static void expectEqual(const SearchResult &a, const SearchResult &b) {
  EXPECT_EQ(a.evaluated, b.evaluated);
  EXPECT_EQ(a.pruned, b.pruned);
  EXPECT_TRUE(a.exhaustive && b.exhaustive);
  auto same = [](const EvaluatedDesign &one, const EvaluatedDesign &other) {
    EXPECT_EQ(one.candidate.choice, other.candidate.choice);
    EXPECT_TRUE(one.outcome.totals == other.outcome.totals);
  };
  ASSERT_TRUE(a.best && b.best && a.runnerUp && b.runnerUp);
  same(*a.best, *b.best);
  same(*a.runnerUp, *b.runnerUp);
  auto front = a.pareto.designs(), other = b.pareto.designs();
  ASSERT_EQ(front.size(), other.size());
  for (size_t i = 0; i < front.size(); ++i)
    same(front[i], other[i]);
}

namespace {
struct Sums {
  uint64_t mapped = 0, all = 0; ///< designs
  unsigned proven = 0;          ///< winners
};
} // namespace

/// The winner's gap holds against the bound of every design.
static void expectGap(const SearchResult &result, const Goal &goal,
                      llvm::ArrayRef<Outcome> bounds) {
  ASSERT_TRUE(result.gap);
  double best = objectiveValue(goal.first, result.best->outcome.totals);
  for (const Outcome &bound : bounds)
    if (bound.status == Status::Open) {
      double least = objectiveValue(goal.first, bound.totals);
      EXPECT_LE(best, *result.gap * least + 1e-9 * best);
    }
  EXPECT_EQ(result.provenOptimal, *result.gap <= 1 && !goal.second);
}

/// For the goals of 200 searches.
template <typename GoalOf> static Sums compareWithBruteForce(GoalOf goalOf) {
  Sums sums;
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomDesigns designs(seed);
    SearchOptions options;
    options.objective = goalOf(seed);
    options.front = {Objective::Latency, Objective::Energy, Objective::Area,
                     Objective::Power};
    std::shuffle(options.front.begin(), options.front.end(), designs.random);
    options.front.truncate(2 + designs.random() % 2);
    options.jobs = 1 + seed % 3;
    options.strategy = StrategyKind::Exhaustive;
    SearchResult brute = designs.run(options);
    options.strategy = StrategyKind::BestFirst;
    SearchResult bounded = designs.run(options);
    expectEqual(bounded, brute);
    EXPECT_EQ(bounded.beaten + bounded.mapped + bounded.pruned, 200u);
    expectGap(bounded, options.objective, designs.bounds);
    sums.mapped += bounded.mapped;
    sums.all += brute.mapped;
    sums.proven += bounded.provenOptimal;
  }
  return sums;
}

/// A search of designs with these figures, whose latencies' bounds are
/// `earlier` (in ps).
template <typename Figures>
static SearchResult searchBounded(const DesignSpace &some, Figures figures,
                                  int64_t earlier,
                                  const SearchOptions &options) {
  return searchDesigns(
      some,
      [&](const Candidate &candidate, const Bar &) {
        return figures(candidate.point);
      },
      [&](const ohas::cost::DesignPoint &point) {
        Outcome bound = figures(point);
        bound.status = Status::Open;
        bound.totals.latencyPs -= earlier;
        return bound;
      },
      options);
}

TEST(BestFirst, EqualsBruteForceAndMapsLess) {
  Sums sums = compareWithBruteForce(
      [](unsigned seed) { return static_cast<Objective>(seed % 6); });
  EXPECT_LT(sums.mapped, sums.all / 2);
  // Of area and power bounds are exact.
  EXPECT_GT(sums.proven, 20u);
}

TEST(BestFirst, EqualsBruteForceInBothObjectives) {
  Sums sums = compareWithBruteForce([](unsigned seed) {
    unsigned first = seed % 6, second = (first + 1 + seed / 6 % 5) % 6;
    return Goal(static_cast<Objective>(first), static_cast<Objective>(second));
  });
  EXPECT_LT(sums.mapped, sums.all / 2);
}

TEST(BestFirst, MapsNothingThatTheSecondObjectiveRulesOut) {
  DesignSpace some = space({"plcg=1:20"});
  auto figures = [](const ohas::cost::DesignPoint &point) {
    Outcome outcome;
    outcome.status = Status::Feasible;
    // All have one area; the front has the least latency alone.
    outcome.totals = {int64_t(point.knobs.at("plcg")), 5, 7, 1};
    return outcome;
  };
  SearchOptions options;
  options.objective = {Objective::Area, Objective::Latency};
  options.strategy = StrategyKind::BestFirst;
  SearchResult result = searchBounded(some, figures, 0, options);
  EXPECT_EQ(result.best->outcome.totals.latencyPs, 1);
  EXPECT_EQ(result.runnerUp->outcome.totals.latencyPs, 2);
  // The rest of the first window is under way when these two are known.
  EXPECT_LE(result.mapped, 18u);
  EXPECT_EQ(result.mapped + result.beaten, 20u);
}

TEST(BestFirst, WhatAnotherBoundBeatsWaitsUntilThatIsMapped) {
  // Ten areas with twenty designs each, of which the front has one.
  DesignSpace some = space({"plcg=1:10", "clock_ghz=1:20"});
  auto figures = [](const ohas::cost::DesignPoint &point) {
    auto plcg = int64_t(point.knobs.at("plcg")),
         clock = int64_t(point.knobs.at("clock_ghz"));
    Outcome outcome;
    outcome.status = Status::Feasible;
    outcome.totals = {10 * clock, 1000 - 50 * plcg + clock, plcg, 1};
    return outcome;
  };
  SearchOptions options;
  options.objective = Objective::Energy;
  options.strategy = StrategyKind::BestFirst;
  SearchResult result = searchBounded(some, figures, 5, options);
  EXPECT_EQ(result.pareto.designs().size(), 10u);
  // Of the largest area sixteen are under way when the best two are known.
  EXPECT_LE(result.mapped, 16u + 2 + 9);
  EXPECT_EQ(result.mapped + result.beaten, 200u);
}

TEST(BestFirst, ASearchThatEndsEarlySaysHowFarItIs) {
  unsigned known = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    RandomDesigns designs(seed);
    SearchOptions options;
    options.objective = Objective::Energy;
    std::atomic<bool> cancel = false;
    options.cancel = &cancel;
    options.strategy = StrategyKind::BestFirst;
    uint64_t left = seed;
    options.result = [&](const Candidate &, const Outcome &outcome) {
      if (outcome.status == Status::Feasible && left-- == 0)
        cancel = true;
    };
    SearchResult cut = designs.run(options);
    options.cancel = nullptr;
    SearchResult whole = designs.run(options);
    if (!cut.best)
      continue; // killed before anything was feasible
    ++known;
    ASSERT_TRUE(cut.gap);
    EXPECT_GE(*cut.gap, 1);
    EXPECT_LE(double(cut.best->outcome.totals.energyFj),
              *cut.gap * double(whole.best->outcome.totals.energyFj) + 1e-9);
  }
  EXPECT_GT(known, 20u);
}

TEST(BestFirst, MoreValuesAndLooserLimitsAreNoWorse) {
  DesignSpace few = space({"plcg=60:80:10", "clock_ghz=10:50:20"}),
              more = space({"plcg=60:80:5", "clock_ghz=10:50:10"});
  auto best = [](const DesignSpace &space, double limit) {
    auto limited = [&](const Candidate &candidate, const Bar &) {
      Outcome outcome = judge(candidate);
      if (double(outcome.totals.areaUm2) > limit)
        outcome.status = Status::Infeasible;
      return outcome;
    };
    auto nothing = [](const ohas::cost::DesignPoint &) {
      Outcome open;
      open.status = Status::Open;
      return open;
    };
    SearchResult result = searchDesigns(space, limited, nothing, {});
    return edpJs(result.best->outcome.totals);
  };
  double previous = std::numeric_limits<double>::infinity();
  for (double limit : {600., 650., 700., 750., 800.}) {
    EXPECT_LE(best(more, limit), best(few, limit));
    EXPECT_LE(best(more, limit), previous);
    previous = best(more, limit);
  }
}

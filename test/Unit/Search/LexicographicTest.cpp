//===- LexicographicTest.cpp ------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Goals of two objectives: what is best in the first, and of that what is best
// in the second.
//
//===----------------------------------------------------------------------===//

#include "BruteForceMapper.h"
#include "ExactMapper.h"
#include "MapperCases.h"
#include "ohas/Search/Outcome.h"

using namespace ohas::search;
using namespace ohas::search::test;

/// Sums in another order differ by less, and different mappings by more.
static constexpr double slack = 1e-9;

/// As in drawCase, with another objective that decides between equals.
static Case drawLexicographic(unsigned seed) {
  Case drawn = drawCase(seed);
  unsigned other = (unsigned(drawn.objective.first) + 1 + seed % 3) % 4;
  drawn.objective.second = static_cast<Objective>(other);
  return drawn;
}

static GoalValue valueOf(const Case &drawn, const Mapping &mapping) {
  UnroundedCost cost = costOf(drawn, mapping);
  return drawn.objective.valueOf(cost.energyFj, cost.latencyNs);
}

/// What is best, in any time.
static constexpr double noLimit = 0;

namespace {
struct Proof {
  bool isComplete;
  std::optional<GoalValue> best; ///< nothing where there is no mapping
};
} // namespace

static Proof prove(const Case &drawn, double limit) {
  MappingProblem problem(drawn.workload, drawn.accelerator);
  Incumbent incumbent(problem, drawn.objective);
  SearchStatistics statistics;
  statistics.limit = limit;
  Proof proof;
  proof.isComplete = mapExactly(problem, drawn.factors, incumbent, statistics);
  if (incumbent.hasMapping())
    proof.best = valueOf(drawn, incumbent.mapping());
  return proof;
}

static std::optional<GoalValue> prove(const Case &drawn) {
  Proof proof = prove(drawn, noLimit);
  EXPECT_TRUE(proof.isComplete);
  return proof.best;
}

namespace {
/// The best values so far, and the largest second one beside the best first.
class BestValues {
public:
  void add(const GoalValue &value) {
    if (!best || value.first < best->first * (1 - slack)) {
      best = value;
      worst = value.second;
    } else if (value.first <= best->first * (1 + slack)) {
      best->second = std::min(best->second, value.second);
      worst = std::max(worst, value.second);
    }
  }
  const std::optional<GoalValue> &value() const { return best; }
  /// Did the second objective have something to decide?
  bool hasChoice() const { return best && worst > best->second * (1 + slack); }

private:
  std::optional<GoalValue> best;
  double worst = 0;
};
} // namespace

static void expectEqual(const std::optional<GoalValue> &found,
                        const std::optional<GoalValue> &best) {
  ASSERT_EQ(found.has_value(), best.has_value());
  if (!best)
    return;
  EXPECT_NEAR(found->first / best->first, 1, slack);
  EXPECT_NEAR(found->second / best->second, 1, slack);
}

TEST(Lexicographic, EqualsBruteForceOnRandomNests) {
  unsigned compared = 0, decided = 0;
  forEachSeed(300, [&](unsigned seed) {
    Case drawn = drawLexicographic(seed);
    if (drawn.workload.macs() > 4096)
      return;
    // What is found for the other order costs no more to compare.
    Case swapped = drawn;
    swapped.objective = Goal(*drawn.objective.second, drawn.objective.first);
    BestValues best, bestSwapped;
    if (!BruteForceMapper(drawn.workload, drawn.accelerator, drawn.factors)
             .run(20000, [&](const Mapping &mapping) {
               GoalValue value = valueOf(drawn, mapping);
               best.add(value);
               bestSwapped.add({value.second, value.first});
             }))
      return;
    ++compared;
    decided += best.hasChoice() + bestSwapped.hasChoice();
    expectEqual(prove(drawn), best.value());
    expectEqual(prove(swapped), bestSwapped.value());
  });
  if (std::getenv("OHAS_SEEDS"))
    return;
  EXPECT_GT(compared, 200u);
  EXPECT_GT(decided, 50u);
}

TEST(Lexicographic, TheFirstObjectiveIsAsGoodAsAlone) {
  unsigned compared = 0;
  for (unsigned seed = 1000; seed < 1200; ++seed) {
    SCOPED_TRACE(seed);
    Case both = drawLexicographic(seed), alone = both;
    if (both.workload.macs() > 4096)
      continue;
    alone.objective = alone.objective.first;
    Proof found = prove(both, 5000), first = prove(alone, 5000);
    if (!found.isComplete || !first.isComplete)
      continue;
    ASSERT_EQ(found.best.has_value(), first.best.has_value());
    if (!found.best)
      continue;
    ++compared;
    EXPECT_NEAR(found.best->first / first.best->first, 1, slack);
  }
  EXPECT_GT(compared, 100u);
}

TEST(Lexicographic, IsNeverBeatenByRandomMappings) {
  unsigned problems = 0, ties = 0;
  for (unsigned seed = 6000; problems < 200; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawLexicographic(seed);
    // Random bounds may be any.
    drawn.factors = Factors::Every;
    if (drawn.workload.macs() > 512)
      continue;
    Proof proof = prove(drawn, 5000);
    if (!proof.isComplete)
      continue;
    ++problems;
    const std::optional<GoalValue> &best = proof.best;
    NestGenerator generator(seed);
    for (unsigned i = 0; i < 500; ++i) {
      Mapping mapping = generator.mapping(drawn.workload, drawn.accelerator);
      if (findViolation(drawn.workload, drawn.accelerator, mapping))
        continue;
      ASSERT_TRUE(best);
      GoalValue value = valueOf(drawn, mapping);
      ASSERT_GE(value.first, best->first * (1 - slack))
          << show(mapping, drawn.accelerator);
      if (value.first > best->first * (1 + Goal::noise))
        continue;
      ++ties;
      ASSERT_GE(value.second, best->second * (1 - slack))
          << show(mapping, drawn.accelerator);
    }
  }
  EXPECT_GT(ties, 1000u);
}

static std::optional<MapperResult> find(const Case &drawn, const Goal &goal,
                                        uint64_t proofBudget) {
  MapperOptions options;
  options.objective = goal;
  options.budget = 200;
  options.proofBudget = proofBudget;
  options.factors = drawn.factors;
  llvm::Expected<MapperResult> result =
      findMapping(drawn.workload, drawn.accelerator, options);
  if (result)
    return std::move(*result);
  llvm::consumeError(result.takeError());
  return std::nullopt;
}

TEST(Lexicographic, TheMapperProvesBoth) {
  unsigned proven = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawLexicographic(seed);
    std::optional<MapperResult> result = find(drawn, drawn.objective, 2000);
    if (!result || !result->provenOptimal)
      continue;
    ++proven;
    GoalValue found = valueOf(drawn, result->mapping);
    std::optional<GoalValue> best = prove(drawn);
    ASSERT_TRUE(best);
    // It may also have guessed a mapping that is not in the mapspace.
    EXPECT_LE(found.first, best->first * (1 + slack));
    if (found.first >= best->first * (1 - slack))
      EXPECT_LE(found.second, best->second * (1 + slack));
  }
  EXPECT_GT(proven, 100u);
}

TEST(Lexicographic, TheHeuristicTakesTheBestThatItSees) {
  unsigned compared = 0, differ = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawCase(seed);
    std::optional<MapperResult>
        fast = find(drawn, {Objective::Latency, Objective::Energy}, 0),
        frugal = find(drawn, {Objective::Energy, Objective::Latency}, 0);
    if (!fast || !frugal)
      continue;
    ++compared;
    EXPECT_EQ(fast->cost.latencyPs, fast->front.front().latencyPs);
    EXPECT_EQ(fast->cost.energyFj, fast->front.front().energyFj);
    EXPECT_EQ(frugal->cost.latencyPs, frugal->front.back().latencyPs);
    EXPECT_EQ(frugal->cost.energyFj, frugal->front.back().energyFj);
    differ += fast->cost.energyFj > frugal->cost.energyFj;
  }
  EXPECT_GT(compared, 100u);
  EXPECT_GT(differ, 10u);
}

TEST(Lexicographic, WhatIsEqualForAllMappingsDecidesNothingAmongThem) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Case drawn = drawCase(seed);
    for (auto [goal, same] :
         {std::pair(Goal(Objective::Area, Objective::Latency),
                    Goal(Objective::Latency)),
          {Goal(Objective::Energy, Objective::Power), Goal(Objective::Energy)},
          {Goal(Objective::Power, Objective::Area), Goal(Objective::Edp)}}) {
      std::optional<MapperResult> result = find(drawn, goal, 300),
                                  expected = find(drawn, same, 300);
      ASSERT_EQ(result.has_value(), expected.has_value());
      if (result)
        EXPECT_EQ(result->mapping, expected->mapping) << name(goal);
    }
  }
}

TEST(Lexicographic, LeastBoundsHideNothing) {
  Accelerator accelerator = nest("one", {memory("dram", everyTensor, 100),
                                         level("mac", LevelKind::Compute)});
  Workload workload = matmul(2, 2, 2);
  MappingProblem problem(workload, accelerator);
  Incumbent incumbent(problem, {Objective::Latency, Objective::Energy});
  SearchStatistics statistics;
  ASSERT_TRUE(mapExactly(problem, Factors::Perfect, incumbent, statistics));
  UnroundedCost cost = evaluateUnrounded(
      problem.workload, accelerator, incumbent.mapping(),
      count(problem.workload, accelerator, incumbent.mapping()));
  std::mt19937 random(1);
  unsigned hopeful = 0, hopeless = 0;
  for (int round = 0; round < 20000; ++round) {
    GoalValue least = {1e300, 1e300};
    bool any = false;
    for (unsigned i = 0; i < 1 + random() % 4; ++i) {
      // About the incumbent, by some tenths of what is noise or much more.
      double digits = (double(random() % 60) - 30) / 10 *
                      (random() % 2 ? Goal::noise : 1e-3);
      GoalValue bound = {cost.latencyNs * (1 + digits),
                         cost.energyFj * (0.5 + 0.2 * double(random() % 6))};
      any |= incumbent.canBeatValue(bound);
      least = Incumbent::leastOf(least, bound);
    }
    if (any)
      EXPECT_TRUE(incumbent.canBeatValue(least)) << round;
    (any ? hopeful : hopeless) += 1;
    // Not that it always hopes.
    if (!any && least.first > cost.latencyNs * (1 + 5 * Goal::noise))
      EXPECT_FALSE(incumbent.canBeatValue(least)) << round;
  }
  EXPECT_GT(hopeful, 1000u);
  EXPECT_GT(hopeless, 1000u);
}

TEST(Goal, IsParsedAndNamed) {
  for (const char *text : {"edp", "latency,energy", "area,edp", "power,ed2p"})
    EXPECT_EQ(name(llvm::cantFail(parseGoal(text))), text);
  EXPECT_EQ(name(llvm::cantFail(parseGoal(" latency , energy"))),
            "latency,energy");
  auto error = [](llvm::StringRef text) {
    llvm::Expected<Goal> goal = parseGoal(text);
    return goal ? "" : llvm::toString(goal.takeError());
  };
  EXPECT_EQ(error("latency,speed"),
            "unknown objective 'speed'; there are edp, energy, latency, ed2p, "
            "area, power");
  EXPECT_EQ(error("latency,").substr(0, 21), "unknown objective '';");
  EXPECT_EQ(error("").substr(0, 21), "unknown objective '';");
  EXPECT_EQ(error("edp,edp"), "objective 'edp' is named twice in 'edp,edp'");
  EXPECT_EQ(error("edp,area,power"),
            "'edp,area,power' has more than two objectives: expected one, and "
            "perhaps another that decides between equals");
}

TEST(Goal, DesignsThatAreEqualInTheFirstAreToldApartByTheSecond) {
  auto design = [](int64_t latency, int64_t energy, int64_t area) {
    Outcome outcome;
    outcome.status = Status::Feasible;
    outcome.totals = {latency, energy, area, 1};
    return outcome;
  };
  Goal goal(Objective::Area, Objective::Latency);
  // The energy-delay product, which would be next, says the opposite.
  Outcome fast = design(10, 900, 50), slow = design(20, 100, 50),
          large = design(1, 1, 51);
  EXPECT_TRUE(isBetter(goal, fast, slow));
  EXPECT_FALSE(isBetter(goal, slow, fast));
  EXPECT_TRUE(isBetter(Objective::Area, slow, fast));
  EXPECT_TRUE(isBetter(goal, slow, large));
  EXPECT_FALSE(isBetter(goal, fast, fast));
  // The last digits of the first decide nothing, unless it is alone.
  constexpr int64_t s = 1'000'000'000'000;
  Outcome wasteful = design(s, 7, 1), frugal = design(s + 1, 5, 1);
  EXPECT_TRUE(
      isBetter({Objective::Latency, Objective::Energy}, frugal, wasteful));
  EXPECT_TRUE(isBetter(Objective::Latency, wasteful, frugal));
}

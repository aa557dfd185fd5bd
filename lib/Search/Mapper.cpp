//===- Mapper.cpp - Finds a good mapping of one workload --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Spatial plans by the steps they leave; guesses at tiles and orders for each;
// more guesses for the most promising; local improvement of the best; then
// kicks and improvement again until the budget ends or kicks stop helping.
// docs/Search.md describes it.
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Mapper.h"
#include "ConvexHull.h"
#include "Descent.h"
#include "ExactMapper.h"
#include "SimplePlans.h"
#include "SpatialPlans.h"
#include "TemporalPlans.h"
#include "llvm/ADT/STLExtras.h"
#include <limits>

using namespace ohas;
using namespace ohas::search;
using namespace ohas::cost;

/// Products of a layer whose partial sums may be followed step by step.
static constexpr int64_t maxSlowMacs = 1 << 20;
static constexpr size_t maxSpatialPlans = 12, promisingPlans = 8;
static constexpr unsigned guessesPerPromising = 2, descents = 2;
static constexpr unsigned guessesInNeed = 300;
/// Restarts without success before the search ends, at least and at most, and
/// the evaluations that it grants itself in between.
static constexpr unsigned minFruitless = 3, maxFruitless = 150;
static constexpr uint64_t patience = 80;
/// Small workloads are quick to count, and ragged bounds matter more there.
static constexpr uint64_t smallPatience = 240;
static constexpr int64_t fewProducts = 1 << 16;

namespace {
class Mapper {
public:
  Mapper(const Workload &workload, const Accelerator &accelerator,
         const MapperOptions &options)
      : problem(workload, accelerator), options(options),
        judge(problem, options), random(options.seed) {}

  llvm::Expected<MapperResult> run();

private:
  void guess(const Plan &spatial, llvm::ArrayRef<MemoryPolicy> policies);
  void guessSimply(const Plan &spatial);
  void guessInNeed(llvm::ArrayRef<Plan> spatial, llvm::ArrayRef<Plan> least);
  void guessAtRandom(llvm::ArrayRef<Plan> spatial);
  Plan restart(llvm::ArrayRef<Plan> spatial, const Plan &best, unsigned round);
  void improve(llvm::ArrayRef<Plan> spatial);
  llvm::Error noMapping(const std::string &why) const;
  MapperResult result();

  void prove(MapperResult &result) const;

  MappingProblem problem;
  const MapperOptions &options;
  MappingJudge judge;
  Random random;
  std::vector<ScoredPlan> guesses;
};
} // namespace

void Mapper::guess(const Plan &spatial, llvm::ArrayRef<MemoryPolicy> policies) {
  Plan plan = growTiles(problem, spatial, policies);
  if (std::optional<Score> score = judge.judge(plan))
    guesses.push_back({std::move(plan), *score});
}

/// The same policy everywhere.
void Mapper::guessSimply(const Plan &spatial) {
  size_t memories = problem.memories.size();
  for (Tensor tensor : allTensors)
    guess(spatial,
          llvm::SmallVector<MemoryPolicy, 8>(memories, {tensor, Growth::Full}));
  guess(spatial, llvm::SmallVector<MemoryPolicy, 8>(
                     memories, {Tensor::Weight, Growth::None}));
}

/// Nothing simple is valid: draw until something is. Reductions may have to
/// stay inside where sums accumulate, so sinks are drawn too. Where even that
/// fails, spread and keep as little as possible.
void Mapper::guessInNeed(llvm::ArrayRef<Plan> spatial,
                         llvm::ArrayRef<Plan> least) {
  unsigned draws = spatial.empty() ? 0 : guessesInNeed;
  for (unsigned i = 0; i < draws && guesses.empty(); ++i) {
    Plan plan = spatial[random.below(spatial.size())];
    for (Dim dim : problem.dims) {
      unsigned memory = problem.memories[random.below(problem.memories.size())];
      if (problem.accepted(memory).contains(dim) && !random.oneIn(3))
        plan.sink[index(dim)] = memory;
    }
    for (unsigned memory : problem.memories)
      for (Tensor tensor : allTensors)
        if (!problem.accelerator.levels[memory].mustKeep.contains(tensor) &&
            memory != problem.memories.front() && random.oneIn(4))
          plan.levels[memory].kept.erase(tensor);
    guess(plan, drawPolicies(problem, random));
  }
  for (const Plan &plan : least)
    if (guesses.empty())
      forEachSimplePlan(problem, plan, [&](const Plan &simple) {
        if (std::optional<Score> score = judge.judge(simple))
          guesses.push_back({simple, *score});
        return !guesses.empty();
      });
}

static void keepBest(std::vector<ScoredPlan> &plans, size_t most) {
  std::stable_sort(plans.begin(), plans.end(),
                   [](const ScoredPlan &a, const ScoredPlan &b) {
                     return a.score < b.score;
                   });
  if (plans.size() > most)
    plans.resize(most);
}

/// Of the spatial plans whose first guesses were best.
void Mapper::guessAtRandom(llvm::ArrayRef<Plan> spatial) {
  keepBest(guesses, 4 * promisingPlans);
  std::vector<Plan> promising;
  for (const ScoredPlan &guessed : guesses) {
    bool known = llvm::any_of(promising, [&](const Plan &plan) {
      return llvm::all_of(problem.fanouts, [&](unsigned fanout) {
        return plan.levels[fanout].bounds == guessed.plan.levels[fanout].bounds;
      });
    });
    if (!known && promising.size() < promisingPlans)
      promising.push_back(guessed.plan);
  }
  for (const Plan &plan : promising)
    for (unsigned i = 0; i < guessesPerPromising; ++i)
      guess(plan, drawPolicies(problem, random));
}

/// A changed best plan, or in every third round a fresh guess, which may spread
/// less than the spatial plans do: idle copies can save energy.
Plan Mapper::restart(llvm::ArrayRef<Plan> spatial, const Plan &best,
                     unsigned round) {
  if (round % 3 != 2)
    return kick(problem, random, best, 2 + random.below(4));
  // One draw a statement: compilers differ in the order of arguments.
  const Plan &start = spatial[random.below(spatial.size())];
  Plan plan = kick(problem, random, start, random.below(12));
  return growTiles(problem, plan, drawPolicies(problem, random));
}

void Mapper::improve(llvm::ArrayRef<Plan> spatial) {
  keepBest(guesses, descents);
  for (ScoredPlan &guessed : guesses)
    descend(problem, judge, random, guessed);
  keepBest(guesses, 1);
  ScoredPlan &best = guesses.front();
  // On small problems a descent is short: there, more restarts are worth it.
  uint64_t improvedAt = judge.judged();
  uint64_t limit =
      problem.workload.macs() <= fewProducts ? smallPatience : patience;
  for (unsigned fruitless = 0; fruitless < maxFruitless; ++fruitless) {
    bool patient = judge.judged() - improvedAt < limit;
    if (judge.isExhausted() || (fruitless >= minFruitless && !patient))
      break;
    Plan plan = restart(spatial, best.plan, fruitless);
    std::optional<Score> score = judge.judge(plan);
    if (!score)
      continue;
    ScoredPlan restarted{std::move(plan), *score};
    descend(problem, judge, random, restarted);
    if (!(restarted.score < best.score))
      continue;
    best = std::move(restarted);
    improvedAt = judge.judged();
    fruitless = 0;
  }
}

llvm::Error Mapper::noMapping(const std::string &why) const {
  std::string sizes;
  for (Dim dim : problem.dims)
    sizes += fmt::format("{}{} {}", sizes.empty() ? "" : ", ", name(dim).str(),
                         problem.workload.size(dim));
  return llvm::createStringError(
      fmt::format("no mapping of {} to accelerator '{}' was found: {}",
                  sizes.empty() ? "a single product" : sizes,
                  problem.accelerator.name, why));
}

/// Splits of every dim over the levels that accept it, orders and bypasses.
static double spaceSize(const MappingProblem &problem) {
  double size = 1;
  for (Dim dim : problem.dims) {
    double levels = 0;
    for (unsigned i = 0; i < problem.accelerator.levels.size(); ++i)
      levels += problem.accepted(i).contains(dim);
    double bounds = 2 * std::sqrt(double(problem.workload.size(dim)));
    size *= std::pow(bounds, std::max(levels - 1, 0.0));
  }
  for (unsigned memory : problem.memories) {
    double loops = 0;
    for (Dim dim : problem.dims)
      loops += problem.accepted(memory).contains(dim);
    size *= std::tgamma(loops + 1);
    const Level &level = problem.accelerator.levels[memory];
    for (Tensor tensor : allTensors)
      if (level.canKeep.contains(tensor) && !level.mustKeep.contains(tensor))
        size *= 2;
  }
  return size;
}

MapperResult Mapper::result() {
  MapperResult result;
  result.mapping = judge.bestPlan().toMapping();
  result.cost =
      evaluate(problem.workload, problem.accelerator, result.mapping,
               count(problem.workload, problem.accelerator, result.mapping));
  result.evaluated = judge.evaluated();
  result.discarded = judge.discarded();
  result.spaceSize = spaceSize(problem);
  result.front = judge.takeFront();
  if (options.proofBudget)
    prove(result);
  return result;
}

/// Starts from the best mapping found.
void Mapper::prove(MapperResult &result) const {
  Incumbent incumbent(problem, options.objective);
  // A mapping that is slow to count is no start, and nothing else is valid.
  if (!incumbent.offer(result.mapping))
    return;
  SearchStatistics statistics;
  statistics.limit = double(options.proofBudget);
  result.provenOptimal =
      mapExactly(problem, options.factors, incumbent, statistics);
  result.nodes = statistics.nodes;
  result.evaluated += incumbent.evaluated() - 1;
  result.discarded += incumbent.discarded();
  auto markProven = [&] {
    for (MappedPoint &point : result.front)
      point.provenOptimal |=
          result.provenOptimal && point.mapping == result.mapping;
  };
  if (incumbent.mapping() == result.mapping)
    return markProven();
  result.mapping = incumbent.mapping();
  result.cost =
      evaluate(problem.workload, problem.accelerator, result.mapping,
               count(problem.workload, problem.accelerator, result.mapping));
  addToFront(result.front,
             {result.mapping, result.cost.latencyPs, result.cost.energyFj});
  const std::optional<VectorUnit> &unit = problem.accelerator.vectorUnit;
  if (!unit || unit->overlap <= 0)
    result.front = lowerHull(std::move(result.front));
  markProven();
}

llvm::Expected<MapperResult> Mapper::run() {
  if (llvm::Error error = checkWorkload(problem.workload, problem.accelerator))
    return error;
  if (problem.workload.macs() == std::numeric_limits<int64_t>::max())
    return noMapping("it has more than 2^63 products");
  std::vector<Plan> spatial = spatialPlans(problem, maxSpatialPlans);
  for (const Plan &plan : spatial)
    guessSimply(plan);
  if (guesses.empty()) {
    std::vector<Plan> least = leastSpatialPlans(problem, maxSpatialPlans);
    guessInNeed(spatial, least);
    if (guesses.empty() && judge.hasLeftOutSlowCounts()) {
      if (problem.workload.macs() > maxSlowMacs)
        return noMapping("in every mapping that was found incomplete sums "
                         "leave a memory in an order that takes too long to "
                         "count");
      judge.allowSlowCounts(true);
      guessInNeed(spatial, least);
      judge.allowSlowCounts(false);
    }
    if (spatial.empty())
      spatial = std::move(least);
  }
  if (guesses.empty()) {
    const Violation &why = judge.firstViolation();
    return noMapping(why ? describe(why, problem.accelerator)
                         : "some dim can neither loop at a memory nor spread "
                           "far enough");
  }
  guessAtRandom(spatial);
  improve(spatial);
  return result();
}

llvm::Expected<MapperResult>
ohas::search::findMapping(const Workload &workload,
                          const Accelerator &accelerator,
                          const MapperOptions &options) {
  return Mapper(workload, accelerator, options).run();
}

//===- Search.cpp - Searches a design space ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Proposals run ahead of outcomes by a fixed window: proposal n is made when
// the strategy has heard outcomes 0 to n - window, no more and no fewer. So
// results do not depend on the number of workers or on who finishes first.
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Search.h"
#include "llvm/Support/ThreadPool.h"
#include <chrono>
#include <deque>
#include <future>
#include <unordered_set>

using namespace ohas::search;

/// Enough for as many workers. What is under way when bounds settle a search is
/// mapped in vain, so the fewer the better.
static constexpr size_t window = 16;
/// Bounds that a worker computes at a time.
static constexpr uint64_t boundsAtATime = 64;
static constexpr double secondsBetweenProgress = 0.2;

using Clock = std::chrono::steady_clock;

namespace {
class Driver {
public:
  Driver(const DesignSpace &space, const DesignEvaluator &evaluate,
         const DesignBound &bound, const SearchOptions &options)
      : space(space), evaluate(evaluate), bound(bound), options(options),
        standing(options.objective, options.front),
        pool(llvm::hardware_concurrency(std::max(1u, options.jobs))) {
    result.spaceSize = space.size();
    result.strategy = options.strategyFor(space);
  }

  SearchResult run();

private:
  struct Pending {
    Candidate candidate;
    std::shared_future<Outcome> outcome;
  };

  double seconds() const {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  }
  bool isCancelled() const { return options.cancel && *options.cancel; }
  bool isOverBudget() const {
    return options.budgetSeconds && seconds() >= *options.budgetSeconds;
  }
  bool mustStop() const { return isCancelled() || isOverBudget(); }

  std::vector<Outcome> boundAll();
  std::unique_ptr<Strategy> createStrategy();
  void launch();
  void launchMore();
  void settle(Pending pending);
  void record(const Candidate &candidate, const Outcome &outcome);
  void setBar();
  std::optional<double> gap() const;
  void report();

  const DesignSpace &space;
  const DesignEvaluator &evaluate;
  const DesignBound &bound;
  const SearchOptions &options;
  std::unique_ptr<Strategy> strategy;
  SearchResult result;
  Standing standing;
  std::shared_ptr<const Bar> bar;       ///< of `standing`
  std::unordered_set<uint64_t> counted; // keys of LayerEffort
  std::deque<Pending> running;
  bool complete = false; // the strategy had nothing more to propose
  uint64_t skipped = 0, bounded = 0;
  double mappingSince = 0, lastReport = 0;
  Clock::time_point begin = Clock::now();
  llvm::DefaultThreadPool pool; // last: its threads use what is above
};
} // namespace

/// By number in the space. Where the search has to stop the rest stay open,
/// with nothing known about them.
std::vector<Outcome> Driver::boundAll() {
  auto total = uint64_t(space.size());
  std::vector<Outcome> bounds(total);
  std::deque<std::shared_future<void>> tasks;
  for (uint64_t first = 0; first < total; first += boundsAtATime)
    tasks.push_back(pool.async([this, first, total, &bounds] {
      for (uint64_t i = first; i < std::min(first + boundsAtATime, total); ++i)
        if (mustStop())
          bounds[i].status = Status::Open;
        else
          bounds[i] = bound(space.point(*space.choiceAt(i)));
    }));
  for (const auto &task : tasks) {
    task.wait();
    bounded = std::min(bounded + boundsAtATime, total);
    report();
  }
  return bounds;
}

std::unique_ptr<Strategy> Driver::createStrategy() {
  switch (result.strategy) {
  case StrategyKind::Auto:
  case StrategyKind::BestFirst:
    return createBestFirst(space, options.objective, options.front, boundAll());
  case StrategyKind::Exhaustive:
    return createExhaustive(space);
  case StrategyKind::Evolutionary:
    return createEvolutionary(space, options.objective, options.front,
                              options.seed, options.sampleLimit);
  case StrategyKind::Random:
    return createRandom(space, options.seed, options.sampleLimit);
  }
  llvm_unreachable("unknown strategy");
}

/// Hands the next proposal to the workers.
void Driver::launch() {
  std::optional<Candidate> candidate = strategy->ask(*bar);
  if (!candidate) {
    complete = true;
    return;
  }
  if (candidate->known) {
    std::promise<Outcome> known;
    known.set_value(std::move(*candidate->known));
    running.push_back({std::move(*candidate), known.get_future()});
    return;
  }
  // One design is looked at whatever happens.
  bool isFirst = result.mapped == 0 && running.empty();
  auto task = [this, isFirst, candidate = *candidate, bar = bar] {
    // A stopped search drains its queue at once.
    bool stop = isCancelled() || (!isFirst && isOverBudget());
    return stop ? Outcome() : evaluate(candidate, *bar);
  };
  running.push_back({*candidate, pool.async(std::move(task))});
}

/// As many as may be under way.
void Driver::launchMore() {
  // Beyond the budget only until one design is mapped.
  auto mayLaunch = [&] {
    return !complete && !isCancelled() &&
           (!isOverBudget() || (result.mapped == 0 && running.empty()));
  };
  while (running.size() < window && mayLaunch() &&
         (running.empty() || !strategy->mustHear(*bar)))
    launch();
}

/// What is under way keeps the bar that was up when it was proposed.
void Driver::setBar() {
  // Brute force looks at every design.
  bar = std::make_shared<const Bar>(
      result.strategy == StrategyKind::Exhaustive ? Bar() : standing.bar());
}

std::optional<double> Driver::gap() const {
  if (!standing.best())
    return std::nullopt;
  double best = objectiveValue(options.objective.first,
                               standing.best()->outcome.totals),
         least = strategy->leastPossible();
  if (best <= least)
    return 1;
  if (least <= 0)
    return std::nullopt;
  return best / least;
}

void Driver::report() {
  double now = seconds();
  if (!options.progress || now < lastReport + secondsBetweenProgress)
    return;
  lastReport = now;
  Progress progress;
  progress.spaceSize = result.spaceSize;
  progress.bounded = bounded;
  progress.evaluated = result.evaluated;
  progress.mapped = result.mapped;
  progress.frontSize = standing.front().designs().size();
  progress.best = standing.best() ? &*standing.best() : nullptr;
  progress.seconds = now;
  if (strategy && result.mapped > 0) {
    progress.gap = gap();
    progress.secondsLeft = double(strategy->numOpen(*bar)) *
                           (now - mappingSince) / double(result.mapped);
  }
  options.progress(progress);
}

void Driver::record(const Candidate &candidate, const Outcome &outcome) {
  ++result.evaluated;
  result.pruned += outcome.status == Status::Pruned;
  result.beaten += outcome.status == Status::Beaten;
  result.infeasible += outcome.status == Status::Infeasible;
  result.mapped += outcome.status == Status::Infeasible ||
                   outcome.status == Status::Feasible;
  for (const LayerEffort &effort : outcome.effort)
    if (counted.insert(effort.key).second)
      result.mappings += effort.mappings;
  for (const Rejection &rejection : outcome.rejections) {
    RejectionCount &count = result.rejections[rejection.kind];
    if (count.designs++ == 0)
      count.example = rejection.message;
  }
  if (outcome.status == Status::Feasible) {
    standing.add({candidate, outcome});
    setBar();
  }
  strategy->tell(candidate, outcome);
  if (options.result)
    options.result(candidate, outcome);
  report();
}

void Driver::settle(Pending pending) {
  const Outcome &outcome = pending.outcome.get();
  if (outcome.status == Status::Skipped)
    ++skipped;
  else
    record(pending.candidate, outcome);
}

SearchResult Driver::run() {
  strategy = createStrategy();
  mappingSince = seconds();
  setBar();
  launchMore();
  while (!running.empty()) {
    Pending oldest = std::move(running.front());
    running.pop_front();
    settle(std::move(oldest));
    launchMore();
  }
  result.interrupted = isCancelled();
  result.outOfBudget =
      !result.interrupted && isOverBudget() && (skipped > 0 || !complete);
  result.exhaustive = strategy->isExhaustive() && complete && !skipped;
  result.gap = gap();
  // Of a second objective the gap says nothing.
  result.provenOptimal =
      result.gap && *result.gap <= 1 && !options.objective.second;
  result.best = standing.best();
  result.runnerUp = standing.runnerUp();
  result.pareto = standing.front();
  result.seconds = seconds();
  return std::move(result);
}

StrategyKind SearchOptions::strategyFor(const DesignSpace &space) const {
  if (strategy != StrategyKind::Auto)
    return strategy;
  return space.size() <= double(exhaustiveLimit) ? StrategyKind::BestFirst
                                                 : StrategyKind::Evolutionary;
}

static constexpr llvm::StringLiteral strategyNames[] = {
    "auto", "best-first", "exhaustive", "evolutionary", "random"};

llvm::StringRef ohas::search::name(StrategyKind kind) {
  return strategyNames[static_cast<unsigned>(kind)];
}

SearchResult ohas::search::searchDesigns(const DesignSpace &space,
                                         const DesignEvaluator &evaluate,
                                         const DesignBound &bound,
                                         const SearchOptions &options) {
  return Driver(space, evaluate, bound, options).run();
}

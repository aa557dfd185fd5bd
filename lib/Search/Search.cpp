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

using namespace ohas::search;

static constexpr size_t window = 32;

using Clock = std::chrono::steady_clock;

namespace {
class Driver {
public:
  Driver(const DesignSpace &space, Strategy &strategy,
         const DesignEvaluator &evaluate, const SearchOptions &options)
      : strategy(strategy), evaluate(evaluate), options(options),
        pool(llvm::hardware_concurrency(std::max(1u, options.jobs))) {
    result.spaceSize = space.size();
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

  bool launch();
  void settle(Pending pending);
  void record(const Candidate &candidate, const Outcome &outcome);
  void rank(const EvaluatedDesign &design);

  Strategy &strategy;
  const DesignEvaluator &evaluate;
  const SearchOptions &options;
  SearchResult result;
  std::deque<Pending> running;
  bool complete = false; // the strategy had nothing more to propose
  uint64_t skipped = 0;
  Clock::time_point begin = Clock::now();
  llvm::DefaultThreadPool pool; // last: its threads use what is above
};
} // namespace

/// Hands the next proposal to the workers.
bool Driver::launch() {
  std::optional<Candidate> candidate = strategy.ask();
  if (!candidate) {
    complete = true;
    return false;
  }
  auto task = [this, candidate = *candidate] {
    // A stopped search drains its queue at once.
    bool stop = isCancelled() || (candidate.number > 0 && isOverBudget());
    return stop ? Outcome() : evaluate(candidate);
  };
  running.push_back({*candidate, pool.async(std::move(task))});
  return true;
}

void Driver::rank(const EvaluatedDesign &design) {
  result.pareto.insert(design);
  auto beats = [&](const std::optional<EvaluatedDesign> &other) {
    return !other ||
           isBetter(options.objective, design.outcome, other->outcome);
  };
  if (beats(result.best)) {
    result.runnerUp = std::move(result.best);
    result.best = design;
  } else if (beats(result.runnerUp)) {
    result.runnerUp = design;
  }
}

void Driver::record(const Candidate &candidate, const Outcome &outcome) {
  ++result.evaluated;
  result.pruned += outcome.status == Status::Pruned;
  result.infeasible += outcome.status == Status::Infeasible;
  for (const Rejection &rejection : outcome.rejections) {
    RejectionCount &count = result.rejections[rejection.kind];
    if (count.designs++ == 0)
      count.example = rejection.message;
  }
  if (outcome.status == Status::Feasible)
    rank({candidate, outcome});
  strategy.tell(candidate, outcome);
  if (options.result)
    options.result(candidate, outcome);
  if (options.progress)
    options.progress({result.spaceSize, result.evaluated, result.pruned,
                      result.infeasible, seconds(),
                      result.best ? &*result.best : nullptr});
}

void Driver::settle(Pending pending) {
  const Outcome &outcome = pending.outcome.get();
  if (outcome.status == Status::Skipped)
    ++skipped;
  else
    record(pending.candidate, outcome);
}

SearchResult Driver::run() {
  while (running.size() < window && launch())
    ;
  while (!running.empty()) {
    Pending oldest = std::move(running.front());
    running.pop_front();
    settle(std::move(oldest));
    bool stop = isCancelled() || isOverBudget();
    if (!complete && !stop)
      launch();
  }
  result.interrupted = isCancelled();
  result.outOfBudget =
      !result.interrupted && isOverBudget() && (skipped > 0 || !complete);
  result.exhaustive = strategy.isExhaustive() && complete && !skipped;
  result.seconds = seconds();
  return std::move(result);
}

std::unique_ptr<Strategy>
ohas::search::createStrategy(const DesignSpace &space,
                             const SearchOptions &options) {
  if (space.size() <= double(options.exhaustiveLimit))
    return createExhaustive(space);
  return createEvolutionary(space, options.objective, options.seed,
                            options.evolutionLimit);
}

SearchResult ohas::search::searchDesigns(const DesignSpace &space,
                                         Strategy &strategy,
                                         const DesignEvaluator &evaluate,
                                         const SearchOptions &options) {
  return Driver(space, strategy, evaluate, options).run();
}

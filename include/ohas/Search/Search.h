//===- Search.h - Searches a design space -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_SEARCH_H
#define OHAS_SEARCH_SEARCH_H

#include "ohas/Search/Pareto.h"
#include "ohas/Search/Strategy.h"
#include <atomic>
#include <functional>

namespace ohas::search {

/// What is known while a search runs.
struct Progress {
  double spaceSize = 0;
  uint64_t evaluated = 0; ///< designs looked at, rejected ones included
  uint64_t pruned = 0, infeasible = 0;
  double seconds = 0;
  const EvaluatedDesign *best = nullptr;
};

struct SearchOptions {
  Objective objective = Objective::Edp;
  uint64_t seed = 0;
  /// Worker threads. The result does not depend on it.
  unsigned jobs = 1;
  /// Wall-clock seconds; the result depends on time only if this is set. One
  /// design is looked at in any case.
  std::optional<double> budgetSeconds;
  /// Spaces up to this size are enumerated, larger ones are evolved.
  uint64_t exhaustiveLimit = 4096;
  /// Designs that the evolution looks at.
  uint64_t evolutionLimit = 2048;
  /// Set from outside (an interrupt): the search ends with what it has.
  const std::atomic<bool> *cancel = nullptr;
  /// Both are called on the caller's thread, in the order of the candidates.
  std::function<void(const Progress &)> progress;
  std::function<void(const Candidate &, const Outcome &)> result;
};

/// Designs rejected for one reason, with the message of the first.
struct RejectionCount {
  uint64_t designs = 0;
  std::string example;
};

struct SearchResult {
  double spaceSize = 0;
  uint64_t evaluated = 0; ///< designs looked at, rejected ones included
  uint64_t pruned = 0, infeasible = 0;
  double seconds = 0;
  std::optional<EvaluatedDesign> best, runnerUp;
  ParetoFront pareto;
  std::map<std::string, RejectionCount> rejections; ///< by Rejection::kind
  bool exhaustive = false;  ///< every design of the space was looked at
  bool interrupted = false; ///< by `cancel`
  bool outOfBudget = false;
  /// Holds only if mappings were proven optimal too, which they are not yet.
  bool provenOptimal = false;
};

/// Judges one design. Called on several threads at once.
using DesignEvaluator = std::function<Outcome(const Candidate &)>;

/// Exhaustive or evolutionary, by the size of the space.
std::unique_ptr<Strategy> createStrategy(const DesignSpace &space,
                                         const SearchOptions &options);

SearchResult searchDesigns(const DesignSpace &space, Strategy &strategy,
                           const DesignEvaluator &evaluate,
                           const SearchOptions &options);

} // namespace ohas::search

#endif // OHAS_SEARCH_SEARCH_H

//===- Search.h - Searches a design space -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_SEARCH_H
#define OHAS_SEARCH_SEARCH_H

#include "ohas/Search/Strategy.h"
#include <atomic>
#include <functional>

namespace ohas::search {

/// What is known while a search runs.
struct Progress {
  double spaceSize = 0;
  uint64_t bounded = 0;   ///< designs whose bounds are known
  uint64_t evaluated = 0; ///< designs decided, rejected ones included
  uint64_t mapped = 0;    ///< of these, what took a mapping
  size_t frontSize = 0;
  /// The best so far, its gap as of SearchResult, and seconds that are left at
  /// this rate.
  const EvaluatedDesign *best = nullptr;
  std::optional<double> gap, secondsLeft;
  double seconds = 0;
};

/// In which order designs are looked at. Auto is BestFirst up to
/// `exhaustiveLimit` designs and Evolutionary beyond.
enum class StrategyKind : uint8_t {
  Auto,
  BestFirst,
  Exhaustive,
  Evolutionary,
  Random
};

struct SearchOptions {
  Goal objective;
  FrontAxes front = defaultFrontAxes;
  StrategyKind strategy = StrategyKind::Auto;
  uint64_t seed = 0;
  /// Worker threads. The result does not depend on it.
  unsigned jobs = 1;
  /// Wall-clock seconds; the result depends on time only if this is set. One
  /// design is looked at in any case.
  std::optional<double> budgetSeconds;
  /// Spaces up to this size are looked at as a whole, larger ones are evolved.
  uint64_t exhaustiveLimit = 100'000;
  /// Designs that an evolution or a random search looks at.
  uint64_t sampleLimit = 2048;
  /// Set from outside (an interrupt): the search ends with what it has.
  const std::atomic<bool> *cancel = nullptr;
  /// Both are called on the caller's thread; `progress` now and then, `result`
  /// in the order of the candidates.
  std::function<void(const Progress &)> progress;
  std::function<void(const Candidate &, const Outcome &)> result;

  StrategyKind strategyFor(const DesignSpace &space) const;
};
llvm::StringRef name(StrategyKind kind);

/// Designs rejected for one reason, with the message of the first.
struct RejectionCount {
  uint64_t designs = 0;
  std::string example;
};

struct SearchResult {
  StrategyKind strategy = StrategyKind::Auto;
  double spaceSize = 0;
  uint64_t evaluated = 0; ///< designs decided, rejected ones included
  uint64_t pruned = 0;    ///< rejected before anything was mapped
  uint64_t beaten = 0;    ///< not mapped, or not wholly: others are better
  uint64_t mapped = 0, infeasible = 0;
  uint64_t mappings = 0; ///< costed, over distinct pairs of layer and design
  double seconds = 0;
  std::optional<EvaluatedDesign> best, runnerUp;
  ParetoFront pareto;
  std::map<std::string, RejectionCount> rejections; ///< by Rejection::kind
  bool exhaustive = false;  ///< every design of the space was decided
  bool interrupted = false; ///< by `cancel`
  bool outOfBudget = false;
  /// No design, however mapped, is better than the best by more than this ratio
  /// of the (first) objective (1: by nothing). Absent where nothing is known.
  std::optional<double> gap;
  /// By bounds: no mapping of any design is better.
  bool provenOptimal = false;
};

/// Judges one design; it is Beaten as soon as it is known to miss the bar, but
/// need not be. Called on several threads at once.
using DesignEvaluator = std::function<Outcome(const Candidate &, const Bar &)>;

/// Looks for the best design and the front. `bound` may be empty unless the
/// strategy is BestFirst.
SearchResult searchDesigns(const DesignSpace &space,
                           const DesignEvaluator &evaluate,
                           const DesignBound &bound,
                           const SearchOptions &options);

} // namespace ohas::search

#endif // OHAS_SEARCH_SEARCH_H

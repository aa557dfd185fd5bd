//===- Strategy.h - Which design to look at next ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Strategies propose designs and hear what became of them. They know nothing of
// threads: whoever drives one decides which outcomes it has heard before each
// proposal, and equal sequences of calls give equal proposals.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_STRATEGY_H
#define OHAS_SEARCH_STRATEGY_H

#include "ohas/Search/Standing.h"
#include <functional>

namespace ohas::search {

Candidate makeCandidate(const DesignSpace &space, uint64_t number,
                        const Choice &choice);

class Strategy {
public:
  virtual ~Strategy();
  /// Would it rather hear the outcomes of all it has proposed before it is
  /// asked again?
  virtual bool mustHear(const Bar &) { return false; }
  /// The next design, or nothing when the strategy has no more to propose.
  /// `bar` is what the designs that were told have set.
  virtual std::optional<Candidate> ask(const Bar &bar) = 0;
  /// Told in the order of the candidates' numbers.
  virtual void tell(const Candidate &candidate, const Outcome &outcome) = 0;
  /// Does it propose every design of the space, if let?
  virtual bool isExhaustive() const { return false; }
  /// No design can be better than this value of the (first) objective, however
  /// mapped.
  virtual double leastPossible() const { return 0; }
  /// Designs that it would still propose if nothing new were told.
  virtual uint64_t numOpen(const Bar &bar) const = 0;
};

/// What can be said of a design without mapping. Called on several threads at
/// once.
using DesignBound = std::function<Outcome(const cost::DesignPoint &)>;

/// Every design once, proposing only those that their bounds (in the order of
/// DesignSpace::choiceAt) leave a chance: first those that may be the best or
/// the second best, the most promising first, then those that may be on the
/// front, by what bounds know exactly. What can no longer be either is Beaten.
std::unique_ptr<Strategy> createBestFirst(const DesignSpace &space,
                                          const Goal &goal,
                                          const FrontAxes &axes,
                                          std::vector<Outcome> bounds);

/// Every design once: the defaults first, then lexicographically.
std::unique_ptr<Strategy> createExhaustive(const DesignSpace &space);

/// Distinct designs drawn evenly, `limit` at most.
std::unique_ptr<Strategy> createRandom(const DesignSpace &space, uint64_t seed,
                                       uint64_t limit);

/// Steady-state evolution: the defaults and random designs first, then in turn
/// untried neighbours, of the best design or else of one on the front, and
/// mutated offspring of tournament winners. Designs are ranked as NSGA-II does,
/// by the axes of the front and the goal. Distinct designs, `limit` at most.
std::unique_ptr<Strategy> createEvolutionary(const DesignSpace &space,
                                             const Goal &goal,
                                             const FrontAxes &axes,
                                             uint64_t seed, uint64_t limit);

} // namespace ohas::search

#endif // OHAS_SEARCH_STRATEGY_H

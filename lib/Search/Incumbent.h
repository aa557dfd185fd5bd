//===- Incumbent.h - The best mapping so far --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_INCUMBENT_H
#define OHAS_LIB_SEARCH_INCUMBENT_H

#include "MappingPlan.h"
#include "SumBounds.h"
#include "ohas/Search/Mapper.h"
#include <algorithm>
#include <limits>

namespace ohas::search {

class Incumbent {
public:
  Incumbent(const MappingProblem &problem, const Goal &goal);
  /// Minimises a weighted sum.
  Incumbent(const MappingProblem &problem, const Weighting &weighting);

  /// False if nothing of at least these values can be better. Sums in another
  /// order differ in the last digits, which are no improvement.
  bool canBeatValue(const GoalValue &bound) const {
    return bound.first < value.first * (1 - Goal::noise) ||
           (goal.second && bound.first <= value.first * (1 + Goal::noise) &&
            bound.second < value.second * (1 - Goal::noise));
  }
  GoalValue valueOf(double energyFj, double latencyNs) const {
    return weighting ? GoalValue{weighting->of(energyFj, latencyNs), 0}
                     : goal.valueOf(energyFj, latencyNs);
  }
  /// A bound of all that one of the two bounds: if either can beat the value,
  /// now or later, so can this.
  static GoalValue leastOf(const GoalValue &a, const GoalValue &b) {
    const GoalValue &low = b.first < a.first ? b : a,
                    &high = b.first < a.first ? a : b;
    // Both may be as good as the value in the first objective.
    bool alike = high.first <= low.first * (1 + 4 * Goal::noise);
    return {low.first, alike ? std::min(a.second, b.second) : low.second};
  }
  /// Counts and costs a mapping, with what stays in the resident memory;
  /// nothing if it is invalid, with that or without.
  std::optional<cost::UnroundedCost> offer(const cost::Mapping &mapping);

  bool hasMapping() const {
    return value.first < std::numeric_limits<double>::infinity();
  }
  const cost::Mapping &mapping() const { return best; }
  const cost::UnroundedCost &cost() const { return bestCost; }
  /// Of the first objective.
  double objectiveValue() const { return value.first; }
  uint64_t evaluated() const { return numEvaluated; }
  uint64_t discarded() const { return numDiscarded; }

private:
  std::optional<cost::UnroundedCost> costOf(const cost::Mapping &mapping) const;

  const MappingProblem &problem;
  Goal goal;
  std::optional<Weighting> weighting; ///< in place of the goal
  GoalValue value = {std::numeric_limits<double>::infinity(), 0};
  cost::Mapping best;
  cost::UnroundedCost bestCost;
  uint64_t numEvaluated = 0, numDiscarded = 0;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_INCUMBENT_H

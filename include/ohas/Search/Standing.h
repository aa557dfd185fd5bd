//===- Standing.h - What a search has found so far --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_STANDING_H
#define OHAS_SEARCH_STANDING_H

#include "ohas/Search/Pareto.h"

namespace ohas::search {

/// What a design has to reach to matter. The default lets every design pass.
struct Bar {
  Goal goal;
  FrontAxes axes = defaultFrontAxes;
  /// Of the second best design, if there are two.
  std::optional<GoalValue> secondBest;
  std::vector<Totals> front;

  /// May figures that are not below these be the best or the second best?
  bool mayBeSecond(const Totals &bound) const {
    return !secondBest || !goal.isLess(*secondBest, valueOf(goal, bound));
  }
  /// Can they be none of these, and not on the front either?
  bool isMissedBy(const Totals &bound) const;
};

/// The best design, the second best and the front.
class Standing {
public:
  Standing(const Goal &goal, const FrontAxes &axes)
      : goal(goal), axes(axes), pareto(axes) {}

  /// A feasible design.
  void add(const EvaluatedDesign &design);
  Bar bar() const;

  const std::optional<EvaluatedDesign> &best() const { return first; }
  const std::optional<EvaluatedDesign> &runnerUp() const { return second; }
  const ParetoFront &front() const { return pareto; }

private:
  Goal goal;
  FrontAxes axes;
  std::optional<EvaluatedDesign> first, second;
  ParetoFront pareto;
};

} // namespace ohas::search

#endif // OHAS_SEARCH_STANDING_H

//===- Incumbent.cpp - The best mapping so far ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Incumbent.h"
#include "ohas/Search/Residency.h"

using namespace ohas::search;
using namespace ohas::cost;

Incumbent::Incumbent(const MappingProblem &problem, const Goal &goal)
    : problem(problem), goal(goal.ofMappings()) {}

Incumbent::Incumbent(const MappingProblem &problem, const Weighting &weighting)
    : problem(problem), weighting(weighting) {}

std::optional<UnroundedCost> Incumbent::costOf(const Mapping &mapping) const {
  const CostEvaluator &costs = problem.costs;
  if (findViolation(problem.workload, problem.accelerator, mapping))
    return std::nullopt;
  bool anyForm = problem.mayCountSlowly();
  if (problem.staying().empty())
    return anyForm ? costs.unrounded(mapping) : costs.ofClosedForm(mapping);
  Mapping stays =
      withResidents(mapping, problem.accelerator, problem.staying());
  if ((!anyForm && !costs.hasClosedForm(mapping)) ||
      findViolation(problem.workload, problem.accelerator, stays))
    return std::nullopt;
  return costs.unrounded(stays);
}

std::optional<UnroundedCost> Incumbent::offer(const Mapping &mapping) {
  std::optional<UnroundedCost> cost = costOf(mapping);
  if (!cost) {
    ++numDiscarded;
    return std::nullopt;
  }
  ++numEvaluated;
  if (goal.replaceIfLess(value, valueOf(cost->energyFj, cost->latencyNs))) {
    best = mapping;
    bestCost = *cost;
  }
  return cost;
}

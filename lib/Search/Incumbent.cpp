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

std::optional<UnroundedCost> Incumbent::offer(const Mapping &mapping) {
  if (findViolation(problem.workload, problem.accelerator, mapping) ||
      (!problem.mayCountSlowly() && !problem.costs.hasClosedForm(mapping))) {
    ++numDiscarded;
    return std::nullopt;
  }
  UnroundedCost cost;
  if (problem.staying().empty()) {
    cost = problem.costs.unrounded(mapping);
  } else {
    Mapping stays =
        withResidents(mapping, problem.accelerator, problem.staying());
    if (findViolation(problem.workload, problem.accelerator, stays)) {
      ++numDiscarded;
      return std::nullopt;
    }
    cost = problem.costs.unrounded(stays);
  }
  ++numEvaluated;
  if (goal.replaceIfLess(value, valueOf(cost.energyFj, cost.latencyNs))) {
    best = mapping;
    bestCost = cost;
  }
  return cost;
}

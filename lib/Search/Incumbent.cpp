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
  const Workload &workload = problem.workload;
  const Accelerator &accelerator = problem.accelerator;
  if (findViolation(workload, accelerator, mapping) ||
      (!problem.mayCountSlowly() &&
       !hasClosedForm(workload, accelerator, mapping))) {
    ++numDiscarded;
    return std::nullopt;
  }
  UnroundedCost cost;
  if (problem.staying().empty()) {
    cost = evaluateUnrounded(workload, accelerator, mapping,
                             countForCost(workload, accelerator, mapping));
  } else {
    Mapping stays = withResidents(mapping, accelerator, problem.staying());
    if (findViolation(workload, accelerator, stays)) {
      ++numDiscarded;
      return std::nullopt;
    }
    cost = evaluateUnrounded(workload, accelerator, stays,
                             countForCost(workload, accelerator, stays));
  }
  ++numEvaluated;
  if (goal.replaceIfLess(value, valueOf(cost.energyFj, cost.latencyNs))) {
    best = mapping;
    bestCost = cost;
  }
  return cost;
}

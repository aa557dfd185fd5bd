//===- Incumbent.cpp - The best mapping so far ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Incumbent.h"

using namespace ohas::search;
using namespace ohas::cost;

Incumbent::Incumbent(const MappingProblem &problem, const Goal &goal)
    : problem(problem), goal(goal.ofMappings()) {}

std::optional<UnroundedCost> Incumbent::offer(const Mapping &mapping) {
  if (findViolation(problem.workload, problem.accelerator, mapping) ||
      (!problem.mayCountSlowly() && !problem.costs.hasClosedForm(mapping))) {
    ++numDiscarded;
    return std::nullopt;
  }
  ++numEvaluated;
  UnroundedCost cost = problem.costs.unrounded(mapping);
  if (goal.replaceIfLess(value, valueOf(cost.energyFj, cost.latencyNs)))
    best = mapping;
  return cost;
}

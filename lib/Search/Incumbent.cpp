//===- Incumbent.cpp - The best mapping so far ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Incumbent.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Products of a layer whose partial sums may be followed step by step.
static constexpr int64_t fewMacs = 1 << 12;

Incumbent::Incumbent(const MappingProblem &problem, Objective objective)
    : problem(problem), objective(objective),
      slowAllowed(problem.workload.macs() <= fewMacs) {}

std::optional<UnroundedCost> Incumbent::offer(const Mapping &mapping) {
  const Workload &workload = problem.workload;
  const Accelerator &accelerator = problem.accelerator;
  if (findViolation(workload, accelerator, mapping) ||
      (!slowAllowed && !hasClosedForm(workload, accelerator, mapping))) {
    ++numDiscarded;
    return std::nullopt;
  }
  ++numEvaluated;
  UnroundedCost cost = evaluateUnrounded(workload, accelerator, mapping,
                                         count(workload, accelerator, mapping));
  double offered = objectiveOf(objective, cost.energyFj, cost.latencyNs);
  if (offered < value) {
    value = offered;
    best = mapping;
  }
  return cost;
}

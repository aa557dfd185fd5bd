//===- Standing.cpp - What a search has found so far ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Standing.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;

bool Bar::isMissedBy(const Totals &bound) const {
  return !mayBeSecond(bound) && llvm::any_of(front, [&](const Totals &other) {
    // An equal one may still come before it.
    return dominates(other, bound, axes) && !dominates(bound, other, axes);
  });
}

void Standing::add(const EvaluatedDesign &design) {
  pareto.insert(design);
  auto beats = [&](const std::optional<EvaluatedDesign> &other) {
    if (!other || isBetter(goal, design.outcome, other->outcome))
      return true;
    return !isBetter(goal, other->outcome, design.outcome) &&
           design.candidate.comesBefore(other->candidate);
  };
  if (beats(first)) {
    second = std::move(first);
    first = design;
  } else if (beats(second)) {
    second = design;
  }
}

Bar Standing::bar() const {
  Bar bar;
  bar.goal = goal;
  bar.axes = axes;
  if (second)
    bar.secondBest = valueOf(goal, second->outcome.totals);
  for (const EvaluatedDesign &design : pareto.designs())
    bar.front.push_back(design.outcome.totals);
  return bar;
}

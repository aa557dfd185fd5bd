//===- Pareto.cpp - Designs that no other design beats ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Pareto.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace ohas::search;

bool ohas::search::dominates(const Totals &a, const Totals &b) {
  return a.latencyPs <= b.latencyPs && a.energyFj <= b.energyFj &&
         a.areaUm2 <= b.areaUm2;
}

bool ParetoFront::insert(const EvaluatedDesign &design) {
  const Totals &totals = design.outcome.totals;
  if (llvm::any_of(front, [&](const EvaluatedDesign &other) {
        return dominates(other.outcome.totals, totals);
      }))
    return false;
  llvm::erase_if(front, [&](const EvaluatedDesign &other) {
    return dominates(totals, other.outcome.totals);
  });
  auto key = [](const EvaluatedDesign &d) {
    const Totals &t = d.outcome.totals;
    return std::make_tuple(t.latencyPs, t.energyFj, t.areaUm2);
  };
  auto place = llvm::upper_bound(
      front, design, [&](const EvaluatedDesign &a, const EvaluatedDesign &b) {
        return key(a) < key(b);
      });
  front.insert(place, design);
  return true;
}

//===- Objective.cpp - What a search minimises ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Outcome.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <tuple>

using namespace ohas::search;

static constexpr llvm::StringRef objectiveNames[] = {
    "edp", "energy", "latency", "ed2p", "area", "power"};

llvm::StringRef ohas::search::name(Objective objective) {
  return objectiveNames[static_cast<unsigned>(objective)];
}

std::optional<Objective> ohas::search::parseObjective(llvm::StringRef text) {
  const auto *found = llvm::find(objectiveNames, text);
  if (found == std::end(objectiveNames))
    return std::nullopt;
  return static_cast<Objective>(found - std::begin(objectiveNames));
}

std::string ohas::search::listObjectives() {
  return llvm::join(llvm::ArrayRef(objectiveNames), ", ");
}

double ohas::search::edpJs(const Totals &totals) {
  return (totals.energyFj * 1e-15) * (totals.latencyPs * 1e-12);
}

double ohas::search::averagePowerW(const Totals &totals) {
  // fJ / ps = mW.
  return totals.latencyPs > 0
             ? double(totals.energyFj) / totals.latencyPs * 1e-3
             : 0;
}

double ohas::search::objectiveValue(Objective objective, const Totals &totals) {
  if (objective == Objective::Area)
    return totals.areaUm2;
  if (objective == Objective::Power)
    return totals.peakPowerUw;
  return objectiveOf(objective, totals.energyFj, totals.latencyPs);
}

double Outcome::violation() const {
  double sum = 0;
  for (const Rejection &rejection : rejections)
    sum += rejection.violation;
  return sum;
}

bool ohas::search::isBetter(Objective objective, const Outcome &a,
                            const Outcome &b) {
  bool feasible = a.status == Status::Feasible;
  if (feasible != (b.status == Status::Feasible))
    return feasible;
  if (!feasible)
    return a.violation() < b.violation();
  auto key = [&](const Totals &t) {
    return std::make_tuple(objectiveValue(objective, t),
                           objectiveValue(Objective::Edp, t), t.latencyPs,
                           t.energyFj, t.areaUm2, t.peakPowerUw);
  };
  return key(a.totals) < key(b.totals);
}

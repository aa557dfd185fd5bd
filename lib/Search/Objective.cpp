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

static bool isOfMappings(Objective objective) {
  return objective != Objective::Area && objective != Objective::Power;
}

Goal Goal::ofMappings() const {
  bool decides = second && isOfMappings(*second);
  if (!isOfMappings(first))
    return decides ? *second : Objective::Edp;
  return decides ? *this : Goal(first);
}

std::string ohas::search::name(const Goal &goal) {
  std::string text = name(goal.first).str();
  if (goal.second)
    text += "," + name(*goal.second).str();
  return text;
}

llvm::Expected<Goal> ohas::search::parseGoal(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 2> parts;
  text.split(parts, ',');
  std::vector<Objective> objectives;
  for (llvm::StringRef part : parts) {
    std::optional<Objective> objective = parseObjective(part.trim());
    if (!objective)
      return llvm::createStringError("unknown objective '" + part.trim() +
                                     "'; there are " + listObjectives());
    if (llvm::is_contained(objectives, *objective))
      return llvm::createStringError("objective '" + part.trim() +
                                     "' is named twice in '" + text + "'");
    objectives.push_back(*objective);
  }
  if (objectives.size() > 2)
    return llvm::createStringError(
        "'" + text +
        "' has more than two objectives: expected one, and "
        "perhaps another that decides between equals");
  // The text has one part at least.
  Goal goal(objectives[0]);
  if (objectives.size() == 2)
    goal.second = objectives[1];
  return goal;
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

GoalValue ohas::search::valueOf(const Goal &goal, const Totals &totals) {
  return {objectiveValue(goal.first, totals),
          goal.second ? objectiveValue(*goal.second, totals) : 0};
}

double Outcome::violation() const {
  double sum = 0;
  for (const Rejection &rejection : rejections)
    sum += rejection.violation;
  return sum;
}

bool ohas::search::isBetter(const Goal &goal, const Outcome &a,
                            const Outcome &b) {
  bool feasible = a.status == Status::Feasible;
  if (feasible != (b.status == Status::Feasible))
    return feasible;
  if (!feasible)
    return a.violation() < b.violation();
  GoalValue ofA = valueOf(goal, a.totals), ofB = valueOf(goal, b.totals);
  if (goal.isLess(ofA, ofB) || goal.isLess(ofB, ofA))
    return goal.isLess(ofA, ofB);
  auto key = [](const Totals &t) {
    return std::make_tuple(objectiveValue(Objective::Edp, t), t.latencyPs,
                           t.energyFj, t.areaUm2, t.peakPowerUw);
  };
  return key(a.totals) < key(b.totals);
}

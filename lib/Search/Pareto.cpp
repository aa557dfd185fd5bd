//===- Pareto.cpp - Designs that no other design beats ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Pareto.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;

llvm::Expected<FrontAxes> ohas::search::parseFrontAxes(llvm::StringRef text) {
  static constexpr llvm::StringLiteral expected =
      "expected two to four of latency, energy, area, power";
  FrontAxes axes;
  llvm::SmallVector<llvm::StringRef, 4> names;
  text.split(names, ',');
  for (llvm::StringRef name : names) {
    std::optional<Objective> axis = parseObjective(name.trim());
    if (!axis || *axis == Objective::Edp || *axis == Objective::Ed2p)
      return llvm::createStringError("unknown axis '" + name.trim() +
                                     "' of a front: " + expected);
    if (llvm::is_contained(axes, *axis))
      return llvm::createStringError("a front has '" + name.trim() +
                                     "' twice: " + expected);
    axes.push_back(*axis);
  }
  if (axes.size() < 2)
    return llvm::createStringError("'" + text + "' is no front: " + expected);
  return axes;
}

/// -1, 0 or 1.
static int compare(const Totals &a, const Totals &b, Objective axis) {
  auto figure = [&](const Totals &totals) {
    switch (axis) {
    case Objective::Latency:
      return totals.latencyPs;
    case Objective::Energy:
      return totals.energyFj;
    case Objective::Area:
      return totals.areaUm2;
    default:
      return totals.peakPowerUw;
    }
  };
  return (figure(a) > figure(b)) - (figure(a) < figure(b));
}

bool ohas::search::dominates(const Totals &a, const Totals &b,
                             const FrontAxes &axes) {
  return llvm::all_of(axes,
                      [&](Objective axis) { return compare(a, b, axis) <= 0; });
}

bool ParetoFront::insert(const EvaluatedDesign &design) {
  auto yields = [&](const EvaluatedDesign &later,
                    const EvaluatedDesign &other) {
    const Totals &a = other.outcome.totals, &b = later.outcome.totals;
    return dominates(a, b, axes) &&
           (!dominates(b, a, axes) ||
            other.candidate.comesBefore(later.candidate));
  };
  if (llvm::any_of(front, [&](const EvaluatedDesign &other) {
        return yields(design, other);
      }))
    return false;
  llvm::erase_if(front, [&](const EvaluatedDesign &other) {
    return yields(other, design);
  });
  auto place = llvm::upper_bound(
      front, design, [&](const EvaluatedDesign &a, const EvaluatedDesign &b) {
        for (Objective axis : axes)
          if (int order = compare(a.outcome.totals, b.outcome.totals, axis))
            return order < 0;
        return false;
      });
  front.insert(place, design);
  return true;
}

//===- SumBounds.cpp - What bounds a network's sums -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SumBounds.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace ohas::search;

/// Weightings that differ by less say nothing new.
static constexpr double leastTurn = 1e-7;

SumBounds::SumBounds(const Sums &least) {
  lines.push_back({{1, 0}, least.energyFj, std::nullopt, true});
  lines.push_back({{0, 1}, least.latencyNs, std::nullopt, true});
}

void SumBounds::add(const Weighting &weighting, double least,
                    std::optional<Sums> reached) {
  for (Line &line : lines)
    if (line.isFirst && line.weighting.perFj == weighting.perFj &&
        line.weighting.perNs == weighting.perNs) {
      line = {weighting, std::max(least, line.least), reached, false};
      return;
    }
  lines.push_back({weighting, least, reached, false});
}

std::vector<SumBounds::Corner> SumBounds::corners() const {
  std::vector<Corner> corners;
  for (size_t a = 0; a < lines.size(); ++a)
    for (size_t b = 0; b < lines.size(); ++b) {
      const Weighting &one = lines[a].weighting, &other = lines[b].weighting;
      double turn = one.perFj * other.perNs - other.perFj * one.perNs;
      if (turn <= 0)
        continue; // `a` is the one that weighs time less
      Sums sums = {
          (lines[a].least * other.perNs - lines[b].least * one.perNs) / turn,
          (lines[b].least * one.perFj - lines[a].least * other.perFj) / turn};
      bool outside = llvm::any_of(lines, [&](const Line &line) {
        return line.weighting.of(sums.energyFj, sums.latencyNs) <
               line.least * (1 - 1e-12);
      });
      if (!outside)
        corners.push_back({sums, a, b});
    }
  return corners;
}

static double valueOf(const Goal &goal, const Sums &sums) {
  return goal.ofMappings().valueOf(sums.energyFj, sums.latencyNs).first;
}

std::optional<SumBounds::Corner>
SumBounds::leastCorner(const Goal &goal) const {
  std::optional<Corner> least;
  for (const Corner &corner : corners())
    if (!least || valueOf(goal, corner.sums) < valueOf(goal, least->sums))
      least = corner;
  return least;
}

double SumBounds::leastValue(const Goal &goal) const {
  // Rounding may leave no corner at all where several lines meet.
  std::optional<Corner> least = leastCorner(goal);
  return least ? valueOf(goal, least->sums)
               : valueOf(goal, {lines[0].least, lines[1].least});
}

bool SumBounds::isNew(const Weighting &weighting) const {
  return llvm::none_of(lines, [&](const Line &line) {
    double one = line.weighting.perFj * weighting.perNs,
           other = weighting.perFj * line.weighting.perNs;
    return !line.isFirst && std::abs(one - other) <= leastTurn * (one + other);
  });
}

/// Through both sums: if nothing is below, no corner is between them.
static std::optional<Weighting> chord(const Sums &frugal, const Sums &fast) {
  double fj = fast.energyFj - frugal.energyFj,
         ns = frugal.latencyNs - fast.latencyNs;
  if (fj <= 0 || ns <= 0)
    return std::nullopt;
  return Weighting{1, fj / ns};
}

static bool isAt(const Sums &sums, const std::optional<Sums> &reached) {
  constexpr double close = 1e-9;
  return reached &&
         std::abs(sums.energyFj - reached->energyFj) <=
             close * reached->energyFj &&
         std::abs(sums.latencyNs - reached->latencyNs) <=
             close * reached->latencyNs;
}

std::optional<Weighting> SumBounds::next(const Goal &goal) const {
  std::optional<Corner> corner = leastCorner(goal);
  if (!corner)
    return std::nullopt;
  const Line &frugal = lines[corner->frugal], &fast = lines[corner->fast];
  const Sums &sums = corner->sums;
  if (isAt(sums, frugal.reached) || isAt(sums, fast.reached))
    return std::nullopt;
  auto isBetween = [&](const Weighting &weighting) {
    return frugal.weighting.perFj * weighting.perNs >
               weighting.perFj * frugal.weighting.perNs &&
           weighting.perFj * fast.weighting.perNs >
               fast.weighting.perFj * weighting.perNs &&
           isNew(weighting);
  };
  if (frugal.reached && fast.reached)
    if (auto both = chord(*frugal.reached, *fast.reached);
        both && isBetween(*both))
      return both;
  // As the objective weighs time and energy here.
  constexpr double step = 1e-4;
  double here = valueOf(goal, sums),
         byTime =
             valueOf(goal, {sums.energyFj, sums.latencyNs * (1 + step)}) - here,
         byEnergy =
             valueOf(goal, {sums.energyFj * (1 + step), sums.latencyNs}) - here;
  if (byTime > 0 && byEnergy > 0) {
    Weighting tangent = {1, byTime / byEnergy * sums.energyFj / sums.latencyNs};
    if (isBetween(tangent))
      return tangent;
  }
  if (frugal.isFirst && byEnergy > 0)
    return frugal.weighting;
  if (fast.isFirst && byTime > 0)
    return fast.weighting;
  return std::nullopt;
}

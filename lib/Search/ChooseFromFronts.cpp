//===- ChooseFromFronts.cpp - Trades energy for latency ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// E x L and E x L^2 are quasi-concave in the sums E and L, so they are least at
// a corner of the convex hull of all sums. A corner minimises E + w L for some
// weight w, and so does each layer's part of it. From the fastest point of
// every layer on, one falling weight passes all these combinations. Along an
// edge of the hull both products are larger than at one of its ends, so that a
// tie is between corners, and the fastest and the most frugal sums are corners,
// too.
//
//===----------------------------------------------------------------------===//

#include "ConvexHull.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Search/NetworkEvaluator.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;

namespace {
/// Layer `layer` moves on from point `from` of its hull to the next one.
struct Step {
  double rate;
  size_t layer, from;
};
} // namespace

static std::vector<Step>
sortedSteps(llvm::ArrayRef<std::vector<LayerChoice>> hulls) {
  std::vector<Step> steps;
  for (auto [layer, hull] : llvm::enumerate(hulls))
    for (size_t i = 0; i + 1 < hull.size(); ++i)
      steps.push_back({exchangeRate(hull[i], hull[i + 1]), layer, i});
  llvm::stable_sort(
      steps, [](const Step &a, const Step &b) { return a.rate > b.rate; });
  return steps;
}

std::vector<size_t>
ohas::search::chooseFromFronts(std::vector<std::vector<LayerChoice>> fronts,
                               const Totals &fixed, const Goal &ofDesigns) {
  Goal goal = ofDesigns.ofMappings();
  for (std::vector<LayerChoice> &front : fronts)
    front = lowerHull(std::move(front));
  auto value = [&](llvm::ArrayRef<size_t> chosen) {
    Totals totals = fixed;
    for (auto [hull, point] : llvm::zip(fronts, chosen)) {
      totals.latencyPs =
          cost::saturatingAdd(totals.latencyPs, hull[point].latencyPs);
      totals.energyFj =
          cost::saturatingAdd(totals.energyFj, hull[point].energyFj);
    }
    return std::make_pair(valueOf(goal, totals),
                          objectiveValue(Objective::Edp, totals));
  };
  std::vector<size_t> chosen(fronts.size(), 0), best = chosen;
  auto bestValue = value(best);
  for (const Step &step : sortedSteps(fronts)) {
    chosen[step.layer] = step.from + 1;
    auto now = value(chosen);
    bool ties = !goal.isLess(bestValue.first, now.first) &&
                now.second < bestValue.second;
    if (goal.replaceIfLess(bestValue.first, now.first) || ties) {
      bestValue.second = now.second;
      best = chosen;
    }
  }
  for (auto [hull, point] : llvm::zip(fronts, best))
    point = hull[point].point;
  return best;
}

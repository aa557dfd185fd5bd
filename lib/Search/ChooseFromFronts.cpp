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
// every layer on, one falling weight passes all these combinations.
//
//===----------------------------------------------------------------------===//

#include "ConvexHull.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Search/NetworkEvaluator.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;

namespace {
/// Layer `layer` moves on from point `from` to the next one.
struct Step {
  double rate;
  size_t layer, from;
};
} // namespace

static std::vector<Step>
sortedSteps(llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> fronts) {
  std::vector<Step> steps;
  for (auto [layer, front] : llvm::enumerate(fronts))
    for (size_t i = 0; i + 1 < front.size(); ++i)
      steps.push_back({exchangeRate(front[i], front[i + 1]), layer, i});
  llvm::stable_sort(
      steps, [](const Step &a, const Step &b) { return a.rate > b.rate; });
  return steps;
}

std::vector<size_t> ohas::search::chooseFromFronts(
    llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> fronts,
    llvm::ArrayRef<int64_t> counts, const Totals &fixed, Objective objective) {
  if (objective == Objective::Area || objective == Objective::Power)
    objective = Objective::Edp; // the design decides these, not the mapping
  auto value = [&](llvm::ArrayRef<size_t> chosen) {
    Totals totals = fixed;
    for (auto [front, count, point] : llvm::zip(fronts, counts, chosen)) {
      cost::addSaturating(totals.latencyPs, count, front[point].latencyPs);
      cost::addSaturating(totals.energyFj, count, front[point].energyFj);
    }
    return std::make_tuple(objectiveValue(objective, totals),
                           objectiveValue(Objective::Edp, totals));
  };
  std::vector<size_t> chosen(fronts.size(), 0), best = chosen;
  auto bestValue = value(best);
  for (const Step &step : sortedSteps(fronts)) {
    chosen[step.layer] = step.from + 1;
    auto now = value(chosen);
    if (now < bestValue) {
      bestValue = now;
      best = chosen;
    }
  }
  return best;
}

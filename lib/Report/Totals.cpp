//===- Totals.cpp - Sums over a network -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/CostSum.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Report/Report.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas;
using namespace ohas::report;

double Totals::edpJs() const {
  return double(energyFj) * 1e-15 * double(latencyPs) * 1e-12;
}

double Totals::averagePowerMw() const {
  // fJ / ps = mW.
  return latencyPs ? double(energyFj) / double(latencyPs) : 0;
}

int64_t report::weighted(int64_t value, double weight) {
  return static_cast<int64_t>(std::llround(double(value) * weight));
}

/// Work done over the work that all compute sites could do in that time.
static double utilizationOf(const Report &report, int64_t macs,
                            int64_t latencyPs) {
  double slots =
      double(latencyPs) * 1e-3 * report.clockGhz * double(report.computeSites);
  return slots > 0 ? double(macs) / slots : 0;
}

double Report::utilization(const Layer &layer) const {
  return utilizationOf(*this, layer.cost.macs, layer.cost.latencyPs);
}

/// Of the names in Report::energyByKind, the one for a component of that kind.
static size_t kindNumber(cost::LevelKind kind) {
  switch (kind) {
  case cost::LevelKind::Memory:
    return 0;
  case cost::LevelKind::Converter:
    return 1;
  case cost::LevelKind::Fanout:
  case cost::LevelKind::Component:
    return 2;
  case cost::LevelKind::Compute:
    break;
  }
  return 3;
}

cost::Breakdown Report::energyByKind(const Totals &totals) const {
  if (reading != "mapped")
    return {};
  cost::Breakdown kinds = {{"memories", 0},
                           {"converters", 0},
                           {"static", 0},
                           {"compute", 0},
                           {"electronic", 0}};
  for (const cost::Share &share : totals.energyBreakdownFj) {
    auto level = llvm::find(levels, share.component);
    // What is no level is the vector unit.
    size_t number = level == levels.end()
                        ? kinds.size() - 1
                        : kindNumber(levelKinds[level - levels.begin()]);
    cost::addSaturating(kinds[number].value, 1, share.value);
  }
  return kinds;
}

static Totals makeTotals(const Report &report, const cost::Cost &sum) {
  Totals totals;
  totals.latencyPs = sum.latencyPs;
  totals.energyFj = sum.energyFj;
  totals.macs = sum.macs;
  totals.hiddenPs = sum.hiddenPs;
  totals.energyBreakdownFj = sum.energyBreakdownFj;
  totals.utilization = utilizationOf(report, sum.macs, sum.latencyPs);
  return totals;
}

Totals Report::totals(const Model &model) const {
  cost::CostSum sum, electronic;
  for (const Layer &layer : model.layers) {
    sum.add(layer.cost, layer.count);
    if (!layer.photonic)
      electronic.add(layer.cost, layer.count);
  }
  Totals totals = makeTotals(*this, sum.get());
  totals.electronicPs = electronic.get().latencyPs;
  return totals;
}

Totals Report::totals() const {
  if (models.size() == 1)
    return totals(models.front());
  // Inferences of each network in proportion to the weights.
  cost::CostSum sum;
  int64_t electronicPs = 0;
  for (const Model &model : models) {
    Totals one = totals(model);
    electronicPs = cost::saturatingAdd(
        electronicPs, weighted(one.electronicPs, model.weight));
    cost::Cost part;
    part.hiddenPs = weighted(one.hiddenPs, model.weight);
    part.latencyPs = weighted(one.latencyPs, model.weight);
    part.energyFj = weighted(one.energyFj, model.weight);
    part.macs = weighted(one.macs, model.weight);
    int64_t rest = part.energyFj;
    for (const cost::Share &share : one.energyBreakdownFj) {
      part.energyBreakdownFj.push_back(
          {share.component, weighted(share.value, model.weight)});
      rest -= part.energyBreakdownFj.back().value;
    }
    // Weights need not be whole: what rounding leaves goes to the largest
    // component, so that the parts still sum to the total.
    auto largest = llvm::max_element(
        part.energyBreakdownFj,
        [](const auto &a, const auto &b) { return a.value < b.value; });
    if (largest != part.energyBreakdownFj.end())
      largest->value += rest;
    sum.add(part);
  }
  Totals totals = makeTotals(*this, sum.get());
  totals.electronicPs = electronicPs;
  return totals;
}

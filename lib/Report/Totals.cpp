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

static double utilization(const Report &report, const Totals &totals) {
  double slots = double(totals.latencyPs) * 1e-3 * report.clockGhz *
                 double(report.computeSites);
  return slots > 0 ? double(totals.macs) / slots : 0;
}

static Totals makeTotals(const Report &report, const cost::Cost &sum) {
  Totals totals;
  totals.latencyPs = sum.latencyPs;
  totals.energyFj = sum.energyFj;
  totals.macs = sum.macs;
  totals.hiddenPs = sum.hiddenPs;
  totals.energyBreakdownFj = sum.energyBreakdownFj;
  totals.utilization = utilization(report, totals);
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

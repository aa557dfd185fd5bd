//===- Totals.cpp - Sums over a network ---------------------------*- C++
//-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Report/Report.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas;
using namespace ohas::report;

/// Adds `times` executions of `value`, keeping to INT64_MAX beyond it.
static void accumulate(int64_t &sum, int64_t value, int64_t times) {
  int64_t product;
  if (llvm::MulOverflow(value, times, product) ||
      llvm::AddOverflow(sum, product, sum))
    sum = std::numeric_limits<int64_t>::max();
}

double Totals::edpJs() const {
  return double(energyFj) * 1e-15 * double(latencyPs) * 1e-12;
}

double Totals::averagePowerMw() const {
  // fJ / ps = mW.
  return latencyPs ? double(energyFj) / double(latencyPs) : 0;
}

namespace {
/// Sums breakdowns component by component, in order of first appearance.
class BreakdownSum {
public:
  void add(const cost::Breakdown &breakdown, int64_t times) {
    for (const cost::Share &share : breakdown) {
      auto [it, isNew] = positions.try_emplace(share.component, sum.size());
      if (isNew)
        sum.push_back({share.component, 0});
      accumulate(sum[it->second].value, share.value, times);
    }
  }
  cost::Breakdown take() { return std::move(sum); }

private:
  llvm::StringMap<size_t> positions;
  cost::Breakdown sum;
};
} // namespace

static double utilization(const Report &report, const Totals &totals) {
  double slots = double(totals.latencyPs) * 1e-3 * report.clockGhz *
                 double(report.computeSites);
  return slots > 0 ? double(totals.macs) / slots : 0;
}

Totals Report::totals(const Model &model) const {
  Totals totals;
  BreakdownSum breakdown;
  for (const Layer &layer : model.layers) {
    accumulate(totals.latencyPs, layer.cost.latencyPs, layer.count);
    accumulate(totals.energyFj, layer.cost.energyFj, layer.count);
    accumulate(totals.macs, layer.cost.macs, layer.count);
    breakdown.add(layer.cost.energyBreakdownFj, layer.count);
  }
  totals.energyBreakdownFj = breakdown.take();
  totals.utilization = utilization(*this, totals);
  return totals;
}

Totals Report::totals() const {
  if (models.size() == 1)
    return totals(models.front());
  // Several networks: inferences of each in proportion to the weights. Weights
  // need not be whole, so every figure is rounded once here.
  Totals sum;
  BreakdownSum breakdown;
  for (const Model &model : models) {
    Totals one = totals(model);
    auto weighted = [&](int64_t value) {
      return static_cast<int64_t>(std::llround(double(value) * model.weight));
    };
    sum.latencyPs += weighted(one.latencyPs);
    sum.macs += weighted(one.macs);
    for (cost::Share &share : one.energyBreakdownFj)
      share.value = weighted(share.value);
    breakdown.add(one.energyBreakdownFj, 1);
  }
  sum.energyBreakdownFj = breakdown.take();
  for (const cost::Share &share : sum.energyBreakdownFj)
    sum.energyFj += share.value;
  sum.utilization = utilization(*this, sum);
  return sum;
}

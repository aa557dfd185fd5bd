//===- NetworkEvaluator.cpp - A whole network on one design -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/NetworkEvaluator.h"
#include "Fingerprint.h"
#include "ohas/CostModel/Feasibility.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Search/Residency.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas;

NetworkEvaluator::NetworkEvaluator(const cost::AcceleratorSpec &spec,
                                   NetworkWork work, MapperOptions mapper,
                                   std::vector<Constraint> constraints)
    : spec(spec), work(std::move(work)), options(mapper),
      constraints(std::move(constraints)) {}

/// Everything that can be said before mapping. True if the design may pass.
bool NetworkEvaluator::screen(NetworkDesign &design,
                              const cost::DesignPoint &point,
                              IfInfeasible ifInfeasible) const {
  std::vector<Rejection> &rejections = design.outcome.rejections;
  llvm::Expected<cost::Accelerator> accelerator =
      cost::instantiate(spec, point);
  if (!accelerator) {
    rejections.push_back(
        {"description", llvm::toString(accelerator.takeError())});
    return false;
  }
  design.accelerator = std::move(*accelerator);
  if (ifInfeasible == IfInfeasible::Reject)
    for (cost::Infeasibility &reason :
         cost::infeasibilities(design.accelerator))
      rejections.push_back({std::move(reason.kind), std::move(reason.message)});
  cost::Footprint footprint = cost::footprint(design.accelerator);
  Totals &totals = design.outcome.totals;
  totals.areaUm2 = footprint.areaUm2;
  totals.peakPowerUw = footprint.peakPowerUw;
  for (const Constraint &constraint : constraints)
    if (constraint.isStatic())
      if (auto rejection =
              constraint.check(totals, design.accelerator.laserDbm(), point))
        rejections.push_back(std::move(*rejection));
  return rejections.empty();
}

NetworkEvaluator::MappedRef
NetworkEvaluator::map(const NetworkWork::Layer &layer,
                      const cost::Accelerator &accelerator,
                      llvm::StringRef fingerprintOfAccelerator) {
  std::string key =
      fingerprint(layer.workload) + fingerprintOfAccelerator.str();
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (auto found = memo.find(key); found != memo.end())
      return found->second;
  }
  // Two threads may map the same layer at once; both find the same.
  Mapped mapped;
  llvm::Expected<MapperResult> result =
      findMapping(layer.workload, accelerator, options);
  if (result)
    mapped.result = std::move(*result);
  else
    mapped.error = llvm::toString(result.takeError());
  auto shared = std::make_shared<const Mapped>(std::move(mapped));
  std::lock_guard<std::mutex> lock(mutex);
  return memo.emplace(std::move(key), std::move(shared)).first->second;
}

void NetworkEvaluator::mapLayers(NetworkDesign &design) {
  std::string accelerator = fingerprint(design.accelerator);
  std::vector<MappedRef> mapped;
  for (const NetworkWork::Layer &layer : work.layers) {
    mapped.push_back(map(layer, design.accelerator, accelerator));
    if (const std::string &error = mapped.back()->error; !error.empty()) {
      design.outcome.rejections.push_back(
          {"mapping", layer.name.empty() ? error : layer.name + ": " + error});
      return;
    }
  }
  Totals &totals = design.outcome.totals;
  for (const NetworkWork::Electronic &item : work.electronic) {
    cost::Cost cost = cost::evaluate(item.work, design.accelerator);
    cost::addAlwaysEnergy(cost, design.accelerator);
    cost::addSaturating(totals.latencyPs, item.count, cost.latencyPs);
    cost::addSaturating(totals.energyFj, item.count, cost.energyFj);
  }
  std::vector<llvm::ArrayRef<MappedPoint>> fronts;
  std::vector<int64_t> counts;
  for (auto [layer, result] : llvm::zip(work.layers, mapped)) {
    fronts.push_back(result->result.front);
    counts.push_back(layer.count);
  }
  std::vector<size_t> chosen =
      chooseFromFronts(fronts, counts, totals, options.objective);
  for (auto [front, point] : llvm::zip(fronts, chosen))
    design.layers.push_back(front[point]);
}

/// Adds up the contractions: those of which something stays on chip one by one,
/// the others layer by layer.
void NetworkEvaluator::addContractions(NetworkDesign &design) const {
  design.residents = chooseResidents(work, design.accelerator, design.layers);
  Totals &totals = design.outcome.totals;
  auto add = [&](int64_t count, int64_t latencyPs, int64_t energyFj) {
    cost::addSaturating(totals.latencyPs, count, latencyPs);
    cost::addSaturating(totals.energyFj, count, energyFj);
  };
  std::vector<int64_t> others;
  for (const NetworkWork::Layer &layer : work.layers)
    others.push_back(layer.count);
  for (auto [step, tensors] : llvm::zip(work.steps, design.residents)) {
    if (tensors.empty())
      continue;
    const cost::Workload &workload = work.layers[*step.layer].workload;
    cost::Mapping mapping = withResidents(design.layers[*step.layer].mapping,
                                          design.accelerator, tensors);
    cost::QuickCost cost =
        cost::evaluateQuick(workload, design.accelerator, mapping,
                            cost::count(workload, design.accelerator, mapping));
    --others[*step.layer];
    add(1, cost.latencyPs, cost.energyFj);
  }
  for (auto [point, count] : llvm::zip(design.layers, others))
    add(count, point.latencyPs, point.energyFj);
}

void NetworkEvaluator::checkMapped(NetworkDesign &design,
                                   const cost::DesignPoint &point) const {
  Outcome &outcome = design.outcome;
  if (outcome.rejections.empty())
    for (const Constraint &constraint : constraints)
      if (!constraint.isStatic())
        if (auto rejection = constraint.check(
                outcome.totals, design.accelerator.laserDbm(), point))
          outcome.rejections.push_back(std::move(*rejection));
  outcome.status =
      outcome.rejections.empty() ? Status::Feasible : Status::Infeasible;
}

NetworkDesign NetworkEvaluator::design(const cost::DesignPoint &point,
                                       IfInfeasible ifInfeasible) {
  NetworkDesign design;
  if (!screen(design, point, ifInfeasible)) {
    design.outcome.status = Status::Pruned;
    return design;
  }
  mapLayers(design);
  if (design.outcome.rejections.empty())
    addContractions(design);
  checkMapped(design, point);
  return design;
}

Outcome NetworkEvaluator::evaluate(const cost::DesignPoint &point) {
  return design(point).outcome;
}

uint64_t NetworkEvaluator::mappingsEvaluated() const {
  std::lock_guard<std::mutex> lock(mutex);
  uint64_t sum = 0;
  for (const auto &[key, mapped] : memo)
    sum += mapped->result.evaluated;
  return sum;
}

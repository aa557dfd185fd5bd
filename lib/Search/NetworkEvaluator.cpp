//===- NetworkEvaluator.cpp - A whole network on one design -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/NetworkEvaluator.h"
#include "Fingerprint.h"
#include "ohas/CostModel/Feasibility.h"
#include "ohas/CostModel/Overlap.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Search/Residency.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

using namespace ohas::search;
using namespace ohas;

NetworkEvaluator::NetworkEvaluator(const cost::AcceleratorSpec &spec,
                                   NetworkWork work, MapperOptions mapper,
                                   std::vector<Constraint> constraints,
                                   std::shared_ptr<MapperMemo> known)
    : spec(spec), work(std::move(work)), options(mapper),
      constraints(std::move(constraints)),
      mappings(known ? std::move(known)
                     : std::make_shared<MapperMemo>(mapper)) {}

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

template <typename Sum, typename Figures>
static void add(Sum &sum, int64_t count, const Figures &figures) {
  cost::addSaturating(sum.latencyPs, count, figures.latencyPs);
  cost::addSaturating(sum.energyFj, count, figures.energyFj);
}

/// What every mapping of every layer costs in the network, with what follows
/// from it: electronic work is hidden behind a slow mapping, and shows after a
/// fast one. What depends on no mapping is added to `fixed`.
static std::vector<std::vector<LayerChoice>>
listChoices(const NetworkWork &work, const cost::Accelerator &accelerator,
            llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> fronts, Totals &fixed) {
  std::vector<std::vector<LayerChoice>> choices(fronts.size());
  for (auto [front, list] : llvm::zip(fronts, choices)) {
    list.resize(front.size());
    for (size_t point = 0; point < list.size(); ++point)
      list[point].point = point;
  }
  bool hides = accelerator.vectorUnit && accelerator.vectorUnit->overlap > 0;
  llvm::ArrayRef<NetworkWork::Step> steps = work.steps;
  while (!steps.empty()) {
    const NetworkWork::Step &first = steps.front();
    auto follows = [&](const NetworkWork::Step &step) {
      return step.isNext && !step.layer && hides;
    };
    llvm::ArrayRef<NetworkWork::Step> followers =
        steps.drop_front().take_while(follows);
    steps = steps.drop_front(1 + followers.size());
    auto addFollowers = [&](cost::Overlap overlap, auto &sum) {
      for (const NetworkWork::Step &step : followers)
        if (step.electronic)
          add(sum, step.count, overlap.addQuick(*step.electronic));
    };
    cost::Overlap overlap(accelerator);
    if (!first.layer) {
      if (first.electronic)
        add(fixed, first.count, overlap.addQuick(*first.electronic));
      addFollowers(overlap, fixed);
      continue;
    }
    for (LayerChoice &choice : choices[*first.layer]) {
      const MappedPoint &point = fronts[*first.layer][choice.point];
      add(choice, first.count, point);
      overlap.addContraction(point.latencyPs);
      addFollowers(overlap, choice);
    }
  }
  return choices;
}

std::shared_ptr<const MapperMemo::Mapped>
NetworkEvaluator::map(size_t layer, NetworkDesign &design,
                      const std::string &accelerator) {
  const cost::Workload &workload = work.layers[layer].workload;
  std::string key = fingerprint(workload) + accelerator;
  auto mapped = mappings->map(workload, design.accelerator, key);
  design.outcome.effort.push_back({llvm::xxh3_64bits(key), mapped->evaluated});
  return mapped;
}

void NetworkEvaluator::mapLayers(NetworkDesign &design) {
  std::string accelerator = fingerprint(design.accelerator);
  std::vector<std::shared_ptr<const MapperMemo::Mapped>> mapped;
  std::vector<llvm::ArrayRef<MappedPoint>> fronts;
  design.outcome.effort.clear();
  for (auto [number, layer] : llvm::enumerate(work.layers)) {
    mapped.push_back(map(number, design, accelerator));
    if (const std::string &error = mapped.back()->error; !error.empty()) {
      design.outcome.rejections.push_back(
          {"mapping", layer.name.empty() ? error : layer.name + ": " + error});
      return;
    }
    fronts.push_back(mapped.back()->front);
  }
  assemble(design, fronts);
  if (options.proveNetwork)
    prove(design, fronts);
}

/// Of each front one mapping, and what stays on chip between them.
void NetworkEvaluator::assemble(
    NetworkDesign &design,
    llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> fronts) const {
  Totals fixed;
  auto choices = listChoices(work, design.accelerator, fronts, fixed);
  std::vector<size_t> chosen =
      chooseFromFronts(std::move(choices), fixed, options.objective);
  design.layers.clear();
  for (auto [front, point] : llvm::zip(fronts, chosen))
    design.layers.push_back(front[point]);
  addSteps(design);
}

/// Adds up the operations one by one, with what stays on chip between them.
void NetworkEvaluator::addSteps(NetworkDesign &design) const {
  design.residents = chooseResidents(work, design.accelerator, design.layers,
                                     options.objective);
  Totals &totals = design.outcome.totals;
  totals.latencyPs = totals.energyFj = 0;
  cost::Overlap overlap(design.accelerator);
  for (auto [step, tensors] : llvm::zip(work.steps, design.residents)) {
    if (!step.isNext)
      overlap.interrupt();
    if (step.electronic)
      add(totals, step.count, overlap.addQuick(*step.electronic));
    if (!step.layer)
      continue;
    const MappedPoint &mapped = design.layers[*step.layer];
    cost::QuickCost cost{mapped.latencyPs, mapped.energyFj};
    if (!tensors.empty()) {
      const cost::Workload &workload = work.layers[*step.layer].workload;
      cost::Mapping mapping =
          withResidents(mapped.mapping, design.accelerator, tensors);
      cost = cost::evaluateQuick(
          workload, design.accelerator, mapping,
          cost::countForCost(workload, design.accelerator, mapping));
    }
    add(totals, step.count, cost);
    overlap.addContraction(cost.latencyPs);
  }
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
                                       IfInfeasible ifInfeasible,
                                       IsHopeless isHopeless) {
  NetworkDesign design;
  if (!screen(design, point, ifInfeasible)) {
    design.outcome.status = Status::Pruned;
    return design;
  }
  if (isHopeless && isGivenUp(design, isHopeless)) {
    design.outcome.status = Status::Beaten;
    return design;
  }
  mapLayers(design);
  checkMapped(design, point);
  return design;
}

Outcome NetworkEvaluator::evaluate(const cost::DesignPoint &point) {
  return design(point).outcome;
}

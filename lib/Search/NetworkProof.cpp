//===- NetworkProof.cpp - How good a network's mappings can be --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkProof.h"
#include "ExactMapper.h"
#include "MappingScore.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace ohas::search;
using namespace ohas;

static constexpr double psPerNs = 1000;
/// Figures are rounded component by component, to 1 fJ and 1 ps, and summed in
/// another order.
static constexpr double roundingFj = 64, roundingNs = 1 / psPerNs, noise = 1e-9;

static Sums toSums(const cost::QuickCost &cost) {
  return {double(cost.energyFj), double(cost.latencyPs) / psPerNs};
}

NetworkProof::NetworkProof(const NetworkWork &work,
                           const cost::Accelerator &accelerator,
                           const MapperOptions &options, NetworkFloor floor)
    : work(work), accelerator(accelerator), options(options),
      floor(std::move(floor)), bounds(toSums(this->floor.sum())) {}

double NetworkProof::leastValue() const {
  // Each objective is a product of powers.
  Goal goal = options.objective.ofMappings();
  return bounds.leastValue(goal) * objectiveOf(goal.first, 1, psPerNs);
}

/// From the mappings that are known.
NetworkProof::LayerBest NetworkProof::map(size_t layer, cost::TensorSet staying,
                                          const Weighting &weighting,
                                          std::vector<MappedPoint> &front) {
  const cost::Workload &workload = work.layers[layer].workload;
  MappingProblem problem(workload, accelerator, staying);
  Incumbent incumbent(problem, weighting);
  for (const MappedPoint &point : front)
    incumbent.offer(point.mapping);
  Sums least = toSums(floor.floor(layer, staying));
  LayerBest best;
  best.least = weighting.of(least.energyFj, least.latencyNs);
  if (options.proofBudget) {
    SearchStatistics statistics;
    statistics.limit = double(options.proofBudget);
    mapExactly(problem, options.factors, incumbent, statistics);
    double found = incumbent.hasMapping()
                       ? incumbent.objectiveValue()
                       : std::numeric_limits<double>::infinity();
    best.least = std::max(best.least,
                          std::min(found, statistics.leastOpen) * (1 - noise) -
                              weighting.of(roundingFj, roundingNs));
  }
  if (!incumbent.hasMapping())
    return best;
  best.reached = {incumbent.cost().energyFj, incumbent.cost().latencyNs};
  cost::QuickCost cost = cost::evaluateQuick(
      workload, accelerator, incumbent.mapping(),
      cost::countForCost(workload, accelerator, incumbent.mapping()));
  best.point = {incumbent.mapping(), cost.latencyPs, cost.energyFj};
  addToFront(front, best.point);
  return best;
}

bool NetworkProof::improve(Fronts &fronts, std::vector<MappedPoint> &together) {
  std::optional<Weighting> weighting = bounds.next(options.objective);
  if (!weighting)
    return false;
  std::map<std::pair<size_t, uint32_t>, LayerBest> known;
  Sums reached = toSums(floor.electronic());
  double least = weighting->of(reached.energyFj, reached.latencyNs);
  bool isReached = true;
  for (const NetworkWork::Step &step : work.steps) {
    if (!step.layer)
      continue;
    auto byFloor = [&](cost::TensorSet staying) {
      Sums sums = toSums(floor.floor(*step.layer, staying));
      return weighting->of(sums.energyFj, sums.latencyNs);
    };
    llvm::SmallVector<cost::TensorSet, 8> sets = floor.stayingSets(step);
    llvm::stable_sort(sets, [&](cost::TensorSet a, cost::TensorSet b) {
      return byFloor(a) < byFloor(b);
    });
    std::optional<LayerBest> best;
    for (cost::TensorSet staying : sets) {
      if (best && best->least <= byFloor(staying))
        break;
      auto [place, isNew] = known.try_emplace({*step.layer, staying.mask()});
      if (isNew)
        place->second =
            map(*step.layer, staying, *weighting, fronts[*step.layer]);
      if (!best || place->second.least < best->least)
        best = place->second;
    }
    least += double(step.count) * best->least;
    isReached &= best->reached.has_value();
    if (best->reached) {
      together[*step.layer] = best->point;
      reached.energyFj += double(step.count) * best->reached->energyFj;
      reached.latencyNs += double(step.count) * best->reached->latencyNs;
    }
  }
  bounds.add(*weighting, least,
             isReached ? std::optional(reached) : std::nullopt);
  return true;
}

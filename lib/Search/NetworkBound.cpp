//===- NetworkBound.cpp - What a network costs at least ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fingerprint.h"
#include "LayerFloor.h"
#include "ohas/CostModel/Overlap.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Search/NetworkEvaluator.h"
#include "ohas/Search/Residency.h"

using namespace ohas::search;
using namespace ohas;

/// Trips depend on the fan-outs alone, which many designs have in common.
double NetworkEvaluator::leastTrips(const MappingProblem &problem,
                                    llvm::ArrayRef<TripTerm> terms,
                                    std::string key) {
  // One term is as good as its multiple.
  double weight = terms.size() == 1 ? terms.front().weight : 1;
  if (weight == 0)
    return 0;
  llvm::SmallVector<TripTerm, 4> scaled(terms);
  auto append = [&](auto number) {
    key.append(reinterpret_cast<const char *>(&number), sizeof(number));
  };
  for (TripTerm &term : scaled) {
    term.weight /= weight;
    append(term.dims.mask());
    append(term.fanouts);
    append(term.weight);
  }
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (auto found = trips.find(key); found != trips.end())
      return found->second * weight;
  }
  double least = search::leastTrips(problem, scaled);
  std::lock_guard<std::mutex> lock(mutex);
  return trips.emplace(std::move(key), least).first->second * weight;
}

namespace {
/// Floors of the layers, by what of them stays on chip.
class Floors {
public:
  using Trips = std::function<double(const MappingProblem &, size_t layer,
                                     llvm::ArrayRef<TripTerm>)>;

  Floors(const NetworkWork &work, const cost::Accelerator &accelerator,
         Trips trips)
      : work(work), accelerator(accelerator), trips(std::move(trips)),
        known(work.layers.size()) {
    if (std::optional<unsigned> number = residentLevel(accelerator))
      level = &accelerator.levels[*number];
  }

  /// The least whatever of the step's tensors stays, of those that fit at all
  /// and of pairs that fit together.
  cost::QuickCost least(const NetworkWork::Step &step);

private:
  bool mayStay(const NetworkWork::Step &step, cost::TensorSet tensors) const;
  const cost::QuickCost &floor(size_t layer, cost::TensorSet staying);

  const NetworkWork &work;
  const cost::Accelerator &accelerator;
  const cost::Level *level = nullptr; ///< resident memory
  Trips trips;
  std::vector<std::array<std::optional<cost::QuickCost>, 8>> known;
};
} // namespace

/// Rounded components are lower by less than one each.
static cost::QuickCost roundDown(const LayerFloor &floor) {
  constexpr double slack = 1 - 1e-9, most = 9e18;
  auto down = [&](double value, double components) {
    return int64_t(std::clamp(value * slack - components, 0.0, most));
  };
  return {down(floor.latencyNs * 1000, 1), down(floor.energyFj, 64)};
}

void NetworkEvaluator::checkBound(Outcome &bound,
                                  const cost::DesignPoint &point) const {
  for (const Constraint &constraint : constraints)
    if (auto rejection = constraint.checkBound(bound.totals, point))
      bound.rejections.push_back(std::move(*rejection));
  bound.status = bound.rejections.empty() ? Status::Open : Status::Pruned;
}

const cost::QuickCost &Floors::floor(size_t layer, cost::TensorSet staying) {
  std::optional<cost::QuickCost> &floor = known[layer][staying.mask()];
  if (!floor) {
    MappingProblem problem(work.layers[layer].workload, accelerator);
    auto least = [&](llvm::ArrayRef<TripTerm> terms) {
      return trips(problem, layer, terms);
    };
    floor = roundDown(layerFloor(problem, least, staying));
  }
  return *floor;
}

bool Floors::mayStay(const NetworkWork::Step &step,
                     cost::TensorSet tensors) const {
  double bits = 0;
  for (cost::Tensor tensor : cost::allTensors) {
    if (!tensors.contains(tensor))
      continue;
    const std::optional<size_t> &activation = step.activations[index(tensor)];
    if (!level || !activation)
      return false;
    const NetworkWork::Activation &one = work.activations[*activation];
    if (one.isWeight && !level->weightsResident)
      return false;
    // As chooseResidents has it.
    const cost::Workload &workload = work.layers[*step.layer].workload;
    bits += double(std::max(one.elements, workload.elements(tensor))) *
            operandBits(workload, accelerator, tensor);
  }
  return !level || !level->capacityBits || bits <= double(*level->capacityBits);
}

cost::QuickCost Floors::least(const NetworkWork::Step &step) {
  cost::QuickCost least = floor(*step.layer, {});
  for (uint32_t mask = 1; level && mask < 1u << cost::numTensors; ++mask) {
    cost::TensorSet staying;
    for (cost::Tensor tensor : cost::allTensors)
      if (mask >> index(tensor) & 1)
        staying.insert(tensor);
    if (!mayStay(step, staying))
      continue;
    const cost::QuickCost &one = floor(*step.layer, staying);
    least.energyFj = std::min(least.energyFj, one.energyFj);
    least.latencyPs = std::min(least.latencyPs, one.latencyPs);
  }
  return least;
}

Outcome NetworkEvaluator::bound(const cost::DesignPoint &point) {
  NetworkDesign design;
  Outcome &outcome = design.outcome;
  if (!screen(design, point, IfInfeasible::Reject)) {
    outcome.status = Status::Pruned;
    return std::move(outcome);
  }
  const cost::Accelerator &accelerator = design.accelerator;
  std::string fanouts = fanoutFingerprint(accelerator);
  Floors floors(work, accelerator,
                [&](const MappingProblem &problem, size_t layer,
                    llvm::ArrayRef<TripTerm> terms) {
                  return leastTrips(problem, terms,
                                    fanouts + std::to_string(layer));
                });
  auto add = [&](int64_t count, const cost::QuickCost &cost) {
    cost::addSaturating(outcome.totals.latencyPs, count, cost.latencyPs);
    cost::addSaturating(outcome.totals.energyFj, count, cost.energyFj);
  };
  cost::Overlap overlap(accelerator);
  for (const NetworkWork::Step &step : work.steps) {
    if (!step.isNext)
      overlap.interrupt();
    if (step.electronic)
      add(step.count, overlap.addQuick(*step.electronic));
    if (!step.layer)
      continue;
    add(step.count, floors.least(step));
    // A slow mapping hides all that may be hidden.
    overlap.addContraction(std::numeric_limits<int64_t>::max() / 4);
  }
  checkBound(outcome, point);
  return std::move(outcome);
}

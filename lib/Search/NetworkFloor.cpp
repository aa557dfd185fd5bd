//===- NetworkFloor.cpp - What a network costs at least ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkFloor.h"
#include "CostBound.h"
#include "ohas/CostModel/Overlap.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Search/Residency.h"
#include "llvm/ADT/STLExtras.h"
#include <numeric>

using namespace ohas::search;
using namespace ohas;

NetworkFloor::NetworkFloor(const NetworkWork &work,
                           const cost::Accelerator &accelerator, Trips trips)
    : work(work), accelerator(accelerator), trips(std::move(trips)),
      fronts(work.layers.size()), floors(work.layers.size()) {
  if (std::optional<unsigned> number = residentLevel(accelerator))
    level = &accelerator.levels[*number];
}

void NetworkFloor::know(size_t layer, llvm::ArrayRef<MappedPoint> front) {
  fronts[layer] = front;
  floors[layer] = {};
}

static void takeLess(cost::QuickCost &least, const cost::QuickCost &other) {
  least.latencyPs = std::min(least.latencyPs, other.latencyPs);
  least.energyFj = std::min(least.energyFj, other.energyFj);
}

cost::QuickCost NetworkFloor::compute(size_t layer,
                                      cost::TensorSet staying) const {
  const cost::Workload &workload = work.layers[layer].workload;
  if (fronts[layer].empty()) {
    MappingProblem problem(workload, accelerator);
    LayerFloor floor = layerFloor(
        problem,
        [&](llvm::ArrayRef<TripTerm> terms) {
          return trips(problem, layer, terms);
        },
        staying);
    return roundDown(floor.latencyNs * 1000, floor.energyFj);
  }
  cost::QuickCost least{std::numeric_limits<int64_t>::max(),
                        std::numeric_limits<int64_t>::max()};
  for (const MappedPoint &point : fronts[layer]) {
    if (staying.empty()) {
      takeLess(least, {point.latencyPs, point.energyFj});
      continue;
    }
    cost::Mapping mapping = withResidents(point.mapping, accelerator, staying);
    takeLess(least,
             cost::evaluateQuick(workload, accelerator, mapping,
                                 cost::count(workload, accelerator, mapping)));
  }
  return least;
}

const cost::QuickCost &NetworkFloor::floor(size_t layer,
                                           cost::TensorSet staying) {
  std::optional<cost::QuickCost> &floor = floors[layer][staying.mask()];
  if (!floor)
    floor = compute(layer, staying);
  return *floor;
}

/// Each fits alone, and all fit together.
bool NetworkFloor::mayStay(const NetworkWork::Step &step,
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

llvm::SmallVector<cost::TensorSet, 8>
NetworkFloor::stayingSets(const NetworkWork::Step &step) const {
  llvm::SmallVector<cost::TensorSet, 8> sets(1);
  for (uint32_t mask = 1; level && mask < 1u << cost::numTensors; ++mask) {
    cost::TensorSet staying;
    for (cost::Tensor tensor : cost::allTensors)
      if (mask >> index(tensor) & 1)
        staying.insert(tensor);
    if (mayStay(step, staying))
      sets.push_back(staying);
  }
  return sets;
}

/// Whatever of the step's tensors stays.
cost::QuickCost NetworkFloor::least(const NetworkWork::Step &step) {
  cost::QuickCost least = floor(*step.layer, {});
  for (cost::TensorSet staying : stayingSets(step))
    takeLess(least, floor(*step.layer, staying));
  return least;
}

static void add(cost::QuickCost &sum, int64_t count,
                const cost::QuickCost &cost) {
  cost::addSaturating(sum.latencyPs, count, cost.latencyPs);
  cost::addSaturating(sum.energyFj, count, cost.energyFj);
}

cost::QuickCost NetworkFloor::electronic() const {
  cost::QuickCost sum;
  cost::Overlap overlap(accelerator);
  for (const NetworkWork::Step &step : work.steps) {
    if (!step.isNext)
      overlap.interrupt();
    if (step.electronic)
      add(sum, step.count, overlap.addQuick(*step.electronic));
    // A slow mapping hides all that may be hidden.
    if (step.layer)
      overlap.addContraction(std::numeric_limits<int64_t>::max() / 4);
  }
  return sum;
}

cost::QuickCost NetworkFloor::sum() {
  cost::QuickCost sum = electronic();
  for (const NetworkWork::Step &step : work.steps)
    if (step.layer)
      add(sum, step.count, least(step));
  return sum;
}

std::vector<size_t> NetworkFloor::layersByWeight() {
  std::vector<double> weights(work.layers.size(), 0);
  for (const NetworkWork::Step &step : work.steps)
    if (step.layer)
      weights[*step.layer] += double(step.count) * double(least(step).energyFj);
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::stable_sort(
      order, [&](size_t a, size_t b) { return weights[a] > weights[b]; });
  return order;
}

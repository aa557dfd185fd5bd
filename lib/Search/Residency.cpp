//===- Residency.cpp - Activations that stay on chip ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Residency.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/CostModel/Validity.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace ohas::search;
using namespace ohas::cost;

std::optional<unsigned>
ohas::search::residentLevel(const Accelerator &accelerator) {
  for (unsigned i = 0; i < accelerator.levels.size(); ++i)
    if (accelerator.levels[i].resident)
      return i;
  return std::nullopt;
}

Mapping ohas::search::withResidents(Mapping mapping,
                                    const Accelerator &accelerator,
                                    TensorSet tensors) {
  if (std::optional<unsigned> level = residentLevel(accelerator)) {
    // Weights may pass the memory by where they do not stay.
    if (tensors.contains(Tensor::Weight))
      mapping.levels[*level].kept.insert(Tensor::Weight);
    mapping.levels[*level].resident = tensors;
  }
  return mapping;
}

namespace {
class Chooser {
public:
  Chooser(const NetworkWork &work, const Accelerator &accelerator,
          llvm::ArrayRef<MappedPoint> layers, const Goal &goal, unsigned level);

  std::vector<TensorSet> run();

private:
  /// A contraction of an activation: its step and the role in it.
  struct Use {
    size_t step;
    Tensor tensor;
  };

  const Workload &workload(size_t step) const {
    return work.layers[*work.steps[step].layer].workload;
  }
  const Mapping &mapping(size_t step) const {
    return layers[*work.steps[step].layer].mapping;
  }
  int64_t tileBits(size_t step, Tensor tensor, unsigned width) const;
  int64_t tileBits(size_t step, Tensor tensor) const;
  int64_t freedBits(size_t step, Tensor tensor) const;
  std::optional<double> saving(const Use &use);
  bool fits(size_t activation) const;
  void keep(size_t activation);

  const NetworkWork &work;
  const Accelerator &accelerator;
  llvm::ArrayRef<MappedPoint> layers;
  bool mayTakeTime; ///< as energy comes first
  unsigned level;
  std::vector<std::vector<Use>> uses; ///< by activation
  std::vector<int64_t> bits;          ///< by activation
  std::vector<int64_t> used;          ///< by step: bits of the resident memory
  std::vector<TensorSet> residents;   ///< by step
  /// By layer and role: the energy that is saved; absent if it may not stay.
  std::vector<std::array<std::optional<std::optional<double>>, numTensors>>
      savings;
};
} // namespace

Chooser::Chooser(const NetworkWork &work, const Accelerator &accelerator,
                 llvm::ArrayRef<MappedPoint> layers, const Goal &goal,
                 unsigned level)
    : work(work), accelerator(accelerator), layers(layers),
      mayTakeTime(goal.ofMappings().first == Objective::Energy), level(level),
      uses(work.activations.size()), bits(work.activations.size()),
      used(work.steps.size()), residents(work.steps.size()),
      savings(work.layers.size()) {
  for (size_t step = 0; step < work.steps.size(); ++step) {
    if (!work.steps[step].layer)
      continue;
    for (Tensor tensor : allTensors) {
      used[step] = saturatingAdd(used[step], tileBits(step, tensor));
      auto activation = work.steps[step].activations[index(tensor)];
      if (!activation)
        continue;
      uses[*activation].push_back({step, tensor});
      // An activation is as wide as its widest use, and as large: the check of
      // a mapping counts the padding of a convolution.
      int64_t width = operandBits(workload(step), accelerator, tensor);
      int64_t elements = std::max(work.activations[*activation].elements,
                                  workload(step).elements(tensor));
      bits[*activation] =
          std::max(bits[*activation], saturatingMul(width, elements));
    }
  }
}

int64_t Chooser::tileBits(size_t step, Tensor tensor, unsigned width) const {
  if (!mapping(step).levels[level].kept.contains(tensor))
    return 0;
  int64_t tile = saturatingMul(
      tileElements(workload(step), mapping(step), level, tensor), width);
  return accelerator.levels[level].doubleBuffered ? saturatingMul(tile, 2)
                                                  : tile;
}

/// What a tile takes while nothing stays.
int64_t Chooser::tileBits(size_t step, Tensor tensor) const {
  return tileBits(
      step, tensor,
      storedBits(workload(step), accelerator, mapping(step), level, tensor));
}

/// What a tile no longer takes, because all of the tensor is there: a place as
/// wide as complete elements.
int64_t Chooser::freedBits(size_t step, Tensor tensor) const {
  return tileBits(step, tensor,
                  std::min(storedBits(workload(step), accelerator,
                                      mapping(step), level, tensor),
                           operandBits(workload(step), accelerator, tensor)));
}

/// fJ that staying saves at this use; none if it cannot.
std::optional<double> Chooser::saving(const Use &use) {
  size_t layer = *work.steps[use.step].layer;
  auto &known = savings[layer][index(use.tensor)];
  if (known)
    return *known;
  Mapping stays =
      withResidents(mapping(use.step), accelerator, TensorSet{use.tensor});
  const Workload &work = workload(use.step);
  if (findViolation(work, accelerator, stays)) {
    known.emplace(std::nullopt);
  } else {
    QuickCost cost = evaluateQuick(work, accelerator, stays,
                                   countForCost(work, accelerator, stays));
    // What stays may wait for this memory, where it did not before.
    if (cost.latencyPs > layers[layer].latencyPs && !mayTakeTime)
      known.emplace(std::nullopt);
    else
      known.emplace(double(layers[layer].energyFj) - double(cost.energyFj));
  }
  return *known;
}

bool Chooser::fits(size_t activation) const {
  const NetworkWork::Activation &range = work.activations[activation];
  std::optional<int64_t> capacity = accelerator.levels[level].capacityBits;
  if (!capacity)
    return true;
  for (size_t step = range.first; step <= range.last; ++step) {
    int64_t needed = saturatingAdd(used[step], bits[activation]);
    for (const Use &use : uses[activation])
      if (use.step == step)
        needed -= freedBits(step, use.tensor);
    if (needed > *capacity)
      return false;
  }
  return true;
}

void Chooser::keep(size_t activation) {
  const NetworkWork::Activation &range = work.activations[activation];
  for (size_t step = range.first; step <= range.last; ++step)
    used[step] = saturatingAdd(used[step], bits[activation]);
  for (const Use &use : uses[activation]) {
    used[use.step] -= freedBits(use.step, use.tensor);
    residents[use.step].insert(use.tensor);
  }
}

std::vector<TensorSet> Chooser::run() {
  struct Candidate {
    double worth; ///< fJ a bit and step
    size_t activation;
  };
  std::vector<Candidate> candidates;
  for (size_t i = 0; i < uses.size(); ++i) {
    double saved = 0;
    bool canStay =
        !uses[i].empty() && (!work.activations[i].isWeight ||
                             accelerator.levels[level].weightsResident);
    for (const Use &use : uses[i]) {
      std::optional<double> atUse = saving(use);
      canStay &= atUse.has_value();
      saved += atUse.value_or(0) * double(work.steps[use.step].count);
    }
    const NetworkWork::Activation &range = work.activations[i];
    double place = double(bits[i]) * double(range.last - range.first + 1);
    if (canStay && saved > 0 && place > 0)
      candidates.push_back({saved / place, i});
  }
  llvm::sort(candidates, [](const Candidate &a, const Candidate &b) {
    return std::tie(b.worth, a.activation) < std::tie(a.worth, b.activation);
  });
  for (const Candidate &candidate : candidates)
    if (fits(candidate.activation))
      keep(candidate.activation);
  return std::move(residents);
}

std::vector<TensorSet> ohas::search::chooseResidents(
    const NetworkWork &work, const Accelerator &accelerator,
    llvm::ArrayRef<MappedPoint> layers, const Goal &goal) {
  if (std::optional<unsigned> level = residentLevel(accelerator))
    return Chooser(work, accelerator, layers, goal, *level).run();
  return std::vector<TensorSet>(work.steps.size());
}

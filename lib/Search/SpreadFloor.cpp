//===- SpreadFloor.cpp - What a spread costs at least -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SpreadFloor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

SpreadFloor::SpreadFloor(const MappingProblem &problem,
                         llvm::ArrayRef<KeptSets> sets, Factors factors)
    : problem(problem), factors(factors) {
  const Accelerator &accelerator = problem.accelerator;
  for (const KeptSets &set : sets) {
    Kept &kept = keptSets.emplace_back();
    Crossings list = listCrossings(
        problem, set, [](const Flow &flow) { return !flow.toCompute; });
    kept.laneCount = list.lanes.size();
    for (const Crossing &crossing : list.crossings)
      kept.uses.push_back(
          {shapeOf(crossing), crossing.energyFj, crossing.lanes});
    for (size_t i = 0; i < list.programming.size(); ++i) {
      const Programming &programming = list.programming[i];
      const Level &level = accelerator.levels[programming.memory];
      Programmed programmed = {level.writeLatencyNs,
                               level.writeElementsPerNs.value_or(0),
                               programming.memory,
                               0,
                               0,
                               list.programmingLanes[i]};
      bool windows = programming.tensor == Tensor::Input;
      DimSet changing =
          problem.changingDims(programming.tensor, programming.memory);
      for (unsigned d = 0; d < problem.dims.size(); ++d) {
        Dim dim = problem.dims[d];
        if (windows || problem.irrelevant(programming.tensor).contains(dim))
          continue;
        programmed.relevant |= 1u << d;
        if (changing.contains(dim))
          programmed.elsewhere |= 1u << d;
      }
      kept.programmed.push_back(programmed);
    }
    for (const Completion &completion : list.completions) {
      kept.energyFj += std::min(completion.energyFj, 0.0);
      for (auto [lane, ns] : completion.lanes)
        kept.lanes.push_back({lane, std::min(ns, 0.0)});
    }
  }
  stepNs = 1 / accelerator.levels.back().clockGhz;
  alwaysUw = accelerator.alwaysUw();
  for (auto [i, level] : llvm::enumerate(accelerator.levels))
    if (level.duty == Duty::PerStep && level.staticUw > 0)
      perStepFj.push_back({i, level.staticUw * level.count * stepNs});
  const Level &compute = accelerator.levels.back();
  computeFj = double(problem.workload.macs()) *
              (compute.energyFj + compute.perCountFj());
  leastFj = leastEnergyFj({}, problem.fanouts.size());
}

unsigned SpreadFloor::shapeOf(const Crossing &crossing) {
  const Flow &flow = crossing.flow;
  bool everyStep = flow.toCompute && !crossing.hold;
  for (auto [i, shape] : llvm::enumerate(shapes))
    if (shape.flow.tensor == flow.tensor && shape.flow.child == flow.child &&
        shape.place == crossing.place && shape.everyStep == everyStep)
      return i;
  const Workload &workload = problem.workload;
  Shape shape = {flow, crossing.place, everyStep, false, 1, 1, {}, {}, {}, 1};
  bool windowed =
      flow.tensor == (workload.transposed ? Tensor::Output : Tensor::Input);
  DimSet windows;
  if (windowed)
    for (unsigned pair = 0; pair < 3; ++pair) {
      auto [position, kernel] = windowPairs[pair];
      if (!workload.windowsOverlap(pair))
        continue;
      shape.axes.push_back(pair);
      windows.insert(position);
      windows.insert(kernel);
    }
  shape.weak = !shape.axes.empty() && (workload.transposed || crossing.hold);
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    if (problem.irrelevant(flow.tensor).contains(dim))
      shape.repeats.push_back(d);
    else if (!windows.contains(dim))
      shape.elements *= double(workload.size(dim));
  }
  for (auto [f, fanout] : llvm::enumerate(problem.fanouts)) {
    if (fanout < crossing.place || fanout >= flow.child)
      continue;
    const Level &level = problem.accelerator.levels[fanout];
    FanoutMode mode = level.mode(flow.tensor);
    if (mode == FanoutMode::Private)
      continue;
    uint16_t dims = 0;
    for (auto [d, dim] : llvm::enumerate(problem.dims))
      if (mode != FanoutMode::Broadcast || windows.contains(dim) ||
          problem.irrelevant(flow.tensor).contains(dim))
        dims |= 1u << d;
    shape.sharing.push_back({f, dims});
  }
  // Where one fan-out shares what windows have in common, all inside may.
  for (auto [f, fanout] : llvm::enumerate(problem.fanouts))
    if (!windows.empty() && !shape.sharing.empty() &&
        f > shape.sharing.front().first && fanout < flow.child) {
      uint16_t dims = 0;
      for (auto [d, dim] : llvm::enumerate(problem.dims))
        if (windows.contains(dim))
          dims |= 1u << d;
      bool known = false;
      for (auto &[other, mask] : shape.sharing)
        if (other == f) {
          mask |= dims;
          known = true;
        }
      if (!known)
        shape.sharing.push_back({unsigned(f), dims});
    }
  shape.once = shape.elements;
  for (unsigned pair : shape.axes)
    shape.once *= windowElements(pair, workload.size(windowPairs[pair].first),
                                 workload.size(windowPairs[pair].second));
  shapes.push_back(std::move(shape));
  return shapes.size() - 1;
}

double SpreadFloor::spreadBelow(const Spread &spread, unsigned level,
                                unsigned d) const {
  double product = 1;
  for (auto [f, fanout] : llvm::enumerate(problem.fanouts))
    if (fanout >= level)
      product *= double(spread[f][index(problem.dims[d])]);
  return product;
}

/// Of the first copy, which has the most work.
double SpreadFloor::programmingNs(const Programmed &programmed,
                                  const Spread &spread) const {
  double changes = 1, tile = 1;
  for (unsigned d = 0; d < problem.dims.size(); ++d) {
    double size = double(problem.workload.size(problem.dims[d]));
    if (programmed.elsewhere >> d & 1)
      changes *= std::ceil(size / spreadBelow(spread, 0, d));
    if (programmed.relevant >> d & 1)
      tile *= std::min(size, spreadBelow(spread, programmed.memory, d));
  }
  double each = programmed.latencyNs;
  if (programmed.elementsPerNs > 0)
    each = std::max(each, tile / programmed.elementsPerNs);
  return changes * each;
}

/// Of all positions and kernel indices, where at most so many are together.
double SpreadFloor::windowElements(unsigned pair, int64_t positions,
                                   int64_t indices) const {
  auto [position, kernel] = windowPairs[pair];
  const Workload &workload = problem.workload;
  std::pair<int64_t, int64_t> steps = workload.windowSteps(pair);
  int64_t s = steps.first, d = steps.second;
  int64_t all = workload.size(position), kernels = workload.size(kernel);
  positions = std::min(positions, all);
  indices = std::min(indices, kernels);
  double groups = double(llvm::divideCeilSigned(all, positions));
  auto block = [&](int64_t r) {
    int64_t m = d == 1 && r == kernels ? std::min(s, r) : 1;
    return r ? double(all) * double(m) + groups * double(r - m) : 0;
  };
  return double(kernels / indices) * block(indices) + block(kernels % indices);
}

/// How often an integrator lets go of an element at least.
double SpreadFloor::integrations(const Shape &shape,
                                 const Spread &spread) const {
  const auto &limit =
      problem.accelerator.levels[shape.flow.child].accumulateLimit;
  if (shape.flow.tensor != Tensor::Output || shape.flow.toCompute || !limit)
    return 1;
  double steps = 1;
  for (unsigned d : shape.repeats)
    steps *= std::ceil(double(problem.workload.size(problem.dims[d])) /
                       spreadBelow(spread, 0, d));
  return std::ceil(steps / double(*limit));
}

double SpreadFloor::count(const Shape &shape, const Spread &spread) const {
  const Workload &workload = problem.workload;
  double together[numDims];
  for (unsigned d = 0; d < problem.dims.size(); ++d)
    together[d] = 1;
  for (auto [f, dims] : shape.sharing)
    for (unsigned d = 0; d < problem.dims.size(); ++d)
      if (dims >> d & 1)
        together[d] *= double(spread[f][index(problem.dims[d])]);
  double elements = shape.elements, once = shape.once;
  if (shape.weak) {
    if (!shape.everyStep)
      return once;
    double most = 1;
    for (unsigned d = 0; d < problem.dims.size(); ++d)
      most *= together[d];
    return std::max(once, double(workload.macs()) / most);
  }
  double repeats = 1;
  for (unsigned d : shape.repeats) {
    double size = double(workload.size(problem.dims[d]));
    double inside = together[d];
    if (!shape.everyStep)
      inside *= spreadBelow(spread, shape.flow.child, d) *
                std::ceil(size / spreadBelow(spread, 0, d));
    repeats *= std::ceil(size / inside);
  }
  if (!shape.everyStep)
    return once * std::max(repeats, integrations(shape, spread));
  for (unsigned pair : shape.axes) {
    auto [position, kernel] = windowPairs[pair];
    auto at = [&](Dim dim) { return int64_t(together[problem.number(dim)]); };
    elements *= windowElements(pair, at(position), at(kernel));
  }
  return std::max(elements, once) * repeats;
}

/// However the fan-outs before number `position` spread.
double SpreadFloor::leastEnergyFj(const Spread &begun, size_t position) {
  double macs = double(problem.workload.macs());
  counts.clear();
  for (const Shape &shape : shapes) {
    double most = 1;
    for (auto [f, dims] : shape.sharing) {
      if (f < position) {
        most *= double(problem.accelerator.levels[problem.fanouts[f]].extent);
        continue;
      }
      for (unsigned d = 0; d < problem.dims.size(); ++d)
        if (dims >> d & 1)
          most *= double(begun[f][index(problem.dims[d])]);
    }
    counts.push_back(shape.everyStep ? std::max(shape.once, macs / most)
                                     : shape.once);
  }
  double least = std::numeric_limits<double>::infinity();
  for (const Kept &kept : keptSets) {
    double fj = kept.energyFj;
    for (const Use &use : kept.uses)
      fj += use.energyFj * counts[use.shape];
    least = std::min(least, fj);
  }
  return least + computeFj;
}

GoalValue SpreadFloor::leastValue(const Spread &begun, size_t position,
                                  double steps, const Incumbent &incumbent) {
  if (!incumbent.hasMapping())
    return {};
  double ns = steps * stepNs;
  // Steps alone often settle it.
  GoalValue value = incumbent.valueOf(leastFj + alwaysUw * ns, ns);
  if (!incumbent.canBeatValue(value))
    return value;
  return incumbent.valueOf(leastEnergyFj(begun, position) + alwaysUw * ns, ns);
}

llvm::ArrayRef<GoalValue> SpreadFloor::values(const Spread &spread,
                                              double steps,
                                              const Incumbent &incumbent) {
  counts.clear();
  copies.clear();
  for (const Shape &shape : shapes) {
    counts.push_back(count(shape, spread));
    double above = 1;
    for (auto [f, fanout] : llvm::enumerate(problem.fanouts))
      if (fanout < shape.place)
        for (Dim dim : problem.dims)
          above *= double(spread[f][index(dim)]);
    copies.push_back(above);
  }
  double fixed = computeFj;
  for (auto [level, fj] : perStepFj) {
    double worked = 1;
    for (unsigned d = 0; d < problem.dims.size(); ++d) {
      double size = double(problem.workload.size(problem.dims[d])),
             parts = std::ceil(size / spreadBelow(spread, level, d)),
             trips = std::ceil(size / spreadBelow(spread, 0, d));
      if (factors == Factors::Perfect)
        parts = std::ceil(parts / trips) * trips;
      worked *= parts;
    }
    fixed += fj * worked;
  }
  result.clear();
  for (const Kept &kept : keptSets) {
    double fj = fixed + kept.energyFj, ns = steps * stepNs;
    std::array<double, Crossings::maxLanes> busy = {};
    for (auto [lane, ns] : kept.lanes)
      busy[lane] += ns;
    for (const Use &use : kept.uses) {
      fj += use.energyFj * counts[use.shape];
      for (auto [lane, ns] : use.lanes)
        busy[lane] += ns * counts[use.shape] / copies[use.shape];
    }
    double programmingNs = problem.accelerator.fillNs;
    for (const Programmed &programmed : kept.programmed) {
      double time = this->programmingNs(programmed, spread);
      (programmed.lane < 0 ? programmingNs : busy[programmed.lane]) += time;
    }
    for (unsigned lane = 0; lane < kept.laneCount; ++lane)
      ns = std::max(ns, busy[lane]);
    ns += programmingNs;
    result.push_back(incumbent.valueOf(fj + alwaysUw * ns, ns));
  }
  return result;
}

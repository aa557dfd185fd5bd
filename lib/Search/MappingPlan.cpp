//===- MappingPlan.cpp - A mapping in the form a mapper changes -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingPlan.h"
#include "ohas/Search/Residency.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace ohas::search;
using namespace ohas::cost;

void LevelPlan::putInnermost(DimSet dims) {
  std::stable_partition(order.begin(), order.end(),
                        [&](Dim dim) { return !dims.contains(dim); });
}

Mapping Plan::toMapping() const {
  Mapping mapping;
  mapping.levels.resize(levels.size());
  for (auto [to, from] : llvm::zip(mapping.levels, levels)) {
    to.kept = from.kept;
    for (Dim dim : from.order)
      if (from.bound(dim) > 1)
        to.loops.push_back({dim, from.bound(dim)});
  }
  return mapping;
}

MappingProblem::MappingProblem(const Workload &workload,
                               const Accelerator &accelerator,
                               TensorSet staying)
    : workload(workload), accelerator(accelerator),
      costs(workload, accelerator), stays(staying) {
  if (!stays.empty())
    residentMemory = *residentLevel(accelerator);
  DimSet large;
  for (Dim dim : allDims)
    if (workload.size(dim) > 1) {
      dims.push_back(dim);
      large.insert(dim);
    }
  for (auto [i, level] : llvm::enumerate(accelerator.levels)) {
    DimSet accepted;
    if (level.kind == LevelKind::Memory) {
      memories.push_back(i);
      accepted = level.temporalDims;
    } else if (level.kind == LevelKind::Fanout) {
      fanouts.push_back(i);
      accepted = acceptedDims(workload, level);
    }
    DimSet useful;
    for (Dim dim : dims)
      if (accepted.contains(dim))
        useful.insert(dim);
    accepts.push_back(useful);
  }
  for (Dim dim : dims)
    if (llvm::none_of(memories, [&](unsigned memory) {
          return accepts[memory].contains(dim);
        }))
      spreadDims.insert(dim);
  for (Tensor tensor : allTensors) {
    DimSet relevant = workload.relevantDims(tensor);
    for (Dim dim : dims)
      if (!relevant.contains(dim))
        irrelevantDims[index(tensor)].insert(dim);
  }
  reductionDims = irrelevant(Tensor::Output);
  // Windows of a transposed convolution overlap in its output.
  if (workload.transposed)
    for (auto [position, kernel] : windowPairs)
      if (workload.size(kernel) > 1) {
        reductionDims.insert(position);
        reductionDims.insert(kernel);
      }
}

DimSet MappingProblem::changingDims(Tensor tensor, unsigned memory) const {
  DimSet changing;
  for (Dim dim : dims)
    if (!irrelevant(tensor).contains(dim) &&
        llvm::none_of(memories, [&](unsigned other) {
          return other >= memory && accepted(other).contains(dim);
        }))
      changing.insert(dim);
  return changing;
}

double MappingProblem::leastSteps(const std::array<int64_t, numDims> &trips,
                                  size_t open) const {
  double steps = 1;
  for (Dim dim : dims)
    steps *= double(trips[index(dim)]);
  for (unsigned fanout : llvm::ArrayRef(fanouts).take_front(open)) {
    double useful = 1;
    for (Dim dim : dims)
      if (accepted(fanout).contains(dim))
        useful *= double(trips[index(dim)]);
    steps /= std::min(useful, double(accelerator.levels[fanout].extent));
  }
  return std::max(steps, 1.0);
}

Plan MappingProblem::emptyPlan() const {
  Plan plan;
  plan.levels.resize(accelerator.levels.size());
  for (unsigned memory : llvm::reverse(memories)) {
    plan.levels[memory].kept = accelerator.levels[memory].canKeep;
    for (Dim dim : dims)
      if (accepted(memory).contains(dim))
        plan.sink[index(dim)] = memory;
  }
  return plan;
}

int64_t MappingProblem::temporalTrips(const Plan &plan, Dim dim) const {
  int64_t trips = workload.size(dim);
  for (unsigned fanout : fanouts)
    trips = llvm::divideCeilSigned(trips, plan.levels[fanout].bound(dim));
  return trips;
}

bool MappingProblem::close(Plan &plan) const {
  for (Dim dim : dims) {
    int64_t trips = temporalTrips(plan, dim);
    unsigned sink = plan.sink[index(dim)];
    for (unsigned memory : llvm::reverse(memories)) {
      if (memory == sink)
        continue;
      int64_t &bound = plan.levels[memory].bound(dim);
      int64_t left = llvm::divideCeilSigned(trips, std::min(bound, trips));
      bound = llvm::divideCeilSigned(trips, left);
      trips = left;
    }
    if (accepted(sink).contains(dim) &&
        accelerator.levels[sink].kind == LevelKind::Memory)
      plan.levels[sink].bound(dim) = trips;
    else if (trips > 1)
      return false;
  }
  return true;
}

llvm::SmallVector<int64_t, 32> ohas::search::splitBounds(int64_t trips,
                                                         int64_t limit) {
  llvm::SmallVector<int64_t, 32> bounds;
  int64_t most = std::min(trips, limit);
  auto add = [&](int64_t wanted) {
    int64_t bound =
        llvm::divideCeilSigned(trips, llvm::divideCeilSigned(trips, wanted));
    if (bounds.empty() || bounds.back() < bound)
      bounds.push_back(bound);
  };
  constexpr int64_t all = 256;
  for (int64_t wanted = 1; wanted <= std::min(most, all); ++wanted)
    add(wanted);
  for (double wanted = all; wanted * 1.06 < double(most);) {
    wanted *= 1.06;
    add(int64_t(wanted));
  }
  if (most >= 1)
    add(most);
  return bounds;
}

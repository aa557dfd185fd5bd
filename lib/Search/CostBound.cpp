//===- CostBound.cpp - What a mapping costs at least ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostBound.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

CostBound::CostBound(const Workload &workload, const Accelerator &accelerator)
    : workload(workload), accelerator(accelerator),
      macs(double(workload.macs())) {
  for (Tensor tensor : allTensors) {
    unsigned i = index(tensor);
    elements[i] = double(workload.elements(tensor));
    unsigned asked = workload.bits[i];
    bits[i] = asked ? asked : accelerator.bits[i];
    if (tensor == Tensor::Output)
      bits[i] = std::min<double>(bits[i], accelerator.accumulatorBits);
    // Copies along these may need the same element at a time.
    DimSet relevant = workload.relevantDims(tensor);
    for (Dim dim : allDims)
      if (!relevant.contains(dim))
        sharable[i].insert(dim);
    if (tensor == (workload.transposed ? Tensor::Output : Tensor::Input))
      for (Dim dim : {Dim::P, Dim::Q, Dim::D, Dim::R, Dim::S, Dim::T})
        sharable[i].insert(dim);
  }
  alwaysUw = accelerator.alwaysUw();
  const Level &compute = accelerator.levels.back();
  computeFj = compute.energyFj + compute.perCountFj();
}

/// How many copies of a fan-out at most take or give one element together.
double CostBound::shared(unsigned fanout, const LevelMapping &level,
                         Tensor tensor) const {
  double copies = 1;
  if (accelerator.levels[fanout].mode(tensor) != FanoutMode::Private)
    for (const Loop &loop : level.loops)
      if (sharable[index(tensor)].contains(loop.dim))
        copies *= double(loop.bound);
  return copies;
}

/// Of a memory or converter that `crossing` elements of each tensor leave
/// inwards, or come to from the inside, at least.
double
CostBound::levelFj(unsigned i, const LevelMapping &mapping, bool outermost,
                   const std::array<double, numTensors> &crossing) const {
  const Level &level = accelerator.levels[i];
  double perCount = level.perCountFj();
  if (level.kind == LevelKind::Converter) {
    unsigned tensor = index(level.tensor);
    double conversions = level.hold ? elements[tensor] : crossing[tensor];
    return conversions * (level.energyFj + perCount);
  }
  double fj = 0;
  for (Tensor tensor : allTensors) {
    if (!mapping.kept.contains(tensor))
      continue;
    unsigned t = index(tensor);
    double outwards = outermost ? 0 : elements[t];
    bool output = tensor == Tensor::Output;
    double reads = output ? outwards : crossing[t];
    double writes = output ? crossing[t] : outwards;
    fj += bits[t] * (reads * level.readFjPerBit + writes * level.writeFjPerBit);
    fj += perCount * (reads + writes);
  }
  return fj;
}

QuickCost ohas::search::roundDown(double latencyPs, double energyFj) {
  // Components are rounded one by one, and sums of doubles in another order.
  constexpr double slack = 1 - 1e-9;
  constexpr double most = 9e18;
  return {int64_t(std::min(latencyPs * slack, most)),
          int64_t(std::min(std::max(energyFj * slack - 64, 0.0), most))};
}

QuickCost CostBound::of(const Mapping &mapping) const {
  std::array<int64_t, numDims> left = workload.sizes;
  std::array<double, numTensors> crossing = {macs, macs, macs};
  unsigned outermost = 0;
  while (accelerator.levels[outermost].kind != LevelKind::Memory)
    ++outermost;
  double fj = macs * computeFj;
  for (unsigned i = mapping.levels.size(); i-- > 0;) {
    const LevelMapping &level = mapping.levels[i];
    switch (accelerator.levels[i].kind) {
    case LevelKind::Fanout:
      for (const Loop &loop : level.loops)
        left[index(loop.dim)] =
            llvm::divideCeilSigned(left[index(loop.dim)], loop.bound);
      for (Tensor tensor : allTensors)
        crossing[index(tensor)] =
            std::max(crossing[index(tensor)] / shared(i, level, tensor),
                     elements[index(tensor)]);
      break;
    case LevelKind::Memory:
    case LevelKind::Converter:
      fj += levelFj(i, level, i == outermost, crossing);
      for (Tensor tensor : allTensors)
        if (level.kept.contains(tensor))
          crossing[index(tensor)] = elements[index(tensor)];
      break;
    case LevelKind::Component:
    case LevelKind::Compute:
      break;
    }
  }
  double steps = 1;
  for (int64_t trips : left)
    steps *= double(trips);
  double ps = steps * 1000 / accelerator.levels.back().clockGhz;
  fj += alwaysUw * ps / 1000;
  return roundDown(ps, fj);
}

//===- ElementsPerStep.cpp - What a fan-out delivers at a time ------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The elements of a step are a product over independent axes: plain dims, and
// windows whose coordinate is position * stride + kernel * dilation. At the
// first step, where every index starts at 0, no copy is cut off by the end of a
// dim that is not cut off in every other step too; so that step has the most.
//
//===----------------------------------------------------------------------===//

#include "Saturating.h"
#include "ohas/CostModel/Validity.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;

using Positions = llvm::SmallVector<int64_t, 64>;

/// Beyond this, offsets are not enumerated: every one is taken as distinct.
static constexpr int64_t maxEnumerated = 1 << 16;

namespace {
/// The indices along every dim that the copies have in the first step.
struct Step {
  std::array<Positions, numDims> positions;
  /// The product of bounds where there are too many to enumerate.
  std::array<int64_t, numDims> number;
};
} // namespace

static void spread(Step &step, Dim dim, int64_t bound, int64_t stride,
                   int64_t size) {
  Positions &positions = step.positions[index(dim)];
  int64_t &number = step.number[index(dim)];
  number = std::min(size, saturatingMul(number, bound));
  if (number > maxEnumerated)
    return positions.clear();
  unsigned before = positions.size();
  for (int64_t i = 1; i < bound; ++i) {
    int64_t offset = saturatingMul(i, stride);
    if (offset >= size)
      break;
    for (unsigned k = 0; k < before; ++k)
      if (positions[k] + offset < size)
        positions.push_back(positions[k] + offset);
  }
  number = positions.size();
}

static Step firstStep(const Workload &workload, const Accelerator &accelerator,
                      const Mapping &mapping, unsigned level, Tensor tensor) {
  Step step;
  step.number.fill(1);
  for (Positions &positions : step.positions)
    positions.push_back(0);
  unsigned end = level + 1;
  while (end < mapping.levels.size() &&
         !mapping.levels[end].kept.contains(tensor))
    ++end;
  std::array<int64_t, numDims> extent;
  extent.fill(1);
  for (unsigned i = mapping.levels.size(); i-- > level;)
    for (const Loop &loop : llvm::reverse(mapping.levels[i].loops)) {
      int64_t &inside = extent[index(loop.dim)];
      if (i < end && accelerator.levels[i].kind == LevelKind::Fanout)
        spread(step, loop.dim, loop.bound, inside, workload.size(loop.dim));
      inside = saturatingMul(inside, loop.bound);
    }
  return step;
}

static int64_t windowCoordinates(const Step &step, Dim position, Dim kernel,
                                 int64_t stride, int64_t dilation) {
  const Positions &outer = step.positions[index(position)];
  const Positions &inner = step.positions[index(kernel)];
  int64_t all =
      saturatingMul(step.number[index(position)], step.number[index(kernel)]);
  if (outer.empty() || inner.empty() || all > maxEnumerated)
    return all;
  Positions coordinates;
  for (int64_t p : outer)
    for (int64_t r : inner)
      coordinates.push_back(
          saturatingAdd(saturatingMul(p, stride), saturatingMul(r, dilation)));
  llvm::sort(coordinates);
  return llvm::unique(coordinates) - coordinates.begin();
}

int64_t ohas::cost::elementsPerStep(const Workload &workload,
                                    const Accelerator &accelerator,
                                    const Mapping &mapping, unsigned level,
                                    Tensor tensor) {
  Step step = firstStep(workload, accelerator, mapping, level, tensor);
  DimSet relevant = workload.relevantDims(tensor);
  int64_t product = 1;
  if (tensor == (workload.transposed ? Tensor::Output : Tensor::Input))
    for (auto [axis, pair] : llvm::enumerate(windowPairs)) {
      product = saturatingMul(product,
                              windowCoordinates(step, pair.first, pair.second,
                                                workload.strides[axis],
                                                workload.dilations[axis]));
      relevant.erase(pair.first);
      relevant.erase(pair.second);
    }
  for (Dim dim : allDims)
    if (relevant.contains(dim))
      product = saturatingMul(product, step.number[index(dim)]);
  return product;
}

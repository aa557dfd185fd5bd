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

#include "Windows.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/CostModel/Validity.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;

/// Beyond this, offsets are not enumerated: every one is taken as distinct.
static constexpr int64_t maxEnumerated = 1 << 16;

namespace {
/// The indices that the copies have along one dim in the first step. One loop
/// gives `number` of them, `stride` apart; only several are enumerated.
struct Indices {
  int64_t number = 1;
  int64_t stride = 1;
  llvm::SmallVector<int64_t, 0> several;
  bool tooMany = false;

  void spread(int64_t bound, int64_t step, int64_t size);
  int64_t at(int64_t i) const {
    return several.empty() ? i * stride : several[i];
  }
};
} // namespace

void Indices::spread(int64_t bound, int64_t step, int64_t size) {
  int64_t inside = std::min(bound, llvm::divideCeilSigned(size, step));
  if (inside <= 1)
    return;
  int64_t before = number;
  number = std::min(size, saturatingMul(before, inside));
  if (before == 1) {
    stride = step;
    return;
  }
  tooMany |= number > maxEnumerated;
  if (tooMany)
    return;
  llvm::SmallVector<int64_t, 0> all;
  for (int64_t i = 0; i < inside; ++i)
    for (int64_t k = 0; k < before; ++k)
      if (i * step + at(k) < size)
        all.push_back(i * step + at(k));
  several = std::move(all);
  number = several.size();
}

using Step = std::array<Indices, numDims>;

static Step firstStep(const Workload &workload, const Accelerator &accelerator,
                      const Mapping &mapping, unsigned level, Tensor tensor) {
  Step step;
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
        step[index(loop.dim)].spread(loop.bound, inside,
                                     workload.size(loop.dim));
      inside = saturatingMul(inside, loop.bound);
    }
  return step;
}

static int64_t windowCoordinates(const Indices &positions,
                                 const Indices &kernel, int64_t stride,
                                 int64_t dilation) {
  int64_t all = saturatingMul(positions.number, kernel.number);
  if (positions.tooMany || kernel.tooMany)
    return all;
  if (positions.several.empty() && kernel.several.empty())
    return windowElements(positions.number, kernel.number,
                          saturatingMul(positions.stride, stride),
                          saturatingMul(kernel.stride, dilation));
  if (all > maxEnumerated)
    return all;
  llvm::SmallVector<int64_t, 0> coordinates;
  for (int64_t p = 0; p < positions.number; ++p)
    for (int64_t r = 0; r < kernel.number; ++r)
      coordinates.push_back(
          saturatingAdd(saturatingMul(positions.at(p), stride),
                        saturatingMul(kernel.at(r), dilation)));
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
      product = saturatingMul(
          product,
          windowCoordinates(step[index(pair.first)], step[index(pair.second)],
                            workload.strides[axis], workload.dilations[axis]));
      relevant.erase(pair.first);
      relevant.erase(pair.second);
    }
  for (Dim dim : allDims)
    if (relevant.contains(dim))
      product = saturatingMul(product, step[index(dim)].number);
  return product;
}

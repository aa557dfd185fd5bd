//===- PartialSums.cpp - Where the outputs of a mapping are complete ------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PartialSums.h"
#include "ohas/CostModel/Saturating.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::cost;

DimSet ohas::cost::reductionDims(const Workload &workload) {
  DimSet relevant = workload.relevantDims(Tensor::Output), reduction;
  for (Dim dim : allDims)
    if (!relevant.contains(dim))
      reduction.insert(dim);
  if (workload.transposed)
    for (auto [position, kernel] : windowPairs)
      if (workload.size(kernel) > 1) {
        reduction.insert(position);
        reduction.insert(kernel);
      }
  return reduction;
}

PartialSums::PartialSums(const Workload &workload,
                         const Accelerator &accelerator, const Mapping &mapping)
    : accelerator(accelerator), mapping(mapping),
      reduces(mapping.levels.size()) {
  DimSet reduction = reductionDims(workload);
  std::array<int64_t, numDims> extent;
  extent.fill(1);
  int64_t steps = 1; // reducing temporal steps so far
  for (unsigned i = mapping.levels.size(); i-- > 0;) {
    const Level &level = accelerator.levels[i];
    for (const Loop &loop : llvm::reverse(mapping.levels[i].loops)) {
      int64_t &inside = extent[index(loop.dim)];
      int64_t outside = inside, size = workload.size(loop.dim);
      inside = saturatingMul(inside, loop.bound);
      // What lies beyond the size of a dim does not exist.
      if (loop.bound <= 1 || outside >= size || !reduction.contains(loop.dim))
        continue;
      reduces.set(i);
      if (level.kind == LevelKind::Memory)
        steps = saturatingMul(
            steps, std::min(loop.bound, llvm::divideCeilSigned(size, outside)));
    }
    if (level.accumulateLimit &&
        mapping.levels[i].kept.contains(Tensor::Output))
      integratorsOverflow |= steps > *level.accumulateLimit;
  }
}

bool PartialSums::leaveComplete(unsigned level) const {
  if (integratorsOverflow && accelerator.levels[level].accumulateLimit)
    return false;
  int first = reduces.find_first();
  return first < 0 || unsigned(first) >= level;
}

bool PartialSums::arriveComplete(unsigned level) const {
  unsigned sender = level + 1;
  while (sender < mapping.levels.size() - 1 &&
         !mapping.levels[sender].kept.contains(Tensor::Output))
    ++sender;
  if (integratorsOverflow && accelerator.levels[sender].accumulateLimit)
    return false;
  for (unsigned i : reduces.set_bits()) {
    if (i >= sender)
      break;
    bool added = i > level && accelerator.levels[i].kind == LevelKind::Fanout &&
                 accelerator.levels[i].mode(Tensor::Output) == FanoutMode::Sum;
    if (!added)
      return false;
  }
  return true;
}

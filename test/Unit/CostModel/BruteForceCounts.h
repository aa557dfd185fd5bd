//===- BruteForceCounts.h - Counts by walking every point -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The definitions of docs/CostModel.md, "Counts", element by element: what the
// evaluator is compared with. For nests of some hundred points.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_COSTMODEL_BRUTEFORCECOUNTS_H
#define OHAS_TEST_UNIT_COSTMODEL_BRUTEFORCECOUNTS_H

#include "ohas/CostModel/Counts.h"
#include <map>
#include <vector>

namespace ohas::cost {

/// Digits of the spatial loops above a level: which copy it is.
using Copy = std::vector<int>;
using PerCopy = std::map<Copy, int64_t>;

struct BruteForceTensor {
  int64_t tile = 0;
  PerCopy reads, fills, updates, changes;
};

struct BruteForceLevel {
  int64_t instances = 0;
  std::array<BruteForceTensor, numTensors> tensors;
  PerCopy conversions;
};

struct BruteForceCounts {
  int64_t computeCycles = 0;
  std::vector<BruteForceLevel> levels;
};

BruteForceCounts bruteForceCount(const Workload &workload,
                                 const Accelerator &accelerator,
                                 const Mapping &mapping);

} // namespace ohas::cost

#endif // OHAS_TEST_UNIT_COSTMODEL_BRUTEFORCECOUNTS_H

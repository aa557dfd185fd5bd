//===- Counts.h - Exact access and conversion counts of a mapping ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_COUNTS_H
#define OHAS_COSTMODEL_COUNTS_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Mapping.h"

namespace ohas::cost {

/// What one tensor does at one memory: elements, over all instances, and at
/// the busiest instance.
struct TensorCounts {
  int64_t tile = 0; ///< largest tile of any instance
  int64_t reads = 0, fills = 0, updates = 0;
  int64_t busiestReads = 0, busiestWrites = 0; ///< writes = fills + updates
  /// Tile changes at the busiest instance (the first fill is one).
  int64_t busiestChanges = 0;
};

struct LevelCounts {
  int64_t instances = 1; ///< copies that ever work
  std::array<TensorCounts, numTensors> tensors;
  /// Converters: elements converted, over all instances and at the busiest.
  int64_t conversions = 0, busiestConversions = 0;
};

struct Counts {
  int64_t computeCycles = 0; ///< steps in which some copy has work
  llvm::SmallVector<LevelCounts, 16> levels;
};

/// Counts `mapping` exactly, in time that depends on loops and axes, not on
/// points (docs/CostModel.md derives the closed forms). Only the structure of
/// `accelerator` is used: kinds, extents, modes, hold, accumulateLimit.
/// Precondition: the mapping is valid for both (see Validity.h).
Counts count(const Workload &workload, const Accelerator &accelerator,
             const Mapping &mapping);

/// Of that only what the energy and latency of a mapping depend on: nothing of
/// levels where it is free, and of a busiest copy only where there is a limit.
/// The rest means nothing. For a mapper's inner loop.
Counts countForCost(const Workload &workload, const Accelerator &accelerator,
                    const Mapping &mapping);

/// False for the mappings whose partial sums `count` has to follow step by
/// step: exact too, but slow for large workloads. A mapper avoids them.
bool hasClosedForm(const Workload &workload, const Accelerator &accelerator,
                   const Mapping &mapping);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_COUNTS_H

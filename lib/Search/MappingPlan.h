//===- MappingPlan.h - A mapping in the form a mapper changes ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A plan has one bound per level and dim, and for every dim a memory, its sink,
// that takes whatever the other levels leave. So any change of a bound gives a
// mapping that still covers every dim.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_MAPPINGPLAN_H
#define OHAS_LIB_SEARCH_MAPPINGPLAN_H

#include "ohas/CostModel/CostEvaluator.h"
#include "ohas/CostModel/Validity.h"

namespace ohas::search {

struct LevelPlan {
  std::array<int64_t, cost::numDims> bounds = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  std::array<cost::Dim, cost::numDims> order = cost::allDims; // outermost first
  cost::TensorSet kept;

  int64_t &bound(cost::Dim dim) { return bounds[index(dim)]; }
  int64_t bound(cost::Dim dim) const { return bounds[index(dim)]; }

  /// Moves the members of `dims` inside all others; the rest keeps its order.
  void putInnermost(cost::DimSet dims);
};

struct Plan {
  llvm::SmallVector<LevelPlan, 16> levels;
  /// Level of the memory that takes the rest of each dim.
  std::array<unsigned, cost::numDims> sink = {};

  cost::Mapping toMapping() const;
};

/// What stays the same while one workload is mapped.
class MappingProblem {
public:
  /// `staying`: what of the workload is in the resident memory before it
  /// begins, and stays there.
  MappingProblem(const cost::Workload &workload,
                 const cost::Accelerator &accelerator,
                 cost::TensorSet staying = {});

  const cost::Workload &workload;
  const cost::Accelerator &accelerator;
  const cost::CostEvaluator costs;
  /// Dims larger than 1, in their usual order.
  llvm::SmallVector<cost::Dim, cost::numDims> dims;
  /// Level numbers, outermost first.
  llvm::SmallVector<unsigned, 8> memories, fanouts;

  /// Dims larger than 1 that may loop at a memory or spread over a fan-out.
  cost::DimSet accepted(unsigned level) const { return accepts[level]; }
  /// Dims that no memory loops over.
  cost::DimSet hasToSpread() const { return spreadDims; }
  /// Dims along which output elements are met again.
  cost::DimSet reductions() const { return reductionDims; }
  cost::DimSet irrelevant(cost::Tensor tensor) const {
    return irrelevantDims[index(tensor)];
  }

  cost::TensorSet staying() const { return stays; }
  /// The level that a tensor comes from, or that outputs go to.
  unsigned outermost(cost::Tensor tensor) const {
    return stays.contains(tensor) ? residentMemory : memories.front();
  }

  /// Dims whose loops are all further out than a memory and change the tile of
  /// the tensor that it holds: its own loops and those inside only read it.
  cost::DimSet changingDims(cost::Tensor tensor, unsigned memory) const;

  /// The number of a dim in `dims`, which has it.
  unsigned number(cost::Dim dim) const {
    return std::find(dims.begin(), dims.end(), dim) - dims.begin();
  }
  /// Steps that the first `open` fan-outs leave at least where `trips` are left
  /// to them, of each dim.
  double leastSteps(const std::array<int64_t, cost::numDims> &trips,
                    size_t open) const;
  /// Few enough products to follow partial sums step by step, where these have
  /// no closed form.
  bool mayCountSlowly() const { return workload.macs() <= 1 << 12; }

  /// All bounds 1, everything kept that may be, every sink as far out as it
  /// may be.
  Plan emptyPlan() const;

  /// Trims bounds that reach beyond their dim, from the inside out, and lets
  /// the sinks take the rest. False if some dim has no sink but needs one.
  bool close(Plan &plan) const;

  /// What remains of `dim` for temporal loops under the plan's fan-outs.
  int64_t temporalTrips(const Plan &plan, cost::Dim dim) const;

private:
  llvm::SmallVector<cost::DimSet, 16> accepts;
  cost::TensorSet stays;
  unsigned residentMemory = 0; ///< where something stays
  cost::DimSet spreadDims, reductionDims;
  std::array<cost::DimSet, cost::numTensors> irrelevantDims;
};

/// The bounds worth trying to split `trips` by, up to `limit`, ascending: of
/// those that leave equally many trips only the smallest. All of them as long
/// as they are few, a geometric choice beyond.
llvm::SmallVector<int64_t, 32> splitBounds(int64_t trips, int64_t limit);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_MAPPINGPLAN_H

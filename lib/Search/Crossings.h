//===- Crossings.h - What crosses a nest and what each time costs *- C++
//-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_CROSSINGS_H
#define OHAS_LIB_SEARCH_CROSSINGS_H

#include "Layout.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ohas::search {

/// What a tensor does between a memory that keeps it and the next one inside
/// that does, or the compute level.
struct Flow {
  cost::Tensor tensor;
  unsigned parent, child;
  bool toCompute;
};

/// A lane is what takes time of its own beside the others.
enum class LaneUse : uint8_t { Read, Write, Program };
struct Lane {
  unsigned level;
  LaneUse use;
  bool operator==(Lane other) const {
    return level == other.level && use == other.use;
  }
};

/// Time that one element takes at all copies of a place together; divided by
/// their number it is what an even load takes.
struct LaneTime {
  uint8_t lane; ///< of Crossings::lanes
  double ns;
};
using LaneTimes = llvm::SmallVector<LaneTime, 2>;

/// Elements of a flow that pass a place: a memory at one of its ends or a
/// converter.
struct Crossing {
  Flow flow;
  unsigned place;
  bool hold; ///< only what was not there at the step before passes
  double energyFj;
  LaneTimes lanes;
};

/// A correction where all outputs leave a memory complete, once each: they are
/// narrower than sums, and the first of each is not added to anything.
struct Completion {
  unsigned place;
  double energyFj;
  LaneTimes lanes;
  bool always; ///< of the outermost memory of the outputs, of which there is
               ///< one copy
};

/// Operands whose every new tile takes time to write.
struct Programming {
  cost::Tensor tensor;
  unsigned memory;
};

struct Crossings {
  static constexpr unsigned maxLanes = 10;
  std::vector<Crossing> crossings;
  std::vector<Completion> completions;
  std::vector<Flow> flows;
  std::vector<Programming> programming;
  llvm::SmallVector<Lane, maxLanes> lanes;
  /// By programming: the lane of one that is hidden behind steps.
  llvm::SmallVector<int, 2> programmingLanes;
};

/// `mayLandLate`: a flow of outputs from a memory whose sums may arrive after
/// the parent has moved on, so that they are not added up there.
Crossings listCrossings(const MappingProblem &problem, const KeptSets &kept,
                        llvm::function_ref<bool(const Flow &)> mayLandLate);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_CROSSINGS_H

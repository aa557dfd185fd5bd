//===- CountsNest.h - The loop nest that counts are taken of ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal to the counts evaluator; docs/CostModel.md, "Counts", has the maths.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSNEST_H
#define OHAS_LIB_COSTMODEL_COUNTSNEST_H

#include "ohas/CostModel/Counts.h"

namespace ohas::cost::counting {

/// A loop that takes more than one value. `bound` is cut to the values that
/// exist for some copy.
struct NestLoop {
  int64_t bound, step;
  uint8_t level;
  Dim dim;
  bool temporal;
};

/// A dim of its own, or a window pair whose coordinates overlap.
struct Axis {
  Dim first, second;
  bool window;
};
using Axes = llvm::SmallVector<Axis, 10>;

struct Nest {
  const Workload &workload;
  const Accelerator &accelerator;
  llvm::SmallVector<NestLoop, 24> loops; // outermost first
  /// Indices of the loops of each dim.
  std::array<llvm::SmallVector<uint8_t, 6>, numDims> loopsOf;
  /// By level: spatial loops above it.
  llvm::SmallVector<uint8_t, 24> spatialAbove;
  /// Dims whose bounds do not divide: some copies see less than others.
  DimSet ragged;
  std::array<DimSet, numTensors> relevant;
  /// Window pairs in which an element belongs to several (position, kernel).
  std::array<bool, 3> overlapping;

  Nest(const Workload &workload, const Accelerator &accelerator,
       const Mapping &mapping);

  DimSet relevantDims(Tensor tensor) const { return relevant[index(tensor)]; }
  unsigned computeLevel() const { return accelerator.levels.size() - 1; }
  /// Indices of `dim` that one copy of `level` covers at a step.
  int64_t extent(Dim dim, unsigned level) const;
  /// Is window pair i one axis of the tensor?
  bool isWindow(Tensor tensor, unsigned i) const {
    return overlapping[i] &&
           tensor == (workload.transposed ? Tensor::Output : Tensor::Input);
  }
  bool hasWindow(Tensor tensor) const {
    return isWindow(tensor, 0) || isWindow(tensor, 1) || isWindow(tensor, 2);
  }
  /// The axes over which the tiles of `tensor` are a product.
  Axes axes(Tensor tensor) const;
  /// Stride and dilation of the window axis of a position.
  std::pair<int64_t, int64_t> windowSteps(Dim position) const {
    return workload.windowSteps(position == Dim::P   ? 0
                                : position == Dim::Q ? 1
                                                     : 2);
  }
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSNEST_H

//===- Mapping.h - How a workload runs on an accelerator's levels ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_MAPPING_H
#define OHAS_COSTMODEL_MAPPING_H

#include "ohas/CostModel/Workload.h"
#include "llvm/ADT/SmallVector.h"

namespace ohas::cost {

/// `bound` tiles (temporal) or copies (spatial) along `dim`. The step of a loop
/// is the product of the bounds of its dim inside it; bounds need not divide.
struct Loop {
  Dim dim;
  int64_t bound;
  bool operator==(const Loop &other) const {
    return dim == other.dim && bound == other.bound;
  }
};

/// What one level does in a mapping. A memory keeps `kept` and owns temporal
/// `loops` over all that lies below it; a fan-out owns spatial `loops`;
/// converters and the compute level have neither.
struct LevelMapping {
  TensorSet kept;
  llvm::SmallVector<Loop, 4> loops; // outermost first
  /// Of the kept tensors those that stay here as a whole, from the operation
  /// that made them or to those that read them, so that the memories above have
  /// no part in it.
  TensorSet resident = {};
  bool operator==(const LevelMapping &other) const {
    return kept == other.kept && resident == other.resident &&
           loops == other.loops;
  }
};

/// One entry per level of the accelerator, in its order (outermost first).
struct Mapping {
  llvm::SmallVector<LevelMapping, 16> levels;
  bool operator==(const Mapping &other) const { return levels == other.levels; }
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_MAPPING_H

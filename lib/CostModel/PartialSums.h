//===- PartialSums.h - Where the outputs of a mapping are complete --------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop reduces if it meets an output element again. Outputs that leave a
// memory are complete if no loop above it reduces; outputs that arrive in one
// are complete if nothing above the memory that sent them reduces, but for
// fan-outs that add on the way.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_PARTIALSUMS_H
#define OHAS_LIB_COSTMODEL_PARTIALSUMS_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Mapping.h"
#include "llvm/ADT/SmallBitVector.h"

namespace ohas::cost {

/// The dims along which output elements are met again: those that the output
/// does not depend on; transposed, also both dims of a window of more than one.
DimSet reductionDims(const Workload &workload);

class PartialSums {
public:
  PartialSums(const Workload &workload, const Accelerator &accelerator,
              const Mapping &mapping);

  /// Is every output element that leaves memory `level` complete, once?
  bool leaveComplete(unsigned level) const;
  /// Is every output element that arrives in memory `level` complete?
  bool arriveComplete(unsigned level) const;

private:
  const Accelerator &accelerator;
  const Mapping &mapping;
  /// Levels with a reducing loop that is not idle.
  llvm::SmallBitVector reduces;
  /// Some integrator lets go of elements before their sum is complete.
  bool integratorsOverflow = false;
};

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_PARTIALSUMS_H

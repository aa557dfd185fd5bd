//===- Overlap.h - Electronic work beside photonic work ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_OVERLAP_H
#define OHAS_COSTMODEL_OVERLAP_H

#include "ohas/CostModel/Cost.h"

namespace ohas::cost {

/// Goes through the operations of a block in their order. Electronic work that
/// follows a contraction may take the contraction's results as they come: as
/// much of its time as the vector unit's `overlap` gives of the contraction's
/// is hidden behind it. What is shown counts, with all that is always on.
class Overlap {
public:
  explicit Overlap(const Accelerator &accelerator) : accelerator(accelerator) {}

  /// What comes now does not directly follow what came before.
  void interrupt() { roomPs = 0; }
  void addContraction(int64_t latencyPs);
  Cost add(const ElectronicWork &work);
  /// The figures alone: equal to those of `add`.
  QuickCost addQuick(const ElectronicWork &work);

private:
  int64_t show(int64_t ps);

  const Accelerator &accelerator;
  int64_t roomPs = 0; ///< of the last contraction's time
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_OVERLAP_H

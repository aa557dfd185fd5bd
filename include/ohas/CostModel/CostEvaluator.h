//===- CostEvaluator.h - Many mappings of one workload ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For a mapper's inner loop: what depends on the workload and the accelerator
// alone is found once. Figures are those of Cost.h, to the last bit.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_COSTEVALUATOR_H
#define OHAS_COSTMODEL_COSTEVALUATOR_H

#include "ohas/CostModel/Cost.h"
#include <memory>

namespace ohas::cost {

/// For one thread at a time, as it keeps what it found out about the memories
/// that keep a tensor.
class CostEvaluator {
public:
  /// Keeps references to both.
  CostEvaluator(const Workload &workload, const Accelerator &accelerator);
  CostEvaluator(CostEvaluator &&);
  ~CostEvaluator();

  /// Equal to evaluateUnrounded and evaluateQuick of countForCost, in ns, ps
  /// and fJ. Precondition: the mapping is valid (see Validity.h).
  UnroundedCost unrounded(const Mapping &mapping) const;
  QuickCost quick(const Mapping &mapping) const;

  /// Nothing if the mapping is none of the common form that is counted in a
  /// fraction of the time: all but transposed convolutions, sums that land
  /// late, windows that copies of a memory share, elements that a holding
  /// converter presents more than once, and what stays from one operation to
  /// the next.
  std::optional<UnroundedCost> ofCommonForm(const Mapping &mapping) const;

  /// The same as of Counts.h.
  bool hasClosedForm(const Mapping &mapping) const;
  /// `unrounded` where that is so; as fast as one of them.
  std::optional<UnroundedCost> ofClosedForm(const Mapping &mapping) const;

private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled;
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_COSTEVALUATOR_H

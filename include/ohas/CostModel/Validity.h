//===- Validity.h - Does a mapping fit an accelerator? ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_VALIDITY_H
#define OHAS_COSTMODEL_VALIDITY_H

#include "ohas/CostModel/Counts.h"
#include "llvm/Support/Error.h"

namespace ohas::cost {

/// Everything that makes a mapping illegal, without counting: level kinds and
/// loops agree, dims allowed, spatial product within the extent, bounds cover
/// every dim, wired fan-outs, maxPerStep, tiles fit capacities, the outermost
/// memory keeps all, partial sums land where they accumulate. The first
/// violation is reported with the level, what it needs and what there is.
llvm::Error checkMapping(const Workload &workload,
                         const Accelerator &accelerator,
                         const Mapping &mapping);

/// Why no mapping at all can run `workload` (operand bits above the
/// accelerator's), in numbers.
llvm::Error checkWorkload(const Workload &workload,
                          const Accelerator &accelerator);

/// The largest tile of `tensor` at a copy of `level`: elements touched by all
/// loops at and below it.
int64_t tileElements(const Workload &workload, const Mapping &mapping,
                     unsigned level, Tensor tensor);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_VALIDITY_H

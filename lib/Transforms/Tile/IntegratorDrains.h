//===- IntegratorDrains.h - Loops between sums that leave -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_TILE_INTEGRATORDRAINS_H
#define OHAS_LIB_TRANSFORMS_TILE_INTEGRATORDRAINS_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Mapping.h"
#include "ohas/CostModel/Workload.h"

namespace ohas {

/// The same products with the loops where an integrator keeps its sum below it,
/// and those after which the sum leaves above what reads it: a mapping as it is
/// written adds up all of the integrator's own loops and nothing more, but a
/// sum leaves after `accumulate_limit` steps, and stays while loops further out
/// add to the same outputs. Loops along one output's products may run in any
/// order: the one with the fewest sums that leave is chosen, of which there are
/// as many as the cost model counts where the limit divides the loops.
cost::Mapping withIntegratorDrains(const cost::Workload &workload,
                                   const cost::Accelerator &accelerator,
                                   cost::Mapping mapping);

} // namespace ohas

#endif // OHAS_LIB_TRANSFORMS_TILE_INTEGRATORDRAINS_H

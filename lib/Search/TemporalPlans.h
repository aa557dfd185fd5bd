//===- TemporalPlans.h - First guesses at tiles and loop orders -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TEMPORALPLANS_H
#define OHAS_LIB_SEARCH_TEMPORALPLANS_H

#include "MappingPlan.h"
#include "ohas/Support/Random.h"

namespace ohas::search {

/// How tiles of one memory grow.
enum class Growth : uint8_t {
  None,       ///< no loops here
  Stationary, ///< over the dims that its stationary tensor does not depend on
  Full,       ///< these first, then any others that still fit
};

/// What a guess does at one memory: the tensor that stays in place while the
/// innermost loops turn, and which loops it has.
struct MemoryPolicy {
  cost::Tensor stationary = cost::Tensor::Weight;
  Growth growth = Growth::None;
};

/// Fills the memories of a spatial plan, the innermost first, as far as their
/// capacities allow. `policies` has one entry per memory, outermost first (the
/// outermost one takes what remains). Tensors that cannot be kept pass.
Plan growTiles(const MappingProblem &problem, const Plan &spatial,
               llvm::ArrayRef<MemoryPolicy> policies);

/// Policies drawn at random.
llvm::SmallVector<MemoryPolicy, 8> drawPolicies(const MappingProblem &problem,
                                                Random &random);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TEMPORALPLANS_H

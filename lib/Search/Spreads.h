//===- Spreads.h - Every way to spread over the fan-outs --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SPREADS_H
#define OHAS_LIB_SEARCH_SPREADS_H

#include "Layout.h"
#include "ohas/Search/Mapper.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ohas::search {

/// Calls `fn(spread, steps)`, until it returns false, for every spread that
/// leaves at most `mostSteps` steps. Fan-outs next to each other that do the
/// same to every tensor are one: of spreads that differ only in which of them
/// does what, one is visited.
void forEachSpread(const MappingProblem &problem, Factors factors,
                   double mostSteps,
                   llvm::function_ref<bool(const Spread &, double)> fn);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SPREADS_H

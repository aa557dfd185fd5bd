//===- SimplePlans.h - The mappings that need the least ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SIMPLEPLANS_H
#define OHAS_LIB_SEARCH_SIMPLEPLANS_H

#include "MappingPlan.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ohas::search {

/// Calls `look(plan)` for the plans that add nothing to `spatial` but what
/// cannot be avoided, until it returns true. Every dim loops at one memory
/// only, as far out as it may, where tiles are smallest. If any plan with one
/// memory per dim is valid under these fan-outs, at one copy of each, so is one
/// of these.
void forEachSimplePlan(const MappingProblem &problem, const Plan &spatial,
                       llvm::function_ref<bool(const Plan &)> look);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SIMPLEPLANS_H

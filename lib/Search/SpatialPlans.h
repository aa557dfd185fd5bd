//===- SpatialPlans.h - How a workload spreads over fan-outs ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SPATIALPLANS_H
#define OHAS_LIB_SEARCH_SPATIALPLANS_H

#include "MappingPlan.h"

namespace ohas::search {

/// Plans with their fan-outs filled and all temporal loops at the sinks: the
/// `most` that leave the fewest steps, fewest first. Empty when some dim can
/// neither loop anywhere nor spread far enough.
std::vector<Plan> spatialPlans(const MappingProblem &problem, size_t most);

/// The same, but only dims that cannot loop anywhere spread: one plan with idle
/// fan-outs if there are none.
std::vector<Plan> leastSpatialPlans(const MappingProblem &problem, size_t most);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SPATIALPLANS_H

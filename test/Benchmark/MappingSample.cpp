//===- MappingSample.cpp - Mappings that a search costs ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingSample.h"
#include "Descent.h"
#include "SpatialPlans.h"
#include "TemporalPlans.h"

using namespace ohas::search;
using namespace ohas::cost;

static bool isCounted(const MappingProblem &problem, const Mapping &mapping) {
  return !findViolation(problem.workload, problem.accelerator, mapping) &&
         hasClosedForm(problem.workload, problem.accelerator, mapping);
}

std::vector<Mapping> ohas::search::drawMappings(const MappingProblem &problem,
                                                size_t most) {
  std::vector<Mapping> mappings;
  std::vector<Plan> spatial = spatialPlans(problem, 12);
  if (spatial.empty())
    return mappings;
  Random random(0);
  for (size_t i = 0; i < 20 * most && mappings.size() < most; ++i) {
    const Plan &start = spatial[random.below(spatial.size())];
    auto policies = drawPolicies(problem, random);
    Plan plan = growTiles(problem, start, policies);
    Mapping mapping = kick(problem, random, plan, random.below(4)).toMapping();
    if (isCounted(problem, mapping))
      mappings.push_back(std::move(mapping));
  }
  return mappings;
}

std::vector<Mapping> ohas::search::drawNeighbours(const MappingProblem &problem,
                                                  size_t most) {
  std::vector<Mapping> mappings;
  std::vector<Plan> spatial = spatialPlans(problem, 12);
  if (spatial.empty())
    return mappings;
  Random random(0);
  Plan plan =
      growTiles(problem, spatial.front(), drawPolicies(problem, random));
  for (size_t i = 0; i < 20 * most && mappings.size() < most; ++i) {
    Plan next = kick(problem, random, plan, 1);
    Mapping mapping = next.toMapping();
    if (!isCounted(problem, mapping))
      continue;
    if (mappings.empty() || !(mapping == mappings.back()))
      mappings.push_back(std::move(mapping));
    plan = std::move(next);
  }
  return mappings;
}

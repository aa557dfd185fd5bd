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

/// Mappings of plans that `next` makes of one or several spatial ones.
template <typename Next>
static std::vector<Mapping> draw(const MappingProblem &problem, size_t most,
                                 Next next) {
  std::vector<Mapping> mappings;
  std::vector<Plan> spatial = spatialPlans(problem, 12);
  if (spatial.empty())
    return mappings;
  ohas::Random random(0);
  for (size_t i = 0; i < 20 * most && mappings.size() < most; ++i)
    if (std::optional<Mapping> mapping = next(spatial, random))
      mappings.push_back(std::move(*mapping));
  return mappings;
}

std::vector<Mapping> ohas::search::drawMappings(const MappingProblem &problem,
                                                size_t most) {
  auto next = [&](const std::vector<Plan> &spatial,
                  Random &random) -> std::optional<Mapping> {
    const Plan &start = spatial[random.below(spatial.size())];
    auto policies = drawPolicies(problem, random);
    Plan plan = growTiles(problem, start, policies);
    Mapping mapping = kick(problem, random, plan, random.below(4)).toMapping();
    if (!isCounted(problem, mapping))
      return std::nullopt;
    return mapping;
  };
  return draw(problem, most, next);
}

std::vector<Mapping> ohas::search::drawNeighbours(const MappingProblem &problem,
                                                  size_t most) {
  std::optional<Plan> plan;
  std::optional<Mapping> last;
  auto next = [&](const std::vector<Plan> &spatial,
                  Random &random) -> std::optional<Mapping> {
    if (!plan)
      plan = growTiles(problem, spatial.front(), drawPolicies(problem, random));
    Plan neighbour = kick(problem, random, *plan, 1);
    Mapping mapping = neighbour.toMapping();
    if (!isCounted(problem, mapping))
      return std::nullopt;
    plan = std::move(neighbour);
    if (last && mapping == *last)
      return std::nullopt;
    last = mapping;
    return mapping;
  };
  return draw(problem, most, next);
}

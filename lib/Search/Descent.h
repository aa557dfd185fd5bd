//===- Descent.h - Improves a plan step by step -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_DESCENT_H
#define OHAS_LIB_SEARCH_DESCENT_H

#include "MappingScore.h"
#include "ohas/Support/Random.h"

namespace ohas::search {

struct ScoredPlan {
  Plan plan;
  Score score;
};

/// Takes the first improving neighbour, in random order, until there is none
/// or the judge's budget is used up.
void descend(const MappingProblem &problem, MappingJudge &judge, Random &random,
             ScoredPlan &start);

/// Makes `moves` random changes, improving or not.
Plan kick(const MappingProblem &problem, Random &random, Plan plan,
          unsigned moves);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_DESCENT_H

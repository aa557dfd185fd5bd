//===- Descent.cpp - Improves a plan step by step ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descent.h"
#include "PlanMoves.h"

using namespace ohas;
using namespace ohas::search;
using namespace ohas::cost;

static void shuffle(std::vector<PlanMove> &moves, Random &random) {
  for (size_t i = moves.size(); i > 1; --i)
    std::swap(moves[i - 1], moves[random.below(i)]);
}

void ohas::search::descend(const MappingProblem &problem, MappingJudge &judge,
                           Random &random, ScoredPlan &start) {
  bool improved = true;
  while (improved && !judge.isExhausted()) {
    improved = false;
    std::vector<PlanMove> moves = movesFrom(problem, start.plan);
    shuffle(moves, random);
    for (const PlanMove &move : moves) {
      if (judge.isExhausted())
        return;
      Plan plan = start.plan;
      if (!apply(problem, move, plan))
        continue;
      std::optional<Score> score = judge.judgeIfBetter(plan, start.score);
      if (!score || !(*score < start.score))
        continue;
      start = {std::move(plan), *score};
      improved = true;
    }
  }
}

Plan ohas::search::kick(const MappingProblem &problem, Random &random,
                        Plan plan, unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    std::vector<PlanMove> moves = movesFrom(problem, plan);
    if (moves.empty())
      break;
    Plan changed = plan;
    if (apply(problem, moves[random.below(moves.size())], changed))
      plan = std::move(changed);
  }
  return plan;
}

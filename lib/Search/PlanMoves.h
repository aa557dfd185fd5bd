//===- PlanMoves.h - The neighbours of a plan -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_PLANMOVES_H
#define OHAS_LIB_SEARCH_PLANMOVES_H

#include "MappingPlan.h"

namespace ohas::search {

/// One change of a plan.
struct PlanMove {
  enum class Kind : uint8_t {
    Temporal,   ///< `value` trips of `dim` at memory `level`
    Spatial,    ///< `value` copies along `dim` at fan-out `level`
    Replace,    ///< dim number `value` spreads instead of `dim` at `level`
    Shift,      ///< all trips of `dim` from memory `level` to memory `value`
    Sink,       ///< memory `level` takes what remains of `dim`
    Innermost,  ///< `dim` innermost at memory `level`
    Outermost,  ///< `dim` outermost at memory `level`
    Stationary, ///< `tensor` stays in place at memory `level`
    Keep,       ///< memory `level` keeps `tensor`, or no longer does
  };
  Kind kind;
  unsigned level = 0;
  cost::Dim dim = cost::Dim::N;
  cost::Tensor tensor = cost::Tensor::Weight;
  int64_t value = 0;
};

/// Every move that may make a difference, in a fixed order.
std::vector<PlanMove> movesFrom(const MappingProblem &problem,
                                const Plan &plan);

/// False if the move does not lead to a plan that covers the workload. A plan
/// changed by one move may be entered with another of the same list.
bool apply(const MappingProblem &problem, const PlanMove &move, Plan &plan);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_PLANMOVES_H

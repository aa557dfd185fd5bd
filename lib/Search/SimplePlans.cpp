//===- SimplePlans.cpp - The mappings that need the least -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a plan needs shrinks as loops move out and as less is kept, with one
// exception: partial sums. A memory that takes only complete sums needs every
// reduction at the next memory below it that keeps outputs, or further in, and
// incomplete sums take more bits. So a plan is which memories keep outputs, and
// how far out reductions may go; all else is as far out as it may be. Operands
// that memories need not keep are kept nowhere, where tiles are smallest, or
// everywhere, where fan-outs deliver least.
//
//===----------------------------------------------------------------------===//

#include "SimplePlans.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Memories beyond these keep outputs only if they must.
static constexpr size_t maxOptional = 8;

/// Moves the sinks of reductions to `outermost`, or as little further in as
/// possible. False if some reduction has no memory there.
static bool sinkReductions(const MappingProblem &problem, Plan &plan,
                           unsigned outermost) {
  for (Dim dim : problem.dims) {
    if (!problem.reductions().contains(dim) ||
        problem.hasToSpread().contains(dim))
      continue;
    auto *memory = llvm::find_if(problem.memories, [&](unsigned memory) {
      return memory >= outermost && problem.accepted(memory).contains(dim);
    });
    if (memory == problem.memories.end())
      return false;
    plan.sink[index(dim)] = *memory;
  }
  return true;
}

static Plan keepAsNeeded(const MappingProblem &problem, const Plan &spatial,
                         bool operands) {
  Plan plan = spatial;
  for (unsigned memory : problem.memories) {
    plan.levels[memory].bounds = LevelPlan().bounds;
    const Level &level = problem.accelerator.levels[memory];
    if (memory == problem.memories.front())
      continue;
    plan.levels[memory].kept = operands ? level.canKeep : level.mustKeep;
    plan.levels[memory].kept.erase(Tensor::Output);
    if (level.mustKeep.contains(Tensor::Output))
      plan.levels[memory].kept.insert(Tensor::Output);
  }
  return plan;
}

void ohas::search::forEachSimplePlan(
    const MappingProblem &problem, const Plan &spatial,
    llvm::function_ref<bool(const Plan &)> look) {
  llvm::SmallVector<unsigned, maxOptional> optional;
  for (unsigned memory : llvm::drop_begin(problem.memories)) {
    const Level &level = problem.accelerator.levels[memory];
    if (level.canKeep.contains(Tensor::Output) &&
        !level.mustKeep.contains(Tensor::Output) &&
        optional.size() < maxOptional)
      optional.push_back(memory);
  }
  for (bool operands : {false, true})
    for (unsigned keeps = 0; keeps < 1u << optional.size(); ++keeps) {
      Plan kept = keepAsNeeded(problem, spatial, operands);
      for (auto [i, memory] : llvm::enumerate(optional))
        if (keeps >> i & 1)
          kept.levels[memory].kept.insert(Tensor::Output);
      for (unsigned outermost : problem.memories) {
        Plan plan = kept;
        if (sinkReductions(problem, plan, outermost) && problem.close(plan) &&
            look(plan))
          return;
      }
    }
}

//===- Layout.cpp - What spreads where, and what is kept where --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layout.h"

using namespace ohas::search;
using namespace ohas::cost;

Layout ohas::search::layoutOf(const MappingProblem &problem,
                              const Mapping &mapping) {
  Layout layout;
  for (unsigned fanout : problem.fanouts) {
    DimBounds &bounds = layout.spread.emplace_back();
    bounds.fill(1);
    for (const Loop &loop : mapping.levels[fanout].loops)
      bounds[index(loop.dim)] *= loop.bound;
  }
  for (unsigned memory : problem.memories)
    layout.kept.push_back(mapping.levels[memory].kept);
  return layout;
}

std::vector<KeptSets>
ohas::search::listKeptSets(const MappingProblem &problem) {
  std::vector<KeptSets> sets(1);
  for (unsigned memory : problem.memories) {
    const Level &level = problem.accelerator.levels[memory];
    std::vector<KeptSets> next;
    for (const KeptSets &outer : sets)
      // Most kept first.
      for (uint32_t mask = 1u << numTensors; mask-- > 0;) {
        TensorSet kept;
        for (Tensor tensor : allTensors)
          if (mask >> index(tensor) & 1)
            kept.insert(tensor);
        bool outermost = memory == problem.memories.front();
        if (!kept.isSubsetOf(level.canKeep) ||
            !level.mustKeep.isSubsetOf(kept) ||
            (outermost && mask + 1 != 1u << numTensors))
          continue;
        next.push_back(outer);
        next.back().push_back(kept);
      }
    sets = std::move(next);
  }
  return sets;
}

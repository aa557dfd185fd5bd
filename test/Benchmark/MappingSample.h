//===- MappingSample.h - Mappings that a search costs -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_BENCHMARK_MAPPINGSAMPLE_H
#define OHAS_TEST_BENCHMARK_MAPPINGSAMPLE_H

#include "MappingPlan.h"

namespace ohas::search {

/// Up to `most` valid mappings with closed forms, drawn as the heuristic does:
/// guesses at tiles of well filled fan-outs, changed by some moves.
std::vector<cost::Mapping> drawMappings(const MappingProblem &problem,
                                        size_t most);

/// Valid mappings, each one change of the plan away from the one before: what a
/// descent judges, again of closed form and as many at most.
std::vector<cost::Mapping> drawNeighbours(const MappingProblem &problem,
                                          size_t most);

} // namespace ohas::search

#endif // OHAS_TEST_BENCHMARK_MAPPINGSAMPLE_H

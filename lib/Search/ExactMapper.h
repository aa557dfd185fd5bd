//===- ExactMapper.h - Proves which mapping is best -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_EXACTMAPPER_H
#define OHAS_LIB_SEARCH_EXACTMAPPER_H

#include "TileSearch.h"

namespace ohas::search {

/// Improves the incumbent until no mapping of the mapspace is better, or until
/// the limit of `stats` is reached. True if it is proven.
bool mapExactly(const MappingProblem &problem, Factors factors,
                Incumbent &incumbent, SearchStatistics &stats);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_EXACTMAPPER_H

//===- TableMath.h - Arithmetic on whole tables -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Value by value, of tables of the same size: compilers make vectors of these
// loops, which take much of the time of a proof. (Versions for wider vectors
// than every x86-64 has are slower: most runs along a dim are short.)
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TABLEMATH_H
#define OHAS_LIB_SEARCH_TABLEMATH_H

#include "TileGrid.h"
#include <vector>

namespace ohas::search {

using Table = std::vector<double>;

/// What costs this much or more cannot be.
inline constexpr double impossible = 1e300;

/// values = min(values, others).
void takeLesser(Table &values, const Table &others);
/// values = min(values, max(others, costs)).
void takeLesserOfMore(Table &values, const Table &others, const Table &costs);
/// values = min(values, a + b); how many of these sums are possible.
size_t takeLesserSum(Table &values, const Table &a, const Table &b);
/// values = max(values, others).
void takeMore(Table &values, const Table &others);
/// sum = a + b.
void add(Table &sum, const Table &a, const Table &b);
/// values += each * counts.
void addEach(Table &values, double each, const Table &counts);

/// Every value becomes no more than those of `from` (which may be the same
/// table) in `inside`, by cell, along dim d; from the first cell on, or from
/// the last.
void takeInside(Table &values, const Table &from, const TileGrid &grid,
                unsigned d, const TileGrid::CellLists &inside,
                bool fromTheFirst);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TABLEMATH_H

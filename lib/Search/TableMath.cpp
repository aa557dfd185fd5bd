//===- TableMath.cpp - Arithmetic on whole tables ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TableMath.h"
#include <algorithm>

using namespace ohas::search;

void ohas::search::takeLesser(Table &values, const Table &others) {
  for (size_t at = 0, size = values.size(); at < size; ++at)
    values[at] = std::min(values[at], others[at]);
}

void ohas::search::takeLesserOfMore(Table &values, const Table &others,
                                    const Table &costs) {
  for (size_t at = 0, size = values.size(); at < size; ++at)
    values[at] = std::min(values[at], std::max(others[at], costs[at]));
}

size_t ohas::search::takeLesserSum(Table &values, const Table &a,
                                   const Table &b) {
  size_t possible = 0;
  for (size_t at = 0, size = values.size(); at < size; ++at) {
    double sum = a[at] + b[at];
    values[at] = std::min(values[at], sum);
    possible += sum < impossible;
  }
  return possible;
}

void ohas::search::takeMore(Table &values, const Table &others) {
  for (size_t at = 0, size = values.size(); at < size; ++at)
    values[at] = std::max(values[at], others[at]);
}

void ohas::search::add(Table &sum, const Table &a, const Table &b) {
  for (size_t at = 0, size = sum.size(); at < size; ++at)
    sum[at] = a[at] + b[at];
}

void ohas::search::addEach(Table &values, double each, const Table &counts) {
  for (size_t at = 0, size = values.size(); at < size; ++at)
    values[at] += each * counts[at];
}

void ohas::search::takeInside(Table &values, const Table &from,
                              const TileGrid &grid, unsigned d,
                              const TileGrid::CellLists &inside,
                              bool fromTheFirst) {
  unsigned cells = grid.cells(d);
  size_t stride = grid.stride(d), run = stride * cells;
  for (size_t begin = 0; begin < values.size(); begin += run)
    for (unsigned i = 0; i < cells; ++i) {
      unsigned cell = fromTheFirst ? i : cells - 1 - i;
      double *to = &values[begin + cell * stride];
      for (unsigned inner : inside[cell]) {
        const double *others = &from[begin + inner * stride];
        for (size_t at = 0; at < stride; ++at)
          to[at] = std::min(to[at], others[at]);
      }
    }
}

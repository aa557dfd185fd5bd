//===- LayoutCounts.cpp - How often terms count, of all tiles ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutBound.h"
#include <algorithm>

using namespace ohas::search;

template <typename Fn>
void LayoutBound::forEachTile(Table &values, Fn fn) const {
  values.resize(size_t(tiles.size()));
  tiles.forEachTile(
      [&](size_t at, const Cells &tile) { values[at] = fn(tile); });
}

/// Of each tile, the product of a term's visits and repeats: dim by dim, as all
/// cells of a dim have the same products along those before.
void LayoutBound::products(const Term &term, bool repeats, double factor,
                           Table &values) const {
  values.resize(size_t(tiles.size()));
  values[0] = factor;
  for (unsigned d : tiles.dimsByStride()) {
    size_t stride = tiles.stride(d);
    for (unsigned cell = tiles.cells(d); cell-- > 0;) {
      double along = 1;
      auto multiply = [&](const llvm::SmallVector<DimTable, 6> &tables) {
        for (const DimTable &table : tables)
          if (table.dim == d)
            along *= table.byCell[cell];
      };
      multiply(term.visits);
      if (repeats)
        multiply(term.repeats);
      for (size_t i = 0; i < stride; ++i)
        values[cell * stride + i] = values[i] * along;
    }
  }
}

void LayoutBound::counts(unsigned b, unsigned number, const LoopsAbove &above,
                         Table &values) const {
  const Term &term = boundaries[b].terms[number];
  if (!term.isSeparable() || above.stays[term.tensor])
    return forEachTile(
        values, [&](const Cells &tile) { return count(term, tile, above); });
  products(term, true, term.factor, values);
  for (double &value : values)
    value = std::max(value, term.least);
}

void LayoutBound::countsOnce(unsigned b, unsigned number, Table &values) const {
  const Term &term = boundaries[b].terms[number];
  if (!term.windows.empty())
    forEachTile(values, [&](const Cells &tile) {
      return std::max(term.least, leastOfWindows(term, tile) * term.factor *
                                      term.leastRepeats *
                                      (1 - term.lonelyShare(tile)));
    });
  else if (term.isProduct)
    products(term, false, term.leastElements * term.leastRepeats, values);
  else
    values.assign(size_t(tiles.size()), term.least);
}

void LayoutBound::countsAgain(unsigned b, unsigned number,
                              Table &values) const {
  const Term &term = boundaries[b].terms[number];
  if (!term.isSeparable())
    return forEachTile(
        values, [&](const Cells &tile) { return countAgain(b, number, tile); });
  // The difference of two products.
  products(term, true, term.leastElements, values);
  if (!term.isProduct) {
    for (double &value : values)
      value = std::max(value - term.least, 0.0);
    return;
  }
  Table elements;
  products(term, false, term.leastElements * term.leastRepeats, elements);
  for (size_t at = 0; at < values.size(); ++at)
    values[at] = std::max(values[at] - elements[at], 0.0);
}

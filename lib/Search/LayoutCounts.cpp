//===- LayoutCounts.cpp - How often terms count, of all tiles ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutBound.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <functional>

using namespace ohas::search;

template <typename Fn>
void LayoutBound::forEachTile(Table &values, Fn fn) const {
  values.resize(size_t(tiles.size()));
  tiles.forEachTile(
      [&](size_t at, const Cells &tile) { values[at] = fn(tile); });
}

/// Of each tile, what fn(d, cell) says of its dims together: dim by dim, as all
/// cells of a dim have the same along those before.
template <typename Fn, typename Join>
void LayoutBound::alongDims(Table &values, double start, Fn fn,
                            Join join) const {
  values.resize(size_t(tiles.size()));
  values[0] = start;
  for (unsigned d : tiles.dimsByStride()) {
    size_t stride = tiles.stride(d);
    for (unsigned cell = tiles.cells(d); cell-- > 0;) {
      double along = fn(d, cell);
      for (size_t i = 0; i < stride; ++i)
        values[cell * stride + i] = join(values[i], along);
    }
  }
}

/// The product of a term's visits and repeats.
void LayoutBound::products(const Term &term, bool repeats, double factor,
                           Table &values) const {
  auto along = [&](unsigned d, unsigned cell) {
    double product = 1;
    auto multiply = [&](const llvm::SmallVector<DimTable, 6> &tables) {
      for (const DimTable &table : tables)
        if (table.dim == d)
          product *= table.byCell[cell];
    };
    multiply(term.visits);
    if (repeats)
      multiply(term.repeats);
    return product;
  };
  alongDims(values, factor, along, std::multiplies<>());
}

void LayoutBound::counts(unsigned b, unsigned number, const LoopsAbove &above,
                         Table &values, Table &once) const {
  const Term &term = boundaries[b].terms[number];
  if (!term.isSeparable())
    return forEachTile(
        values, [&](const Cells &tile) { return count(term, tile, above); });
  products(term, true, term.factor, values);
  if (const LonelyTable *lonely = term.lonelyAlong(above.innermost)) {
    // What is alone along the dim of the loop need not come again.
    products(term, false, term.factor * term.leastRepeats, once);
    unsigned d = lonely->dim, cells = tiles.cells(d);
    size_t stride = tiles.stride(d), run = stride * cells;
    for (unsigned cell = 0; cell < cells; ++cell) {
      double share = lonely->share(cell, 0, 0, {}, above.outer);
      for (size_t begin = cell * stride; begin < values.size(); begin += run)
        for (size_t at = begin; at < begin + stride; ++at)
          values[at] -= share * std::max(0.0, values[at] - once[at]);
    }
  }
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

void LayoutBound::countsAgain(unsigned b, unsigned number, Table &values,
                              Table &once) const {
  const Term &term = boundaries[b].terms[number];
  if (!term.isSeparable() || !term.isProduct)
    return forEachTile(
        values, [&](const Cells &tile) { return countAgain(b, number, tile); });
  // The difference of two products.
  products(term, true, term.leastElements, values);
  products(term, false, term.leastElements * term.leastRepeats, once);
  for (size_t at = 0; at < values.size(); ++at)
    values[at] = std::max(values[at] - once[at], 0.0);
  if (term.lonely.empty())
    return;
  auto along = [&](unsigned d, unsigned cell) {
    const LonelyTable *lonely = term.lonelyAlong(d);
    return lonely ? lonely->share(cell, 0, 0, {}, LoopsAbove::Maybe) : 0;
  };
  Table &share = once;
  alongDims(share, 0, along, [](double a, double b) { return std::max(a, b); });
  for (size_t at = 0; at < values.size(); ++at)
    values[at] *= 1 - share[at];
}

//===- CrossingCounts.cpp - How often something crosses, by tile *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CrossingCounts.h"

using namespace ohas::search;

const Table &CrossingCounts::below(unsigned b, unsigned term,
                                   const LoopKind &kind) {
  constexpr int once = -1, anyLoop = -2;
  int tensor = bound.tensorOf(b, term), dim = kind.dim;
  bool matters = bound.isWindowed(tensor, dim) || bound.hasLonely(dim);
  int key = tensor == kind.stays ? once : matters ? dim : anyLoop;
  auto [entry, isNew] = counts.try_emplace(
      {b, term, key, key == dim ? kind.outer : LoopsAbove::Maybe});
  Table &table = entry->second;
  if (!isNew)
    return table;
  LoopsAbove above;
  above.innermost = above.moving[tensor] = dim;
  above.outer = kind.outer;
  table = pool.take();
  if (key == once)
    bound.countsOnce(b, term, table);
  else
    bound.counts(b, term, above, table, scratch);
  return table;
}

const Table &CrossingCounts::again(unsigned b, unsigned term) {
  auto [entry, isNew] = comingAgain.try_emplace({b, term});
  if (isNew) {
    entry->second = pool.take();
    bound.countsAgain(b, term, entry->second, scratch);
  }
  return entry->second;
}

const TileMask &CrossingCounts::loops(const LoopKind &kind) {
  auto loops = [&](const Cells &tile) {
    for (unsigned d = 0; d < grid.numDims(); ++d)
      if (kind.dims >> d & 1 && tile[d] != grid.last(d))
        return true;
    return false;
  };
  return masks.try_emplace(kind.dims, grid, pool, loops).first->second;
}

const TileMask &CrossingCounts::loopsFurtherOut(const LoopKind &kind) {
  auto mayBeAbove = [&](const Cells &tile) {
    return kind.mayLeadTo(tile, grid);
  };
  return outerMasks.try_emplace({kind.dim, kind.outer}, grid, pool, mayBeAbove)
      .first->second;
}

CrossingCounts::~CrossingCounts() {
  pool.giveBack(std::move(scratch));
  for (auto &[key, table] : counts)
    pool.giveBack(std::move(table));
  for (auto &[key, table] : comingAgain)
    pool.giveBack(std::move(table));
}

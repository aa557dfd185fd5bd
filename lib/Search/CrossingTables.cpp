//===- CrossingTables.cpp - What crosses costs, by the tile below *- C++ -*-==//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CrossingTables.h"

using namespace ohas::search;

const Table &CrossingTables::below(unsigned b, const LoopKind &kind) {
  auto [entry, isNew] = crossings.try_emplace({b, kind.dim, kind.outer});
  Table &values = entry->second;
  if (!isNew)
    return values;
  const LayoutBound &bound = counts.bound;
  const TileRoom &room = counts.room;
  values = counts.pool.take();
  double complete = bound.completion(what, b, true),
         incomplete = bound.completion(what, b, false);
  values.assign(size_t(counts.grid.size()), incomplete);
  for (size_t at = 0, size = values.size(); at < size && complete != incomplete;
       ++at)
    if (room.complete.allows(at))
      values[at] = complete;
  for (unsigned term = 0; term < bound.numTerms(b); ++term)
    if (double each = bound.perCount(what, b, term))
      addEach(values, each, counts.below(b, term, kind));
  counts.loops(kind).apply(values);
  room.narrow(b).apply(values);
  return values;
}

/// Calls fn(term, each) for those of a tensor that count, with what a count
/// adds.
template <typename Fn>
void CrossingTables::forEachTerm(unsigned b, unsigned tensor, Fn fn) const {
  for (unsigned term = 0; term < counts.bound.numTerms(b); ++term)
    if (counts.bound.tensorOf(b, term) == tensor)
      if (double each = counts.bound.perCount(what, b, term))
        fn(term, each);
}

const Table &CrossingTables::again(unsigned b, unsigned tensor) {
  auto [entry, isNew] = comingAgain.try_emplace({b, tensor});
  if (!isNew)
    return entry->second;
  Table &values = entry->second;
  values = counts.pool.take();
  values.assign(size_t(counts.grid.size()), 0);
  forEachTerm(b, tensor, [&](unsigned term, double each) {
    addEach(values, each, counts.again(b, term));
  });
  return values;
}

double CrossingTables::again(unsigned b, unsigned tensor,
                             const Cells &tile) const {
  double sum = 0;
  forEachTerm(b, tensor, [&](unsigned term, double each) {
    sum += each * counts.bound.countAgain(b, term, tile);
  });
  return sum;
}

CrossingTables::~CrossingTables() {
  for (auto &[key, table] : crossings)
    counts.pool.giveBack(std::move(table));
  for (auto &[key, table] : comingAgain)
    counts.pool.giveBack(std::move(table));
}

//===- CrossingCounts.h - How often something crosses, by tile --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_CROSSINGCOUNTS_H
#define OHAS_LIB_SEARCH_CROSSINGCOUNTS_H

#include "LayoutBound.h"
#include "TablePool.h"
#include "TileRoom.h"
#include <map>

namespace ohas::search {

/// An innermost loop, as far as it matters.
struct LoopKind {
  int dim;
  int stays;              ///< tensor, or -1
  unsigned dims;          ///< of all loops of the kind
  unsigned staying = ~0u; ///< dims that the tensor that stays does not have
  LoopsAbove::Outer outer = LoopsAbove::Maybe;

  /// May the tile above the loops have this size?
  bool mayLeadTo(const Cells &tile, const TileGrid &grid) const {
    return outer == LoopsAbove::Maybe ||
           (outer == LoopsAbove::No) == (tile[dim] == grid.last(dim));
  }
};

/// How often the terms of a layout's boundaries count at least, by the tile
/// below: each table is made when it is asked for, for all sums that weigh it.
class CrossingCounts {
public:
  CrossingCounts(LayoutBound &bound, const TileRoom &room, TablePool &pool)
      : bound(bound), grid(bound.grid()), room(room), pool(pool),
        scratch(pool.take()) {}
  CrossingCounts(CrossingCounts &&) = delete;
  ~CrossingCounts();

  /// Below loops of a kind; if the tensor stays, only once.
  const Table &below(unsigned b, unsigned term, const LoopKind &kind);
  /// How much more if the tensor, which stays, comes again: by the tile that is
  /// along its dims the one below, and along others the one above.
  const Table &again(unsigned b, unsigned term);
  /// The tiles that loops of a kind may be directly above; and those that they
  /// may lead to, where it matters whether others are further out.
  const TileMask &loops(const LoopKind &kind);
  const TileMask &loopsFurtherOut(const LoopKind &kind);

  const LayoutBound &bound;
  TileGrid &grid;
  const TileRoom &room;
  TablePool &pool;

private:
  Table scratch;
  /// By boundary, term, and the innermost loop as far as it matters.
  std::map<std::tuple<unsigned, unsigned, int, LoopsAbove::Outer>, Table>
      counts;
  std::map<std::pair<unsigned, unsigned>, Table> comingAgain;
  std::map<unsigned, TileMask> masks; ///< by the dims of the kind
  std::map<std::pair<int, LoopsAbove::Outer>, TileMask> outerMasks;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_CROSSINGCOUNTS_H

//===- TileRoom.h - Which tiles memories have room for ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TILEROOM_H
#define OHAS_LIB_SEARCH_TILEROOM_H

#include "LayoutBound.h"
#include "TablePool.h"
#include <optional>

namespace ohas::search {

/// Tiles of a grid: what those cost at least that may not be; nothing where all
/// may.
class TileMask {
public:
  template <typename Fn>
  TileMask(const TileGrid &grid, TablePool &pool, Fn allows)
      : pool(&pool), costs(pool.take()) {
    costs.resize(size_t(grid.size()));
    bool all = true;
    grid.forEachTile([&](size_t at, const Cells &tile) {
      bool allowed = allows(tile);
      costs[at] = allowed ? -impossible : impossible;
      all &= allowed;
    });
    if (all)
      allowAll();
  }
  /// All tiles.
  TileMask() = default;
  TileMask(TileMask &&) = default;
  ~TileMask() { allowAll(); }

  bool allowsAll() const { return costs.empty(); }
  bool allows(size_t at) const { return costs.empty() || costs[at] < 0; }
  /// Values of other tiles become impossible.
  void apply(Table &values) const {
    if (!allowsAll())
      takeMore(values, costs);
  }
  /// Every value of an allowed tile becomes no more than the other.
  void takeLesser(Table &values, const Table &others) const {
    if (allowsAll())
      return search::takeLesser(values, others);
    takeLesserOfMore(values, others, costs);
  }

private:
  void allowAll() {
    if (pool)
      pool->giveBack(std::move(costs));
    costs.clear();
  }

  TablePool *pool = nullptr;
  Table costs;
};

/// Which tiles the memories of a layout have room for, by boundary.
class TileRoom {
public:
  TileRoom(const LayoutBound &bound, TablePool &pool);

  /// See LayoutBound::isComplete.
  const TileMask complete;
  const TileMask &narrow(unsigned b) const { return masks[b].narrow; }
  /// Where the loops directly inside of the tile leave sums incomplete.
  const TileMask &wide(unsigned b) const {
    return masks[b].wide ? *masks[b].wide : masks[b].narrow;
  }

private:
  struct Masks {
    TileMask narrow;
    std::optional<TileMask> wide; ///< the same if nothing is wider
  };
  std::vector<Masks> masks;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TILEROOM_H

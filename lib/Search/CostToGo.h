//===- CostToGo.h - What lies inside a tile costs at least ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the loops directly above boundary b lead from a tile to a larger one,
// what crosses b is the sum of a function of the tile (of tensors that are
// fetched again for every tile) and one of the larger tile (of the tensor that
// stays while the innermost loops run). So the least cost inside of a tile is
// found from the inside out by a minimum over all smaller tiles, which runs
// along one dim after the other. Here a smaller tile need not divide the
// larger one, so this is a bound.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_COSTTOGO_H
#define OHAS_LIB_SEARCH_COSTTOGO_H

#include "LayoutBound.h"
#include "TablePool.h"
#include <map>

namespace ohas::search {

/// Which tiles the memories of a layout have room for, by boundary; none where
/// all fit. `wide`: where the loops directly inside of the tile leave sums
/// incomplete.
struct TileRoom {
  TileRoom(const LayoutBound &bound, const TileGrid &grid);

  static bool fits(const std::vector<bool> &room, size_t at) {
    return room.empty() || room[at];
  }
  std::vector<std::vector<bool>> narrow, wide;
  std::vector<bool> complete; ///< see LayoutBound::isComplete
};

class CostToGo {
public:
  using What = LayoutBound::What;
  /// Of energy and of time: what crosses is a sum of both.
  struct SumOf {
    CostToGo *energy, *time;
  };
  CostToGo(const LayoutBound &bound, TileGrid &grid, const TileRoom &room,
           TablePool &pool, What what, std::optional<SumOf> sumOf = {});
  CostToGo(CostToGo &&) = default;
  ~CostToGo();

  static constexpr double impossible = 1e300;

  /// Least sum over the boundaries below loop memory i (0: none, then the tile
  /// must be one) that has loops and a tile of this size above them, and
  /// `above` these.
  double below(unsigned i, const Cells &tile, const LoopsAbove &above) const;

  /// The same sum below loop memory i (at least 1) with its loops directly
  /// above the tile at this place of the grid, whichever these are, and that of
  /// its own boundary: no more than `below` and what crosses say of any of
  /// them.
  double belowLoops(unsigned i, size_t at) const { return looped[i][at]; }
  /// Where the innermost of these loops is of dim d.
  double belowLoops(unsigned i, unsigned d, size_t at) const {
    return loopedBy[i][standsFor[i][d]][at];
  }

  /// Pairs of a tile and one inside of it that were compared: each is the cost
  /// of a mapping inside of the tile, from that inside of the smaller one.
  uint64_t compared() const { return numCompared; }

private:
  using Table = TablePool::Table;
  /// An innermost loop, as far as it matters.
  struct Kind {
    int dim;
    int stays;              ///< tensor, or -1
    int moving;             ///< dim along which windows move, if they do
    unsigned dims;          ///< of all loops of the kind
    unsigned staying = ~0u; ///< dims that the tensor that stays does not have
    LoopsAbove::Outer outer = LoopsAbove::Maybe;
  };

  void takeSmaller(Table &values, const Table &from, unsigned d);
  void smaller(Table &values, unsigned memory, unsigned dims, unsigned strict);
  llvm::SmallVector<Kind, 8> kinds(unsigned memory) const;
  /// May the tile above loops of a kind have this size?
  bool allows(const Kind &kind, const Cells &tile) const {
    return kind.outer == LoopsAbove::Maybe ||
           (kind.outer == LoopsAbove::No) ==
               (tile[kind.dim] == grid.last(kind.dim));
  }
  const Table &crossing(unsigned b, const Kind &kind);
  const Table &crossingAgain(unsigned b, unsigned tensor);
  void addWay(const Table &inside, const Kind &kind, unsigned from, unsigned i);
  void runOthers(Table &values, unsigned i, const Kind &kind, unsigned start);
  void take(unsigned i, const Kind &kind, unsigned start);
  void takeWhole(const Kind &kind, unsigned start);
  void keepComplete(Table &values) const;
  void fill(unsigned i);
  unsigned outermost() const { return bound.loopMemories().size(); }

  const LayoutBound &bound;
  TileGrid &grid;
  const TileRoom &room;
  TablePool &pool;
  What what;
  std::optional<SumOf> sumOf; ///< while tables are made
  size_t size;
  uint64_t numCompared = 0;
  /// What crosses a boundary, by its number and the dim of the kind of loops
  /// above it, and whether others are further out.
  std::map<std::tuple<unsigned, int, LoopsAbove::Outer>, Table> crossings;
  /// And what of a tensor comes again.
  std::map<std::pair<unsigned, unsigned>, Table> crossingsAgain;
  /// By loop memory: least cost, of the outermost one below the whole alone;
  /// and by the tile below its loops.
  std::vector<Table> least, looped;
  /// The latter by the dim of the innermost loop, or one that stands for it.
  std::vector<std::array<Table, cost::numDims>> loopedBy;
  std::vector<std::array<uint8_t, cost::numDims>> standsFor;
  /// The same, but for the tensor that stays coming again, where the loops are
  /// all of dims that it does not depend on, so that what is further out
  /// counts: by memory, tensor, and the first boundary where it stays.
  std::vector<std::array<std::vector<Table>, cost::numTensors>> pure;
  /// By the tile below the loops that are being put; and what is made of it.
  Table values, alone, complete, same, way;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_COSTTOGO_H

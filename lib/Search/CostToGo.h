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

#include "CrossingTables.h"

namespace ohas::search {

class CostToGo {
public:
  /// `crossings` are asked for while the tables are made.
  explicit CostToGo(CrossingTables &crossings);
  CostToGo(CostToGo &&) = default;
  ~CostToGo();

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

  /// Sums for complete mappings that were made and compared: of one that
  /// differs from others in the loops of the outermost memory, in where the
  /// next ones are, or from where on the tensor stays.
  uint64_t completeCosts() const { return numComplete; }

private:
  class Maker;

  const LayoutBound &bound;
  const TileGrid &grid;
  TablePool &pool;
  LayoutBound::What what;
  uint64_t numComplete = 0;
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
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_COSTTOGO_H

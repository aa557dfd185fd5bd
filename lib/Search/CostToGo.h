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

namespace ohas::search {

class CostToGo {
public:
  using What = LayoutBound::What;
  CostToGo(const LayoutBound &bound, TileGrid &grid, What what);

  static constexpr double impossible = 1e300;

  /// Least sum over the boundaries below loop memory i (0: none, then the tile
  /// must be one) that has loops and a tile of this size above them. `outer`:
  /// the tensor that stays in the innermost loops further out, or -1.
  double below(unsigned i, const Cells &tile, int outer) const;

  /// The memories at boundary b have room.
  bool fits(unsigned b, const Cells &tile) const {
    return room[b].empty() || room[b][position(tile)];
  }

private:
  size_t position(const Cells &tile) const;
  template <typename Fn> void forEachTile(Fn fn) const;
  void smallest(std::vector<double> &values, unsigned memory,
                unsigned dims) const;
  void fill(unsigned i);

  const LayoutBound &bound;
  TileGrid &grid;
  What what;
  size_t size;
  std::vector<std::vector<bool>> room;
  /// By loop memory: least cost, and the same where its loops are all of dims
  /// that a tensor does not depend on, so that what is further out counts.
  std::vector<std::vector<double>> least;
  std::vector<std::array<std::vector<double>, cost::numTensors>> pure;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_COSTTOGO_H

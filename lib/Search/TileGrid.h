//===- TileGrid.h - Tiles that differ in what loops above them --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TILEGRID_H
#define OHAS_LIB_SEARCH_TILEGRID_H

#include "Layout.h"
#include "ohas/Search/Mapper.h"
#include "llvm/ADT/DenseMap.h"

namespace ohas::search {

/// Cells of a tile, by dim of the problem.
using Cells = std::array<uint16_t, cost::numDims>;

/// The temporal extents that a tile may have along each dim, in cells: extents
/// that leave equally many trips to the loops above are one cell. Where that
/// makes too many tiles, neighbouring cells are joined; a bound takes the best
/// of each cell, so it is looser then.
class TileGrid {
public:
  /// So many tiles at most, for a bound that is as tight as it gets.
  static constexpr size_t finest = 1 << 13;
  /// `trips`: what the fan-outs leave of each dim of the problem.
  TileGrid(const MappingProblem &problem, const DimBounds &trips,
           Factors factors, size_t mostTiles = finest);
  /// No cells were joined.
  bool isFine() const { return fine; }

  unsigned numDims() const { return axes.size(); }
  unsigned cells(unsigned d) const { return axes[d].smallest.size(); }
  unsigned last(unsigned d) const { return cells(d) - 1; }
  int64_t trips(unsigned d) const { return axes[d].trips; }
  /// The smallest extent of a cell.
  int64_t extent(unsigned d, unsigned cell) const {
    return axes[d].smallest[cell];
  }
  int64_t smallest(unsigned d, unsigned cell) const {
    return axes[d].smallest[cell];
  }
  /// The largest extent of a cell that loops can reach.
  int64_t largest(unsigned d, unsigned cell) const {
    return axes[d].largest[cell];
  }
  /// The cell of an extent of 1 to trips(d).
  unsigned cellOf(unsigned d, int64_t extent) const;

  /// Tiles in all; may be more than fit anywhere.
  double size() const;
  size_t stride(unsigned d) const { return axes[d].stride; }
  /// The dims from the one whose cells are next to each other on: those of many
  /// cells come first, as a pass along another dim then has long runs.
  llvm::ArrayRef<uint8_t> dimsByStride() const { return order; }
  /// The place of a tile in their order.
  size_t position(const Cells &tile) const {
    size_t at = 0;
    for (unsigned d = 0; d < axes.size(); ++d)
      at += tile[d] * axes[d].stride;
    return at;
  }
  /// Calls fn(place, tile) for all of them.
  template <typename Fn> void forEachTile(Fn fn) const {
    Cells tile = {};
    for (size_t at = 0, end = size_t(size()); at < end; ++at) {
      fn(at, tile);
      for (unsigned d : order) {
        if (++tile[d] < cells(d))
          break;
        tile[d] = 0;
      }
    }
  }

  /// An extent, the cell that it is in, and the trips of a loop from there to a
  /// tile further out.
  struct Inner {
    int64_t extent, bound;
    uint16_t cell;
  };
  /// Extents, ascending, that loops inside a tile of `extent` (all trips:
  /// anything that reaches as far) may leave for a tile further in.
  llvm::ArrayRef<Inner> inner(unsigned d, int64_t extent);
  /// By cell, ascending: the cells that loops of one memory may leave inside
  /// for some extent of it, with more than one trip.
  using CellLists = std::vector<llvm::SmallVector<uint16_t, 8>>;
  struct Below {
    CellLists all, nearest;
    unsigned numAll = 0, numNearest = 0;
    /// All others are inside of one of the nearest ones; else these are all.
    bool passesOn = false;
  };
  const Below &below(unsigned d) {
    if (axes[d].below.all.empty())
      findBelow(d);
    return axes[d].below;
  }

private:
  struct Axis {
    int64_t trips = 1;
    size_t stride = 1;
    llvm::SmallVector<int64_t, 32> smallest, largest; ///< by cell
    llvm::SmallVector<int64_t, 32> reachable; ///< by loops from the inside
    Below below;                              ///< if asked
  };
  void join(Axis &axis);
  bool mayLead(const Axis &axis, int64_t inner, int64_t extent) const;
  void findBelow(unsigned d);

  llvm::SmallVector<Axis, cost::numDims> axes;
  llvm::SmallVector<uint8_t, cost::numDims> order; ///< see dimsByStride
  Factors factors;
  bool fine = true;
  std::array<llvm::DenseMap<int64_t, llvm::SmallVector<Inner, 8>>,
             cost::numDims>
      innerOf;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TILEGRID_H

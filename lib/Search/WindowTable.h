//===- WindowTable.h - Elements of windows over all tiles -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_WINDOWTABLE_H
#define OHAS_LIB_SEARCH_WINDOWTABLE_H

#include "TileGrid.h"

namespace ohas::search {

/// Where a loop along some dim has a single value for some copies: only in the
/// last step of the loop at the dim's end, and only where the last index has
/// the first value there, or the second one, which then does not exist for all
/// copies inside.
struct SingleTiles {
  enum Digit : uint8_t { Unknown, First, Second, Later };
  Digit last = Unknown;
  /// Indices in that step, in one tile inside, and copies of it in a step.
  int64_t rest = 0, tile = 1, copies = 1;
};

/// The runs of a loop along a dim of `size`: so many trips, each of `step`
/// indices in all copies together.
struct LoopRuns {
  int64_t size, trips, step;
  /// Indices in the run that the end of the dim cuts off; 0: there is none.
  int64_t cutOff() const { return size % (trips * step); }
  int64_t complete() const { return size / (trips * step); }
  /// Indices that are in no first trip.
  int64_t notFirst() const {
    return size - complete() * step - std::min(cutOff(), step);
  }
};

/// Elements of a window axis over all tiles: of whole tiles, and only what is
/// new in each if it moves along the position, or along the kernel; `...Cut`:
/// what is not sure of that in a sweep that the end of the dim cuts off.
struct WindowTable {
  uint8_t position, kernel; ///< dims of the problem
  int64_t positionReach, kernelReach = 1, stride, dilation = 1, reach;
  unsigned columns; ///< cells of the kernel dim
  double distinct;  ///< of all tiles together
  /// To several lanes that have elements in common: then elements that come
  /// back from further away may be fewer new ones.
  bool presented = false;
  /// Tiles of one step along the dims.
  int64_t positionSteps = 1, kernelSteps = 1;
  /// No copies share the axis, and no move by kernel indices is as far as one
  /// by positions alone: then most tiles of one coordinate follow upon others.
  bool strides = false;
  /// No other axis of the term has lanes that present, nor does this one's
  /// kernel loop, and tiles that are not next to each other along the position
  /// have nothing in common: where another dim moves on as well, no less is new
  /// than from one position to the next.
  bool onlyNeighbours = false;
  /// Copies that take elements together have neighbouring positions.
  bool merged = false;
  /// Kernel indices of a tile, if these follow upon each other and upon those
  /// of the next tile, by cell; 0: not known.
  llvm::SmallVector<int64_t, 8> kernelTiles;
  int64_t positions = 1, indices = 1; ///< of all tiles together
  std::vector<double> whole, byPosition, byKernel;
  std::vector<double> kernelCut;
  /// Of lanes that present: of all sweeps that are cut off.
  std::vector<double> positionCut, sweepLoss;
  /// So many sweeps along the kernel are cut off at most.
  double cutIndices = 1;
  /// Share of the positions that are not in the first tile of a sweep, at
  /// least, by cell.
  llvm::SmallVector<double, 32> notFirst;
  /// Along the kernel of all positions, first tiles included.
  std::vector<double> kernelOfAll;
  llvm::SmallVector<double, 8> blocks;  ///< of the kernel, by cell
  llvm::SmallVector<double, 32> groups; ///< of positions, by cell

  size_t at(const Cells &tile) const {
    return size_t(tile[position]) * columns + tile[kernel];
  }
  /// New elements of a tile of `r` indices after one of `before`, where the
  /// windows of all positions are in so many groups.
  double freshAlongKernel(double groups, int64_t before, int64_t r) const {
    int64_t between = before < stride
                          ? r - std::clamp<int64_t>(before + r - stride, 0, r)
                          : 0;
    return (double(positions) - groups) * double(between) + groups * double(r);
  }
  /// Of sweeps of `trips` tiles along the kernel, of which the first tile is
  /// all new in one of `others`.
  double sweepsAlongKernel(const Cells &tile, double groups, int64_t trips,
                           double others) const;
  /// Of tiles of one coordinate that strides move: all that the tile before
  /// them did not have, at least.
  double otherCoordinates(const Cells &tile, bool alongKernel,
                          int64_t trips) const;
  /// All but the first tiles of sweeps along the kernel. Trips: 0 if unknown.
  double alongKernel(size_t at, int64_t trips, const SingleTiles &single) const;
  /// The same along the position.
  double alongPosition(const Cells &tile, int64_t trips,
                       const SingleTiles &single) const;
  /// Sweeps along the position from a tile to `top`, first tiles included: what
  /// is in a sweep's tiles together, but for what its first tile has in common
  /// with the last one of the sweep before, at a distance of the others.
  enum Start { Anywhere, Apart, Anew };
  /// Anywhere: a sweep may go on where the one before ended; Anew: it has
  /// nothing in common with it.
  double sweepsAlongPosition(const Cells &tile, const Cells &top,
                             const TileGrid &grid, int64_t trips,
                             const SingleTiles &single, Start start) const;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_WINDOWTABLE_H

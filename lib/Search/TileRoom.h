//===- TileRoom.h - Which tiles memories have room for ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TILEROOM_H
#define OHAS_LIB_SEARCH_TILEROOM_H

#include "LayoutBound.h"
#include <algorithm>
#include <vector>

namespace ohas::search {

/// What costs this much or more cannot be.
inline constexpr double impossible = 1e300;

/// Tiles of a grid: what those cost at least that may not be; nothing where all
/// may.
class TileMask {
public:
  TileMask() = default;
  template <typename Fn> TileMask(const TileGrid &grid, Fn allows) {
    costs.resize(size_t(grid.size()));
    bool all = true;
    grid.forEachTile([&](size_t at, const Cells &tile) {
      bool allowed = allows(tile);
      costs[at] = allowed ? -impossible : impossible;
      all &= allowed;
    });
    if (all)
      costs.clear();
  }
  bool allowsAll() const { return costs.empty(); }
  bool allows(size_t at) const { return costs.empty() || costs[at] < 0; }
  /// Values of other tiles become impossible.
  void apply(std::vector<double> &values) const {
    for (size_t at = 0, size = costs.size(); at < size; ++at)
      values[at] = std::max(values[at], costs[at]);
  }
  /// Every value of an allowed tile becomes no more than the other.
  void takeLesser(std::vector<double> &values,
                  const std::vector<double> &others) const {
    if (allowsAll())
      for (size_t at = 0, size = values.size(); at < size; ++at)
        values[at] = std::min(values[at], others[at]);
    for (size_t at = 0, size = costs.size(); at < size; ++at)
      values[at] = std::min(values[at], std::max(others[at], costs[at]));
  }

private:
  std::vector<double> costs;
};

/// Which tiles the memories of a layout have room for, by boundary. `wide`:
/// where the loops directly inside of the tile leave sums incomplete.
struct TileRoom {
  TileRoom(const LayoutBound &bound, const TileGrid &grid);

  std::vector<TileMask> narrow, wide;
  TileMask complete; ///< see LayoutBound::isComplete
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TILEROOM_H

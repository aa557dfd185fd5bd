//===- TileRoom.cpp - Which tiles memories have room for --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileRoom.h"

using namespace ohas::search;

TileRoom::TileRoom(const LayoutBound &bound, const TileGrid &grid)
    : complete(grid,
               [&](const Cells &tile) { return bound.isComplete(tile); }) {
  for (unsigned b = 0; b <= bound.loopMemories().size(); ++b) {
    auto fits = [&](unsigned reducing) {
      if (bound.alwaysFits(b))
        return TileMask();
      return TileMask(grid, [&](const Cells &tile) {
        return bound.fits(b, tile, reducing);
      });
    };
    narrow.push_back(fits(0));
    wide.push_back(fits(b));
  }
}

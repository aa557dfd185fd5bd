//===- TileRoom.cpp - Which tiles memories have room for --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileRoom.h"

using namespace ohas::search;

TileRoom::TileRoom(const LayoutBound &bound, TablePool &pool)
    : complete(bound.grid(), pool,
               [&](const Cells &tile) { return bound.isComplete(tile); }) {
  for (unsigned b = 0; b <= bound.loopMemories().size(); ++b) {
    auto fits = [&](unsigned reducing) {
      return TileMask(bound.grid(), pool, [&](const Cells &tile) {
        return bound.fits(b, tile, reducing);
      });
    };
    Masks &here = masks.emplace_back(
        Masks{bound.alwaysFits(b) ? TileMask() : fits(0), {}});
    if (bound.mayWiden(b))
      here.wide.emplace(fits(b));
  }
}

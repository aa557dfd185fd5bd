//===- Tile.cpp - What a level holds of a tensor ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Validity.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::cost;

int64_t ohas::cost::tileElements(const Workload &workload,
                                 const Mapping &mapping, unsigned level,
                                 Tensor tensor) {
  // The tile at the origin is the largest: it is the tensor of a workload that
  // is as large as the loops at and below the level.
  Workload tile = workload;
  for (Dim dim : allDims) {
    int64_t extent = 1, size = workload.size(dim);
    for (size_t i = level; i < mapping.levels.size(); ++i)
      for (const Loop &loop : mapping.levels[i].loops)
        if (loop.dim == dim && llvm::MulOverflow(extent, loop.bound, extent))
          extent = size; // beyond any size
    tile.size(dim) = std::min(extent, size);
  }
  return tile.elements(tensor);
}

//===- CostToGo.cpp - What lies inside a tile costs at least ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostToGo.h"
#include <algorithm>

using namespace ohas::search;
using namespace ohas::cost;

static constexpr unsigned allTensorsMask = (1u << numTensors) - 1;

size_t CostToGo::position(const Cells &tile) const {
  size_t at = 0;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    at += tile[d] * grid.stride(d);
  return at;
}

template <typename Fn> void CostToGo::forEachTile(Fn fn) const {
  Cells tile = {};
  for (size_t at = 0; at < size; ++at) {
    fn(at, tile);
    for (unsigned d = 0; d < grid.numDims(); ++d) {
      if (++tile[d] < grid.cells(d))
        break;
      tile[d] = 0;
    }
  }
}

/// Every value becomes the least of those at tiles no larger along `dims`.
void CostToGo::smallest(std::vector<double> &values, unsigned memory,
                        unsigned dims) const {
  for (unsigned d = 0; d < grid.numDims(); ++d) {
    if (!(dims >> d & 1) || !bound.mayLoop(memory, d))
      continue;
    size_t stride = grid.stride(d), run = stride * grid.cells(d);
    for (size_t from = 0; from < size; from += run)
      for (size_t at = from + stride; at < from + run; ++at)
        values[at] = std::min(values[at], values[at - stride]);
  }
}

namespace {
/// An innermost loop, as far as it matters.
struct Kind {
  int dim;
  int stays;  ///< tensor, or -1
  int moving; ///< dim along which windows move, if they do
  unsigned dims; ///< of all loops of the kind
};
} // namespace

void CostToGo::fill(unsigned i) {
  unsigned memory = i - 1; // in loopMemories
  Cells whole;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    whole[d] = grid.last(d);
  llvm::SmallVector<Kind, 8> kinds;
  for (unsigned d = 0; d < grid.numDims(); ++d) {
    if (!bound.mayLoop(memory, d) || grid.last(d) == 0)
      continue;
    Kind kind = {int(d), -1, -1, 1u << d};
    for (unsigned t = 0; t < numTensors; ++t)
      if (bound.isIrrelevant(t, d))
        kind.stays = t;
    for (unsigned t = 0; t < numTensors; ++t)
      if (bound.isWindowed(t, d))
        kind.moving = d;
    bool known = false;
    for (Kind &other : kinds)
      if (other.stays == kind.stays && other.moving < 0 && kind.moving < 0 &&
          !bound.hasLonely()) {
        other.dims |= kind.dims;
        known = true;
      }
    if (!known)
      kinds.push_back(kind);
  }
  std::vector<double> values(size);
  for (const Kind &kind : kinds) {
    LoopsAbove above;
    above.innermost = kind.dim;
    for (unsigned t = 0; t < numTensors; ++t)
      if (int(t) != kind.stays)
        above.moving[t] = kind.dim;
    unsigned staying = kind.stays < 0 ? 0 : 1u << kind.stays;
    unsigned others = allTensorsMask & ~staying;
    for (unsigned from = 0; from < i; ++from) {
      forEachTile([&](size_t at, const Cells &tile) {
        double &value = values[at];
        value = impossible;
        if (from == 0) {
          if (at != 0)
            return;
          value = 0;
        } else {
          value = least[from][at];
          if (kind.stays >= 0)
            value = std::min(value, pure[from][kind.stays][at]);
        }
        bool loops = false;
        for (unsigned d = 0; d < grid.numDims(); ++d)
          loops |= kind.dims >> d & 1 && tile[d] != grid.last(d);
        if (value == impossible || !loops)
          return void(value = impossible);
        for (unsigned b = from; b < i; ++b) {
          if (!room[b].empty() && !room[b][at])
            return void(value = impossible);
          value += bound.crossOnly(what, b, tile, above, others);
          if (what == What::Energy)
            value += bound.completionFj(b, tile);
        }
      });
      std::vector<double> alone;
      if (kind.stays >= 0) {
        alone = values;
        unsigned dims = 0;
        for (unsigned d = 0; d < grid.numDims(); ++d)
          if (bound.isIrrelevant(kind.stays, d))
            dims |= 1u << d;
        smallest(alone, memory, dims);
      }
      smallest(values, memory, ~0u);
      double far = 0;
      if (kind.stays >= 0)
        for (unsigned b = from; b < i; ++b)
          far += bound.crossStaying(what, b, whole, kind.stays);
      forEachTile([&](size_t at, const Cells &tile) {
        if (values[at] == impossible || (!room[i].empty() && !room[i][at]))
          return;
        double value = values[at];
        if (kind.stays >= 0) {
          for (unsigned b = from; b < i; ++b)
            value += bound.crossStaying(what, b, tile, kind.stays);
          pure[i][kind.stays][at] =
              std::min(pure[i][kind.stays][at], alone[at] + far);
        }
        least[i][at] = std::min(least[i][at], value);
      });
    }
  }
}

CostToGo::CostToGo(const LayoutBound &bound, TileGrid &grid, What what)
    : bound(bound), grid(grid), what(what), size(size_t(grid.size())) {
  unsigned memories = bound.loopMemories().size();
  room.resize(memories + 1);
  least.resize(memories + 1);
  pure.resize(memories + 1);
  for (unsigned b = 0; b <= memories; ++b) {
    room[b].resize(size);
    bool all = true;
    forEachTile([&](size_t at, const Cells &tile) {
      room[b][at] = bound.fits(b, tile);
      all &= room[b][at];
    });
    if (all)
      room[b].clear();
  }
  for (unsigned i = 1; i <= memories; ++i) {
    least[i].assign(size, impossible);
    for (std::vector<double> &values : pure[i])
      values.assign(size, impossible);
    fill(i);
  }
}

double CostToGo::below(unsigned i, const Cells &tile, int outer) const {
  size_t at = position(tile);
  if (i == 0)
    return at == 0 ? 0 : impossible;
  double value = least[i][at];
  if (outer >= 0)
    value = std::min(value, pure[i][outer][at]);
  return value;
}

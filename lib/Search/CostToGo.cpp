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

TileRoom::TileRoom(const LayoutBound &bound, const TileGrid &grid) {
  for (auto *rooms : {&narrow, &wide})
    for (unsigned b = 0; b <= bound.loopMemories().size(); ++b) {
      std::vector<bool> &room = rooms->emplace_back(size_t(grid.size()));
      bool all = true;
      grid.forEachTile([&](size_t at, const Cells &tile) {
        room[at] = bound.fits(b, tile, rooms == &wide ? b : 0);
        all &= room[at];
      });
      if (all)
        room.clear();
    }
}

/// Every value becomes no more than any of `from` (which may be the same table)
/// at tiles that a loop along dim d leaves inside.
void CostToGo::takeSmaller(Table &values, const Table &from, unsigned d) const {
  size_t stride = grid.stride(d), run = stride * grid.cells(d);
  // From the largest on, so that values further in are yet to change.
  for (unsigned cell = grid.cells(d); cell-- > 0;)
    for (unsigned below : grid.smaller(d, cell))
      for (size_t begin = 0; begin < size; begin += run) {
        double *to = &values[begin + cell * stride];
        const double *inner = &from[begin + below * stride];
        for (size_t i = 0; i < stride; ++i)
          to[i] = std::min(to[i], inner[i]);
      }
}

/// Every value becomes the least of those at tiles that loops of `memory` along
/// `dims` leave inside, one of them along one of `strict`.
void CostToGo::smaller(Table &values, unsigned memory, unsigned dims,
                       unsigned strict) {
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (dims & ~strict & 1u << d && bound.mayLoop(memory, d))
      takeSmaller(values, values, d);
  same.swap(values);
  values.assign(size, impossible);
  bool any = false;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (strict >> d & 1 && bound.mayLoop(memory, d)) {
      if (any)
        takeSmaller(values, values, d);
      takeSmaller(values, same, d);
      any = true;
    }
}

/// The kinds of innermost loops that memory may have.
llvm::SmallVector<CostToGo::Kind, 8> CostToGo::kinds(unsigned memory) const {
  llvm::SmallVector<Kind, 8> kinds;
  for (unsigned d = 0; d < grid.numDims(); ++d) {
    if (!bound.mayLoop(memory, d) || grid.last(d) == 0)
      continue;
    Kind kind = {int(d), -1, -1, 1u << d};
    for (unsigned t = 0; t < numTensors; ++t) {
      if (bound.isIrrelevant(t, d))
        kind.stays = t;
      if (bound.isWindowed(t, d))
        kind.moving = d;
    }
    bool known = false;
    for (Kind &other : kinds)
      if (other.stays == kind.stays && other.moving < 0 && kind.moving < 0 &&
          !bound.hasLonely(d) && !bound.hasLonely(other.dim)) {
        other.dims |= kind.dims;
        known = true;
      }
    if (known)
      continue;
    kinds.push_back(kind);
    if (!bound.lonelyDependsOnOuter(d))
      continue;
    kinds.back().outer = LoopsAbove::No;
    kind.outer = LoopsAbove::Yes;
    kinds.push_back(kind);
  }
  return kinds;
}

/// By the tile below boundary b, of the tensor that stays only once.
const CostToGo::Table &CostToGo::crossing(unsigned b, const Kind &kind) {
  auto [entry, isNew] = crossings.try_emplace({b, kind.dim, kind.outer});
  Table &values = entry->second;
  if (!isNew)
    return values;
  values = pool.take();
  LoopsAbove above;
  above.innermost = kind.dim;
  above.outer = kind.outer;
  for (unsigned t = 0; t < numTensors; ++t)
    if (int(t) != kind.stays)
      above.moving[t] = kind.dim;
  unsigned others = allTensorsMask & ~(kind.stays < 0 ? 0u : 1u << kind.stays);
  values.resize(size);
  grid.forEachTile([&](size_t at, const Cells &tile) {
    double &value = values[at];
    bool loops = false;
    for (unsigned d = 0; d < grid.numDims(); ++d)
      loops |= kind.dims >> d & 1 && tile[d] != grid.last(d);
    if (!loops || !TileRoom::fits(room.narrow[b], at)) {
      value = impossible;
      return;
    }
    value = bound.crossOnly(what, b, tile, above, others) +
            bound.completion(what, b, tile);
    if (kind.stays >= 0)
      value += bound.crossOnce(what, b, tile, kind.stays);
  });
  return values;
}

/// Adds what crosses boundaries from ... i - 1. False if nothing is possible.
bool CostToGo::addCrossing(Table &values, const Kind &kind, unsigned from,
                           unsigned i) {
  for (unsigned b = from; b < i; ++b) {
    const Table &crossing = this->crossing(b, kind);
    for (size_t at = 0; at < size; ++at)
      values[at] += crossing[at];
  }
  bool any = false;
  for (double value : values)
    any |= value < impossible;
  return any;
}

/// Takes over a way to put loops of a kind at loop memory i: `values` by the
/// tile below them, and the boundaries from `start` on share the tensor that
/// stays.
void CostToGo::take(unsigned i, const Kind &kind, unsigned start) {
  unsigned memory = i - 1;
  for (size_t at = 0; at < size; ++at)
    looped[i][at] = std::min(looped[i][at], values[at]);
  if (kind.stays >= 0) {
    alone = values;
    unsigned dims = 0;
    for (unsigned d = 0; d < grid.numDims(); ++d)
      if (bound.isIrrelevant(kind.stays, d))
        dims |= 1u << d;
    smaller(alone, memory, dims, kind.dims);
    Table &known = pure[i][kind.stays][start];
    if (known.empty())
      (known = pool.take()).assign(size, impossible);
    grid.forEachTile([&](size_t at, const Cells &tile) {
      if (alone[at] < known[at] && TileRoom::fits(room.narrow[i], at) &&
          allows(kind, tile))
        known[at] = alone[at];
    });
  }
  // Where there is no room for incomplete sums, only tiles inside which are
  // complete will do.
  if (!room.wide[i].empty()) {
    complete = values;
    grid.forEachTile([&](size_t at, const Cells &tile) {
      if (!bound.isComplete(tile))
        complete[at] = impossible;
    });
    smaller(complete, memory, ~0u, kind.dims);
  }
  smaller(values, memory, ~0u, kind.dims);
  grid.forEachTile([&](size_t at, const Cells &tile) {
    if (!TileRoom::fits(room.narrow[i], at) || !allows(kind, tile))
      return;
    bool roomy = TileRoom::fits(room.wide[i], at);
    double value = roomy ? values[at] : complete[at];
    if (value >= least[i][at])
      return;
    for (unsigned b = start; kind.stays >= 0 && b < i; ++b)
      value += bound.crossAgain(what, b, tile, kind.stays);
    least[i][at] = std::min(least[i][at], value);
  });
}

void CostToGo::fill(unsigned i) {
  for (const Kind &kind : kinds(i - 1))
    for (unsigned from = 0; from < i; ++from) {
      if (from == 0) {
        values.assign(size, impossible);
        values[0] = 0;
      } else {
        values = least[from];
      }
      if (addCrossing(values, kind, from, i))
        take(i, kind, from);
      // The loops at `from` may all leave the same tensor in place.
      for (unsigned start = 0; kind.stays >= 0 && start < from; ++start) {
        if (pure[from][kind.stays][start].empty())
          continue;
        values = pure[from][kind.stays][start];
        if (addCrossing(values, kind, from, i))
          take(i, kind, start);
      }
    }
}

CostToGo::CostToGo(const LayoutBound &bound, TileGrid &grid,
                   const TileRoom &room, TablePool &pool, What what)
    : bound(bound), grid(grid), room(room), pool(pool), what(what),
      size(size_t(grid.size())) {
  unsigned memories = bound.loopMemories().size();
  for (Table *table : {&values, &alone, &complete, &same})
    *table = pool.take();
  least.resize(memories + 1);
  looped.resize(memories + 1);
  pure.resize(memories + 1);
  for (unsigned i = 1; i <= memories; ++i) {
    for (auto *tables : {&least, &looped})
      ((*tables)[i] = pool.take()).assign(size, impossible);
    for (auto &starts : pure[i])
      starts.resize(i);
    fill(i);
  }
  for (Table *table : {&values, &alone, &complete, &same})
    pool.giveBack(std::move(*table));
  for (auto &[key, table] : crossings)
    pool.giveBack(std::move(table));
  crossings.clear();
}

CostToGo::~CostToGo() {
  for (auto *tables : {&least, &looped})
    for (Table &table : *tables)
      pool.giveBack(std::move(table));
  for (auto &tensors : pure)
    for (auto &starts : tensors)
      for (Table &table : starts)
        pool.giveBack(std::move(table));
}

double CostToGo::below(unsigned i, const Cells &tile,
                       const LoopsAbove &above) const {
  size_t at = grid.position(tile);
  if (i == 0)
    return at == 0 ? 0 : impossible;
  double value = least[i][at];
  int staying = above.staying;
  if (staying == LoopsAbove::none)
    return value;
  for (unsigned start = 0; start < i; ++start) {
    if (pure[i][staying][start].empty())
      continue;
    double once = pure[i][staying][start][at];
    for (unsigned b = start; b < i && once < value; ++b)
      once += bound.crossAgain(what, b, *above.stays[staying], staying, &above);
    value = std::min(value, once);
  }
  return value;
}

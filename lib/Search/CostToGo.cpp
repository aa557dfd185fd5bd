//===- CostToGo.cpp - What lies inside a tile costs at least ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostToGo.h"
#include "llvm/ADT/STLExtras.h"
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
  complete.resize(size_t(grid.size()));
  grid.forEachTile([&](size_t at, const Cells &tile) {
    complete[at] = bound.isComplete(tile);
  });
}

/// Every value becomes no more than that of the same tile.
static void takeLesser(std::vector<double> &values,
                       const std::vector<double> &others) {
  for (size_t at = 0, size = values.size(); at < size; ++at)
    values[at] = std::min(values[at], others[at]);
}

/// Every value becomes no more than any of `from` (which may be the same table)
/// at tiles that a loop along dim d leaves inside.
void CostToGo::takeSmaller(Table &values, const Table &from, unsigned d) {
  unsigned cells = grid.cells(d);
  size_t stride = grid.stride(d), run = stride * cells;
  for (unsigned cell = 0; cell < cells; ++cell)
    numCompared += grid.smaller(d, cell).size() * (size / cells);
  for (size_t begin = 0; begin < size; begin += run)
    // From the largest on, so that values further in are yet to change.
    for (unsigned cell = cells; cell-- > 0;) {
      double *to = &values[begin + cell * stride];
      const double *inner = &from[begin];
      if (stride == 1) {
        double least = *to;
        for (unsigned below : grid.smaller(d, cell))
          least = std::min(least, inner[below]);
        *to = least;
        continue;
      }
      for (unsigned below : grid.smaller(d, cell))
        for (size_t i = 0; i < stride; ++i)
          to[i] = std::min(to[i], inner[below * stride + i]);
    }
}

/// Every value becomes the least of those at tiles that loops of `memory` along
/// `dims` leave inside, one of them along one of `strict`.
void CostToGo::smaller(Table &values, unsigned memory, unsigned dims,
                       unsigned strict) {
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (dims & ~strict & 1u << d && bound.mayLoop(memory, d))
      takeSmaller(values, values, d);
  if (strict == 0)
    return;
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
    for (unsigned other = 0; other < grid.numDims(); ++other)
      if (kind.stays >= 0 && !bound.isIrrelevant(kind.stays, other))
        kind.staying &= ~(1u << other);
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
  values.resize(size);
  if (sumOf) {
    const Table &energy = sumOf->energy->crossing(b, kind),
                &time = sumOf->time->crossing(b, kind);
    for (size_t at = 0; at < size; ++at)
      values[at] =
          time[at] < impossible ? what.fj * energy[at] + time[at] : impossible;
    return values;
  }
  LoopsAbove above;
  above.innermost = kind.dim;
  above.outer = kind.outer;
  for (unsigned t = 0; t < numTensors; ++t)
    if (int(t) != kind.stays)
      above.moving[t] = kind.dim;
  unsigned others = allTensorsMask & ~(kind.stays < 0 ? 0u : 1u << kind.stays);
  llvm::SmallVector<unsigned, cost::numDims> dims;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (kind.dims >> d & 1)
      dims.push_back(d);
  grid.forEachTile([&](size_t at, const Cells &tile) {
    double &value = values[at];
    if (!TileRoom::fits(room.narrow[b], at) ||
        llvm::all_of(dims, [&](auto d) { return tile[d] == grid.last(d); })) {
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

/// Of a tensor that stays: how much more comes if it comes again, by the tile
/// that is along its dims the one below, and along others the one above.
const CostToGo::Table &CostToGo::crossingAgain(unsigned b, unsigned tensor) {
  auto [entry, isNew] = crossingsAgain.try_emplace({b, tensor});
  Table &values = entry->second;
  if (!isNew)
    return values;
  values = pool.take();
  values.resize(size);
  if (sumOf) {
    const Table &energy = sumOf->energy->crossingAgain(b, tensor),
                &time = sumOf->time->crossingAgain(b, tensor);
    for (size_t at = 0; at < size; ++at)
      values[at] = what.fj * energy[at] + time[at];
    return values;
  }
  grid.forEachTile([&](size_t at, const Cells &tile) {
    values[at] = bound.crossAgain(what, b, tile, tensor);
  });
  return values;
}

/// Adds to `values`, by the tile below loops of a kind at loop memory i, a way
/// to go on with loop memory `from` (0: none), whose costs are in `inside`.
void CostToGo::addWay(const Table &inside, const Kind &kind, unsigned from,
                      unsigned i) {
  way = inside;
  for (unsigned b = from; b < i; ++b) {
    const Table &crossing = this->crossing(b, kind);
    for (size_t at = 0; at < size; ++at)
      way[at] += crossing[at];
  }
  takeLesser(values, way);
}

/// Takes over the ways to put loops of a kind at loop memory i: `values` by the
/// tile below them, and the boundaries from `start` on share the tensor that
/// stays.
void CostToGo::take(unsigned i, const Kind &kind, unsigned start) {
  if (llvm::all_of(values, [](double value) { return value >= impossible; }))
    return;
  takeLesser(looped[i], values);
  takeLesser(loopedBy[i][kind.dim], values);
  if (i == outermost())
    return takeWhole(kind, start);
  // Loops that leave the kind's tensor in place come first: they decide how
  // often it comes again, the others how much. Where there is no room for
  // incomplete sums, only tiles inside which are complete will do.
  if (!room.wide[i].empty()) {
    complete = values;
    keepComplete(complete);
    smaller(complete, i - 1, kind.staying, kind.dims);
    runOthers(complete, i, kind, start);
  }
  smaller(values, i - 1, kind.staying, kind.dims);
  auto takeFrom = [&](Table &to, const std::vector<bool> &wide) {
    if (kind.outer == LoopsAbove::Maybe && room.narrow[i].empty() &&
        wide.empty())
      return takeLesser(to, values);
    grid.forEachTile([&](size_t at, const Cells &tile) {
      double value = TileRoom::fits(wide, at) ? values[at] : complete[at];
      if (value < to[at] && TileRoom::fits(room.narrow[i], at) &&
          allows(kind, tile))
        to[at] = value;
    });
  };
  if (kind.stays >= 0) {
    Table &known = pure[i][kind.stays][start];
    if (known.empty())
      (known = pool.take()).assign(size, impossible);
    takeFrom(known, {});
    runOthers(values, i, kind, start);
  }
  takeFrom(least[i], room.wide[i]);
}

/// Adds what comes again of a tensor that stays, and runs through the loops of
/// memory i that do not leave it in place.
void CostToGo::runOthers(Table &values, unsigned i, const Kind &kind,
                         unsigned start) {
  if (kind.stays < 0)
    return;
  for (unsigned b = start; b < i; ++b) {
    const Table &again = crossingAgain(b, kind.stays);
    for (size_t at = 0; at < size; ++at)
      values[at] += again[at];
  }
  smaller(values, i - 1, ~kind.staying, 0);
}

void CostToGo::keepComplete(Table &values) const {
  for (size_t at = 0; at < size; ++at)
    if (!room.complete[at])
      values[at] = impossible;
}

/// The same for the outermost loop memory, which has no other tile than the
/// whole above it.
void CostToGo::takeWhole(const Kind &kind, unsigned start) {
  unsigned i = outermost(), memory = i - 1;
  size_t whole = size - 1;
  Cells cells = {};
  for (unsigned d = 0; d < grid.numDims(); ++d)
    cells[d] = grid.last(d);
  if (!TileRoom::fits(room.narrow[i], whole) || !allows(kind, cells))
    return;
  if (!TileRoom::fits(room.wide[i], whole))
    keepComplete(values);
  // What is left along the dims that are still to come, without a loop along
  // one of the kind's dims so far, and with one.
  Table &without = values, &with = alone;
  with.assign(size, impossible);
  for (unsigned d : llvm::reverse(grid.dimsByStride())) {
    size_t stride = grid.stride(d);
    auto of = [&](Table &table, unsigned cell) {
      return table.begin() + cell * stride;
    };
    bool strict = kind.dims >> d & 1;
    auto takeFrom = [&](Table &to, Table &from, unsigned cell) {
      std::transform(to.begin(), to.begin() + stride, of(from, cell),
                     to.begin(),
                     [](double a, double b) { return std::min(a, b); });
    };
    llvm::ArrayRef<uint16_t> inner;
    if (bound.mayLoop(memory, d))
      inner = grid.smaller(d, grid.last(d));
    Table &result = same, &resultWith = complete;
    result.assign(of(without, grid.last(d)),
                  of(without, grid.last(d)) + stride);
    resultWith.assign(of(with, grid.last(d)), of(with, grid.last(d)) + stride);
    for (unsigned cell : inner) {
      takeFrom(resultWith, with, cell);
      takeFrom(strict ? resultWith : result, without, cell);
    }
    without.swap(result);
    with.swap(resultWith);
  }
  double value = with[0];
  for (unsigned b = start; kind.stays >= 0 && b < i; ++b)
    value += bound.crossAgain(what, b, cells, kind.stays);
  least[i][whole] = std::min(least[i][whole], value);
}

void CostToGo::fill(unsigned i) {
  for (const Kind &kind : kinds(i - 1)) {
    for (unsigned d = 0; d < grid.numDims(); ++d)
      if (kind.dims >> d & 1)
        standsFor[i][d] = kind.dim;
    if (Table &table = loopedBy[i][kind.dim]; table.empty())
      (table = pool.take()).assign(size, impossible);
    // Where nothing stays, it does not matter where it starts to.
    unsigned starts = kind.stays < 0 ? 1 : i;
    for (unsigned start = 0; start < starts; ++start) {
      values.assign(size, impossible);
      for (unsigned from = start; from < i; ++from) {
        if (kind.stays < 0 || from == start)
          addWay(least[from], kind, from, i);
        // The loops at `from` may all leave the same tensor in place.
        else if (!pure[from][kind.stays][start].empty())
          addWay(pure[from][kind.stays][start], kind, from, i);
      }
      take(i, kind, start);
    }
  }
}

CostToGo::CostToGo(const LayoutBound &bound, TileGrid &grid,
                   const TileRoom &room, TablePool &pool, What what,
                   std::optional<SumOf> sumOf)
    : bound(bound), grid(grid), room(room), pool(pool), what(what),
      sumOf(sumOf), size(size_t(grid.size())) {
  unsigned memories = bound.loopMemories().size();
  for (Table *table : {&values, &alone, &complete, &same, &way})
    *table = pool.take();
  least.resize(memories + 1);
  (least[0] = pool.take()).assign(size, impossible);
  least[0][0] = 0;
  looped.resize(memories + 1);
  loopedBy.resize(memories + 1);
  standsFor.resize(memories + 1);
  pure.resize(memories + 1);
  for (unsigned i = 1; i <= memories; ++i) {
    for (auto *tables : {&least, &looped})
      ((*tables)[i] = pool.take()).assign(size, impossible);
    for (auto &starts : pure[i])
      starts.resize(i);
    fill(i);
  }
  for (Table *table : {&values, &alone, &complete, &same, &way})
    pool.giveBack(std::move(*table));
  this->sumOf.reset();
}

CostToGo::~CostToGo() {
  for (auto &[key, table] : crossings)
    pool.giveBack(std::move(table));
  for (auto &[key, table] : crossingsAgain)
    pool.giveBack(std::move(table));
  for (auto *tables : {&least, &looped})
    for (Table &table : *tables)
      pool.giveBack(std::move(table));
  for (auto &tables : loopedBy)
    for (Table &table : tables)
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
      once += bound.crossAgain(what, b, tile, above, staying);
    value = std::min(value, once);
  }
  return value;
}

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

/// Fills the tables, from the innermost memory on.
class CostToGo::Maker {
public:
  Maker(CostToGo &toGo, CrossingTables &crossings);
  ~Maker();
  void fill(unsigned i);

private:
  void takeSmaller(Table &values, unsigned d);
  void takeLooped(Table &values, const Table &from, unsigned d);
  void smaller(Table &values, unsigned memory, unsigned dims, unsigned strict);
  llvm::SmallVector<LoopKind, 8> kinds(unsigned memory) const;
  void addCrossings(const LoopKind &kind, unsigned i);
  void takeWay(const Table &inside, const Table &crossing, unsigned i);
  void take(unsigned i, const LoopKind &kind, unsigned start);
  void takeOthers(unsigned i, const LoopKind &kind);
  void takeAllowed(Table &to, const Table &from, unsigned i,
                   const LoopKind &kind);
  void takeWhole(const LoopKind &kind, unsigned start);
  std::array<Table *, 7> scratch() {
    return {&values, &alone, &same, &way, &closed, &incomplete, &complete};
  }
  unsigned outermost() const { return bound.loopMemories().size(); }

  CostToGo &toGo;
  CrossingTables &crossings;
  const LayoutBound &bound;
  TileGrid &grid;
  const TileRoom &room;
  TablePool &pool;
  const size_t size;
  /// By the tile below the loops that are being put; and what is made of it.
  Table values, alone, same, way, closed;
  std::vector<Table> crossing; ///< see addCrossings
  /// Of the kinds so far that leave the same tensor in place: the cost without
  /// loops that do not; and where tiles further in must be complete.
  Table incomplete, complete;
};

CostToGo::Maker::Maker(CostToGo &toGo, CrossingTables &crossings)
    : toGo(toGo), crossings(crossings), bound(crossings.counts.bound),
      grid(crossings.counts.grid), room(crossings.counts.room),
      pool(crossings.counts.pool), size(size_t(grid.size())),
      crossing(outermost()) {
  for (Table *table : scratch())
    *table = pool.take();
  for (Table &table : crossing)
    table = pool.take();
}

CostToGo::Maker::~Maker() {
  for (Table *table : scratch())
    pool.giveBack(std::move(*table));
  for (Table &table : crossing)
    pool.giveBack(std::move(table));
}

/// Every value becomes no more than any at tiles that a loop along dim d leaves
/// inside.
void CostToGo::Maker::takeSmaller(Table &values, unsigned d) {
  // What is passed on from cell to cell starts with the smallest; other values
  // further in are yet to change.
  const TileGrid::Below &below = grid.below(d);
  takeInside(values, values, grid, d, below.nearest, below.passesOn);
}

/// The same, where the tile inside is one of another table.
void CostToGo::Maker::takeLooped(Table &values, const Table &from, unsigned d) {
  const TileGrid::Below &below = grid.below(d);
  // Passing on takes a table, but compares fewer.
  if (!below.passesOn || below.numAll <= 2 * below.numNearest + grid.cells(d))
    return takeInside(values, from, grid, d, below.all, true);
  closed = from;
  takeSmaller(closed, d);
  takeInside(values, closed, grid, d, below.nearest, true);
}

/// Every value becomes the least of those at tiles that loops of `memory` along
/// `dims` leave inside, one of them along one of `strict`.
void CostToGo::Maker::smaller(Table &values, unsigned memory, unsigned dims,
                              unsigned strict) {
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (dims & ~strict & 1u << d && bound.mayLoop(memory, d))
      takeSmaller(values, d);
  if (strict == 0)
    return;
  same.swap(values);
  values.assign(size, impossible);
  bool any = false;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (strict >> d & 1 && bound.mayLoop(memory, d)) {
      if (any)
        takeSmaller(values, d);
      takeLooped(values, same, d);
      any = true;
    }
}

/// The kinds of innermost loops that memory may have.
llvm::SmallVector<LoopKind, 8> CostToGo::Maker::kinds(unsigned memory) const {
  // Which of the loops it is, and not only what stays.
  auto matters = [&](unsigned d) {
    bool slides = false;
    for (unsigned t = 0; t < numTensors; ++t)
      slides |= bound.isWindowed(t, d);
    return slides || bound.hasLonely(d);
  };
  llvm::SmallVector<LoopKind, 8> kinds;
  for (unsigned d = 0; d < grid.numDims(); ++d) {
    if (!bound.mayLoop(memory, d) || grid.last(d) == 0)
      continue;
    LoopKind kind = {int(d), -1, 1u << d};
    for (unsigned t = 0; t < numTensors; ++t)
      if (bound.isIrrelevant(t, d))
        kind.stays = t;
    for (unsigned other = 0; other < grid.numDims(); ++other)
      if (kind.stays >= 0 && !bound.isIrrelevant(kind.stays, other))
        kind.staying &= ~(1u << other);
    bool known = false;
    for (LoopKind &other : kinds)
      if (other.stays == kind.stays && !matters(d) && !matters(other.dim)) {
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

/// Takes the ways to go on with loop memory `from` below loops of a kind at
/// loop memory i, by the tile below these, whose costs are in `inside`;
/// `crossing` is what crosses all boundaries in between.
void CostToGo::Maker::takeWay(const Table &inside, const Table &crossing,
                              unsigned i) {
  size_t possible = takeLesserSum(values, inside, crossing);
  if (i == outermost())
    toGo.numComplete += possible;
}

/// Below loops of a kind at loop memory i: what crosses from each boundary on
/// to there, by the boundary.
void CostToGo::Maker::addCrossings(const LoopKind &kind, unsigned i) {
  crossing[i - 1] = crossings.below(i - 1, kind);
  for (unsigned b = i - 1; b-- > 1;) {
    crossing[b].resize(size);
    add(crossing[b], crossing[b + 1], crossings.below(b, kind));
  }
  // Inside of everything is a tile of one alone.
  if (i > 1)
    crossing[0].assign(1, crossing[1][0] + crossings.below(0, kind)[0]);
}

/// Loops of a kind at loop memory i, from `values` by the tile below them,
/// where the boundaries from `start` on share the tensor that stays. Those that
/// leave it in place come first: they decide how often it comes again, the
/// others how much.
void CostToGo::Maker::take(unsigned i, const LoopKind &kind, unsigned start) {
  if (llvm::all_of(values, [](double value) { return value >= impossible; }))
    return;
  takeLesser(toGo.looped[i], values);
  takeLesser(toGo.loopedBy[i][kind.dim], values);
  if (i == outermost())
    return takeWhole(kind, start);
  auto addAgain = [&](Table &values) {
    for (unsigned b = start; kind.stays >= 0 && b < i; ++b)
      add(values, values, crossings.again(b, kind.stays));
  };
  // Where there is no room for incomplete sums, only tiles inside which are
  // complete will do.
  if (!room.wide(i).allowsAll()) {
    alone = values;
    room.complete.apply(alone);
    smaller(alone, i - 1, kind.staying, kind.dims);
    addAgain(alone);
    takeLesser(complete, alone);
  }
  smaller(values, i - 1, kind.staying, kind.dims);
  if (kind.stays >= 0) {
    Table &known = toGo.pure[i][kind.stays][start];
    if (known.empty())
      (known = pool.take()).assign(size, impossible);
    takeAllowed(known, values, i, kind);
    addAgain(values);
  }
  takeLesser(incomplete, values);
}

/// The other loops of memory i, for all kinds that leave the same tensor in
/// place.
void CostToGo::Maker::takeOthers(unsigned i, const LoopKind &kind) {
  smaller(incomplete, i - 1, ~kind.staying, 0);
  if (!room.wide(i).allowsAll()) {
    smaller(complete, i - 1, ~kind.staying, 0);
    room.wide(i).apply(incomplete);
    takeLesser(incomplete, complete);
  }
  takeAllowed(toGo.least[i], incomplete, i, kind);
}

/// By the tile above loops of a kind at memory i, as far as it may be one.
void CostToGo::Maker::takeAllowed(Table &to, const Table &from, unsigned i,
                                  const LoopKind &kind) {
  if (kind.outer == LoopsAbove::Maybe)
    return room.narrow(i).takeLesser(to, from);
  way = from;
  room.narrow(i).apply(way);
  crossings.counts.loopsFurtherOut(kind).takeLesser(to, way);
}

/// The same for the outermost loop memory, which has no other tile than the
/// whole above it.
void CostToGo::Maker::takeWhole(const LoopKind &kind, unsigned start) {
  unsigned i = outermost(), memory = i - 1;
  size_t whole = size - 1;
  Cells cells = {};
  for (unsigned d = 0; d < grid.numDims(); ++d)
    cells[d] = grid.last(d);
  if (!room.narrow(i).allows(whole) || !kind.mayLeadTo(cells, grid))
    return;
  if (!room.wide(i).allows(whole))
    room.complete.apply(values);
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
      inner = grid.below(d).all[grid.last(d)];
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
    value += crossings.again(b, kind.stays, cells);
  toGo.least[i][whole] = std::min(toGo.least[i][whole], value);
}

void CostToGo::Maker::fill(unsigned i) {
  llvm::SmallVector<LoopKind, 8> kinds = this->kinds(i - 1);
  auto alike = [](const LoopKind &kind) {
    bool any = kind.outer == LoopsAbove::Maybe;
    return std::make_tuple(kind.stays, kind.outer, any ? -1 : kind.dim);
  };
  llvm::stable_sort(kinds, [&](const LoopKind &a, const LoopKind &b) {
    return alike(a) < alike(b);
  });
  for (auto [number, kind] : llvm::enumerate(kinds)) {
    if (number == 0 || alike(kinds[number - 1]) != alike(kind))
      for (Table *table : {&incomplete, &complete})
        table->assign(size, impossible);
    for (unsigned d = 0; d < grid.numDims(); ++d)
      if (kind.dims >> d & 1)
        toGo.standsFor[i][d] = kind.dim;
    if (Table &table = toGo.loopedBy[i][kind.dim]; table.empty())
      (table = pool.take()).assign(size, impossible);
    addCrossings(kind, i);
    // Where nothing stays, it does not matter where it starts to.
    unsigned starts = kind.stays < 0 ? 1 : i;
    for (unsigned start = 0; start < starts; ++start) {
      values.assign(size, impossible);
      if (start == 0)
        values[0] = crossing[0][0];
      for (unsigned from = std::max(start, 1u); from < i; ++from) {
        if (kind.stays < 0 || from == start)
          takeWay(toGo.least[from], crossing[from], i);
        // The loops at `from` may all leave the same tensor in place.
        else if (!toGo.pure[from][kind.stays][start].empty())
          takeWay(toGo.pure[from][kind.stays][start], crossing[from], i);
      }
      take(i, kind, start);
    }
    bool isLast =
        number + 1 == kinds.size() || alike(kinds[number + 1]) != alike(kind);
    if (isLast && i != outermost())
      takeOthers(i, kind);
  }
}

CostToGo::CostToGo(CrossingTables &crossings)
    : bound(crossings.counts.bound), grid(crossings.counts.grid),
      pool(crossings.counts.pool), what(crossings.what) {
  unsigned memories = bound.loopMemories().size();
  least.resize(memories + 1);
  looped.resize(memories + 1);
  loopedBy.resize(memories + 1);
  standsFor.resize(memories + 1);
  pure.resize(memories + 1);
  Maker maker(*this, crossings);
  for (unsigned i = 1; i <= memories; ++i) {
    for (auto *tables : {&least, &looped})
      ((*tables)[i] = pool.take()).assign(size_t(grid.size()), impossible);
    for (auto &starts : pure[i])
      starts.resize(i);
    maker.fill(i);
  }
}

CostToGo::~CostToGo() {
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

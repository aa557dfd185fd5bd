//===- DigitWindows.cpp - Windows, from digits ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For windows that no copies share: the tile of a copy is one box of positions
// and kernel indices.
//
//===----------------------------------------------------------------------===//

#include "CountsWindow.h"
#include "DigitTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// States of a dim that have the same tile: all but, perhaps, the one at the
/// dim's edge.
struct Tiles {
  int64_t tile, number;
  int64_t edge, edges;
};

/// States in which a tile of one dim changes alike: so many indices now, so
/// many before, which began `shift` further on.
struct TileChange {
  int64_t tile, shift, before, number;
};
using TileChanges = llvm::SmallVector<TileChange, 8>;

/// The loops of one dim above the child, outermost first, and what each does
/// when a temporal loop advances.
class Walk {
public:
  Walk(const DigitNest &nest, Dim dim, const Place &place, unsigned cut,
       unsigned moving);

  TileChanges changes() const;

private:
  enum class Role : uint8_t { Free, Zero, Moves, Starts };
  struct Part {
    int64_t bound, step;
    Role role;
    int64_t values() const {
      return role == Role::Free ? bound : role == Role::Moves ? bound - 1 : 1;
    }
  };

  int64_t reach(unsigned j) const {
    return j < parts.size() ? parts[j].bound * parts[j].step : tile;
  }
  void addChange(int64_t rest, int64_t times, TileChanges &changes) const;
  void addComplete(unsigned j, int64_t times, TileChanges &changes) const;
  void visit(unsigned j, int64_t rest, bool apart, TileChanges &changes) const;

  llvm::SmallVector<Part, 8> parts;
  int64_t size, tile;
  bool even, moves = false;
};
} // namespace

static Tiles tilesOf(const DigitNest &nest, Dim dim, const Place &place) {
  int64_t tile = 1, edge = 1, number = 0, edges = 1, all = 1;
  for (unsigned i = nest.innermost[index(dim)]; i != DigitNest::none;
       i = nest.loops[i].outer) {
    const DigitLoop &loop = nest.loops[i];
    if (loop.level >= place.child) {
      edge += loop.last * tile;
      tile *= loop.bound;
    } else if (nest.isFree(loop, i, DigitNest::maxLoops, place)) {
      number += loop.last * all;
      all *= loop.bound;
    } else if (loop.last > 0) {
      number = all;
      edges = 0;
    }
  }
  // An edge that cuts nothing off is a tile like the others.
  if (edge == tile)
    return {tile, number + edges, 0, 0};
  return {tile, number, edge, edges};
}

Walk::Walk(const DigitNest &nest, Dim dim, const Place &place, unsigned cut,
           unsigned moving)
    : size(nest.facts.workload.size(dim)), tile(size),
      even(!(nest.ragged & maskOf(dim))) {
  for (unsigned i = nest.innermost[index(dim)]; i != DigitNest::none;
       i = nest.loops[i].outer) {
    const DigitLoop &loop = nest.loops[i];
    if (loop.level >= place.child)
      continue;
    if (parts.empty())
      tile = loop.step;
    Role role = i == moving                        ? Role::Moves
                : nest.isFree(loop, i, cut, place) ? Role::Free
                : loop.temporal                    ? Role::Starts
                                                   : Role::Zero;
    moves |= role == Role::Moves;
    // In place: what has just been written cannot be copied as a whole soon.
    Part &part = parts.emplace_back();
    part.bound = loop.bound;
    part.step = loop.step;
    part.role = role;
  }
  std::reverse(parts.begin(), parts.end());
}

void Walk::addChange(int64_t rest, int64_t times, TileChanges &changes) const {
  int64_t all = rest, shift = 0;
  for (const Part &part : parts) {
    if (part.role == Role::Moves)
      shift -= part.step;
    if (part.role != Role::Starts)
      continue;
    // Where the dim moves, more indices follow the value before: nothing was
    // cut off there.
    int64_t last = part.bound - 1;
    if (!moves && rest < part.bound * part.step)
      last = std::min(last, (rest - 1) / part.step);
    shift += last * part.step;
    if (!moves)
      rest -= last * part.step;
  }
  TileChange &change = changes.emplace_back();
  change.tile = std::min(tile, all);
  change.shift = shift;
  change.before = moves ? tile : std::min(tile, rest);
  change.number = times;
}

void Walk::addComplete(unsigned j, int64_t times, TileChanges &changes) const {
  for (; j < parts.size(); ++j)
    times *= parts[j].values();
  addChange(std::numeric_limits<int64_t>::max() / 2, times, changes);
}

/// `rest` indices from here to the end of the dim. `apart`: a loop outside is
/// yet to start again, so that rests differ in meaning even where everything
/// inside exists.
void Walk::visit(unsigned j, int64_t rest, bool apart,
                 TileChanges &changes) const {
  if (rest <= 0)
    return;
  if (!apart && rest >= reach(j))
    return addComplete(j, 1, changes);
  if (j == parts.size())
    return addChange(rest, 1, changes);
  const Part &part = parts[j];
  if (part.role == Role::Starts || part.role == Role::Zero)
    return visit(j + 1, rest, apart || part.role == Role::Starts, changes);
  int64_t first = part.role == Role::Moves;
  if (apart) {
    for (int64_t v = first; v < part.bound && rest > v * part.step; ++v)
      visit(j + 1, rest - v * part.step, true, changes);
    return;
  }
  int64_t edge = (rest - 1) / part.step;
  if (edge > first)
    addComplete(j + 1, edge - first, changes);
  if (edge >= first)
    visit(j + 1, rest - edge * part.step, false, changes);
}

TileChanges Walk::changes() const {
  TileChanges changes;
  if (even)
    addComplete(0, 1, changes);
  else
    visit(0, size, false, changes);
  return changes;
}

int64_t DigitTraffic::windowAll(const WindowFacts &window, const Place &place,
                                bool states) const {
  Tiles p = tilesOf(nest, window.position, place);
  Tiles k = tilesOf(nest, window.kernel, place);
  if (states)
    return (p.number + p.edges) * (k.number + k.edges);
  auto elements = [&](int64_t positions, int64_t kernels) {
    return coordinates({0, positions, 0, kernels}, window.stride,
                       window.dilation);
  };
  int64_t all = p.number * k.number * elements(p.tile, k.tile);
  if (p.edges)
    all += k.number * elements(p.edge, k.tile);
  if (k.edges)
    all += p.number * elements(p.tile, k.edge);
  if (p.edges && k.edges)
    all += elements(p.edge, k.edge);
  return all;
}

/// The one change of a dim whose bounds divide.
static TileChange evenChange(const DigitNest &nest, Dim dim, const Place &place,
                             unsigned cut, unsigned moving) {
  TileChange change = {1, 0, 0, 1};
  for (unsigned i = nest.innermost[index(dim)]; i != DigitNest::none;
       i = nest.loops[i].outer) {
    const DigitLoop &loop = nest.loops[i];
    if (loop.level >= place.child) {
      change.tile *= loop.bound;
    } else if (i == moving) {
      change.shift -= loop.step;
      change.number *= loop.bound - 1;
    } else if (DigitNest::isFree(loop, i, cut, place)) {
      change.number *= loop.bound;
    } else if (loop.temporal) {
      change.shift += (loop.bound - 1) * loop.step;
    }
  }
  change.before = change.tile;
  return change;
}

int64_t DigitTraffic::windowKept(const WindowFacts &window, const Place &place,
                                 unsigned cut, unsigned moving,
                                 bool states) const {
  auto common = [&](const TileChange &p, const TileChange &k) {
    WindowBox now = {0, p.tile, 0, k.tile};
    int64_t common =
        commonCoordinates(now, {p.shift, p.before, k.shift, k.before},
                          window.stride, window.dilation);
    if (states)
      common = common == coordinates(now, window.stride, window.dilation);
    return p.number * k.number * common;
  };
  auto movingIf = [&](Dim dim) {
    return moving != DigitNest::maxLoops && nest.loops[moving].dim == dim
               ? moving
               : DigitNest::maxLoops;
  };
  unsigned movesPosition = movingIf(window.position);
  unsigned movesKernel = movingIf(window.kernel);
  if (!(nest.ragged & (maskOf(window.position) | maskOf(window.kernel))))
    return common(evenChange(nest, window.position, place, cut, movesPosition),
                  evenChange(nest, window.kernel, place, cut, movesKernel));
  int64_t kept = 0;
  TileChanges kernels =
      Walk(nest, window.kernel, place, cut, movesKernel).changes();
  for (const TileChange &p :
       Walk(nest, window.position, place, cut, movesPosition).changes())
    for (const TileChange &k : kernels)
      kept += common(p, k);
  return kept;
}

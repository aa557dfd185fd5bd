//===- LayoutBound.cpp - What a layout costs at least -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutBound.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <cmath>

using namespace ohas::search;
using namespace ohas::cost;

bool LayoutBound::mayLoop(unsigned i, unsigned d) const {
  return problem.accepted(memories[i]).contains(problem.dims[d]);
}

SingleTiles LayoutBound::singleTiles(unsigned i, unsigned d, int64_t inner,
                                     int64_t trips) const {
  int64_t size = problem.workload.size(problem.dims[d]),
          copies = copiesInside[i][d], step = copies * inner,
          blocks = (size - 1) / step, digit = blocks % trips,
          rest = size - blocks * step;
  bool allExist = rest > (copies - 1) * inner;
  return {digit == 0                ? SingleTiles::First
          : digit == 1 && !allExist ? SingleTiles::Second
                                    : SingleTiles::Later,
          rest, inner, copies};
}

double LayoutBound::LonelyTable::shareOf(const SingleTiles &single,
                                         unsigned cell) const {
  int64_t tile = single.tile * below, tiles = (single.rest - 1) / tile + 1;
  bool first = single.last == SingleTiles::First;
  if (single.last == SingleTiles::Second) // of the copies without a last tile
    tiles = single.copies / below - tiles;
  else if (!first)
    return 0;
  switch (counts) {
  case Counts::Elements:
    return double(first ? single.rest : tiles * tile) / double(size);
  case Counts::Tiles:
    return double(tiles * tile) / double(size);
  case Counts::FirstTile:
    return first ? byCell[cell].share : 0;
  case Counts::Unknown:
    break;
  }
  return 1;
}

void LayoutBound::Term::addLonely(LonelyTable table) {
  auto mayBeAlone = [&](unsigned cell) {
    return table.share(cell, 0, 0, {}, LoopsAbove::Maybe) > 0;
  };
  if (llvm::any_of(llvm::seq<unsigned>(table.byCell.size()), mayBeAlone))
    lonely.push_back(std::move(table));
}

double LayoutBound::Term::lonelyShare(const Cells &tile) const {
  double share = 0;
  for (const LonelyTable &table : lonely)
    share = std::max(share,
                     table.share(tile[table.dim], 0, 0, {}, LoopsAbove::Maybe));
  return share;
}

template <typename Tables>
double LayoutBound::product(const Tables &tables, const Cells &tile,
                            double product) {
  for (const DimTable &table : tables)
    product *= table.byCell[tile[table.dim]];
  return product;
}

/// How often an element passes, if it stays while the tile does.
double LayoutBound::Term::repeatsOf(const Cells &tile) const {
  double times = product(repeats, tile);
  if (releases.empty())
    return times;
  size_t at = 0, stride = 1;
  for (const DimTable &table : repeats) {
    at += tile[table.dim] * stride;
    stride *= table.byCell.size();
  }
  return std::max(times, releases[at]);
}

bool LayoutBound::isComplete(const Cells &tile) const {
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    if (reductions >> d & 1 && tile[d] != tiles.last(d))
      return false;
  return true;
}

template <typename Elements>
bool LayoutBound::fits(const Room &room, bool complete, Elements elements) {
  double bits = 0;
  for (const Room::Part &part : room.parts)
    bits += elements(part) * (complete ? part.bits : part.wideBits);
  return (room.doubled ? 2 : 1) * bits <= double(room.capacity);
}

bool LayoutBound::fits(unsigned b, const Cells &tile, unsigned reducing) const {
  const Boundary &boundary = boundaries[b];
  for (const LateTiles &late : boundary.mustBeLate)
    if (llvm::none_of(late.dims, [&](const LateTiles::Flags &flags) {
          return flags.byCell[tile[flags.dim]];
        }))
      return false;
  if (boundary.rooms.empty() && !boundary.mustBeComplete)
    return true;
  bool completeAbove = isComplete(tile);
  if (boundary.mustBeComplete && !completeAbove)
    return false;
  for (const Room &room : boundary.rooms) {
    auto elements = [&](const Room::Part &part) {
      double elements = product(part.extents, tile);
      for (const WindowTable &window : part.windows)
        elements *= window.whole[window.at(tile)];
      return elements;
    };
    if (!fits(room, completeAbove && room.sender >= reducing, elements))
      return false;
  }
  return true;
}

bool LayoutBound::fits(unsigned b, const Extents &extents, const Cells &tile,
                       unsigned reducing) const {
  const std::vector<Room> &rooms = boundaries[b].rooms;
  if (rooms.empty())
    return true;
  bool completeAbove = isComplete(tile);
  Workload box = problem.workload;
  return llvm::all_of(rooms, [&](const Room &room) {
    for (auto [d, dim] : llvm::enumerate(problem.dims))
      box.size(dim) =
          std::min(problem.workload.size(dim), room.copies[d] * extents[d]);
    return fits(room, completeAbove && room.sender >= reducing,
                [&](const Room::Part &part) {
                  return double(box.elements(part.tensor));
                });
  });
}

/// How often tiles come again that are alone along the moving dim: for every
/// loop outside of a memory where another dim takes its tiles apart, as then
/// something else has been there in between.
double LayoutBound::surelyRepeats(const Term &term,
                                  const LoopsBetween *between) const {
  // Windows go on from where they were, or may even come back to it.
  if (!term.windows.empty())
    return 0;
  for (; between; between = between->outer)
    if (takesApart(term, *between)) {
      // If an innermost loop does so, every other one of the memory counts.
      bool innermost = between->changing & term.disjoint & between->innermost;
      return product(term.repeats, innermost ? *between->tile : *between->top);
    }
  return term.leastRepeats;
}

/// By how much the repeats of elements that may be alone are fewer, of all.
double LayoutBound::repeatsAlone(const Term &term, const Cells &tile,
                                 double repeats,
                                 const LoopsAbove &above) const {
  if (above.innermost == LoopsAbove::none)
    return 0;
  int moving = above.moving[term.tensor];
  bool unknown = moving == LoopsAbove::none;
  double share = 0;
  for (const LonelyTable &table : term.lonely)
    if (unknown || table.dim == moving)
      share = std::max(
          share,
          table.share(tile[table.dim],
                      unknown ? 0 : above.movingTrips[term.tensor],
                      above.trips[table.dim],
                      unknown ? SingleTiles() : above.single[term.tensor],
                      unknown ? LoopsAbove::Maybe : above.outer));
  if (share <= 0)
    return 0;
  return share * std::max(0.0, repeats - surelyRepeats(term, above.between));
}

double LayoutBound::count(const Term &term, const Cells &tile,
                          const LoopsAbove &above) const {
  const Cells &repeating =
      above.stays[term.tensor] ? *above.stays[term.tensor] : tile;
  double repeats = term.repeatsOf(repeating),
         elements = product(term.visits, tile, term.factor), least = term.least;
  if (!term.windows.empty()) {
    bool unknown = above.moving[term.tensor] == LoopsAbove::none &&
                   above.innermost != LoopsAbove::none;
    const Cells *top = above.top[term.tensor];
    const LoopsBetween *between = above.between;
    while (between && between->top != top)
      between = between->outer;
    least = std::max(least,
                     elements * repeats * otherCoordinates(term, tile, above));
    double known = 1;
    for (const WindowTable &window : term.windows)
      known *= windowElements(term, window, tile, above, between);
    elements *= unknown ? leastOfWindows(term, tile) : known;
  }
  repeats -= repeatsAlone(term, tile, repeats, above);
  return std::max(elements * repeats, least);
}

PartialCost LayoutBound::cross(unsigned b, const Cells &tile,
                               const LoopsAbove &above) const {
  PartialCost cost;
  const Boundary &boundary = boundaries[b];
  for (const Term &term : boundary.terms) {
    double times = count(term, tile, above);
    cost.energyFj += term.fjPerCount * times;
    if (term.lane != noLane)
      cost.busyNs[term.lane] += term.nsPerCount * times;
    else
      cost.programmingNs += term.nsPerCount * times;
  }
  if (boundary.completions.empty())
    return cost;
  bool complete = isComplete(tile);
  for (const Completion &completion : boundary.completions) {
    if (complete)
      cost.energyFj += completion.energyFj;
    for (auto [lane, ns] :
         complete ? completion.laneNs : completion.incompleteNs)
      cost.busyNs[lane] += ns;
  }
  return cost;
}

double LayoutBound::completion(What what, unsigned b, bool complete) const {
  double sum = 0;
  for (const Completion &completion : boundaries[b].completions) {
    sum += complete ? what.fj * completion.energyFj : 0;
    for (auto [lane, ns] :
         complete ? completion.laneNs : completion.incompleteNs)
      sum += lane == what.lane ? ns : 0;
  }
  return sum;
}

double LayoutBound::countAgain(unsigned b, unsigned number,
                               const Cells &tile) const {
  const Term &term = boundaries[b].terms[number];
  double elements = product(term.visits, tile, term.leastElements) *
                    (1 - term.lonelyShare(tile));
  return term.again(elements, term.repeatsOf(tile));
}

double LayoutBound::crossAgain(What what, unsigned b, const Cells &tile,
                               const LoopsAbove &above, unsigned tensor) const {
  double sum = 0;
  for (const Term &term : boundaries[b].terms) {
    double each = term.tensor == tensor ? perCount(what, term) : 0;
    if (each == 0)
      continue;
    double repeats = term.repeatsOf(*above.stays[tensor]);
    repeats -= repeatsAlone(term, tile, repeats, above);
    sum += each *
           term.again(product(term.visits, tile, term.leastElements), repeats);
  }
  return sum;
}

double LayoutBound::latencyNs(const PartialCost &cost) const {
  double ns = cost.stepsNs;
  for (unsigned i = 0; i < laneCount; ++i)
    ns = std::max(ns, cost.busyNs[i]);
  return ns + cost.programmingNs;
}

bool LayoutBound::isBehindSteps(unsigned lane) const {
  auto takes = [&](std::pair<uint8_t, double> time) {
    return time.first == lane;
  };
  for (const Boundary &boundary : boundaries) {
    for (const Term &term : boundary.terms)
      if (term.lane == lane && term.nsPerCount > 0)
        return false;
    for (const Completion &completion : boundary.completions)
      if (llvm::any_of(completion.laneNs, takes) ||
          llvm::any_of(completion.incompleteNs, takes))
        return false;
  }
  return constant.busyNs[lane] <= constant.stepsNs;
}

PartialCost LayoutBound::least() const {
  PartialCost cost = constant;
  for (unsigned b = 0; b < boundaries.size(); ++b)
    cost.add(cross(b, whole, LoopsAbove()), laneCount);
  return cost;
}

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

/// A sweep is one run of the moving loop. Within it every tile but the first
/// brings what is new along the dim. The first one does so, too, unless the
/// loops of the axis' other dim have brought it back to where elements were.
double LayoutBound::windowElements(const Term &term, const WindowTable &window,
                                   const Cells &tile, const LoopsAbove &above,
                                   const LoopsBetween *between) const {
  size_t at = window.at(tile);
  int moving = above.moving[term.tensor];
  int64_t trips = above.movingTrips[term.tensor];
  const SingleTiles &single = above.single[term.tensor];
  const Cells *top = above.top[term.tensor];
  unsigned lastPosition = tiles.last(window.position);
  bool positionLoops = tile[window.position] != lastPosition,
       kernelLoops = tile[window.kernel] != tiles.last(window.kernel),
       apart = between && takesApart(term, *between);
  auto startsAnew = [&] {
    return between && !window.presented &&
           this->startsAnew(term, window, tile, moving, *between);
  };
  if (moving == window.kernel) {
    double fresh = window.alongKernel(at, trips, single);
    if (!positionLoops && !window.presented)
      fresh = std::max(fresh, window.kernelOfAll[at]);
    if (!top || trips < 2 || window.presented ||
        !window.kernelTiles[tile[window.kernel]] ||
        tile[window.position] != (*top)[window.position])
      return fresh;
    bool anew = startsAnew();
    if (!anew && !apart)
      return fresh;
    // Sweeps begin with all new elements where other loops between the two
    // tiles make all the difference. These may be the outermost ones.
    double others = 1;
    for (unsigned d = 0; !anew && d < tiles.numDims(); ++d)
      if (tile[d] != (*top)[d] && d != window.kernel &&
          !(term.disjoint >> d & 1))
        others *= std::ceil(double(tiles.largest(d, (*top)[d])) /
                            double(tiles.smallest(d, tile[d])));
    return std::max(
        fresh, window.sweepsAlongKernel(
                   tile, window.groups[tile[window.position]], trips, others));
  }
  if (moving != window.position)
    return window.whole[at];
  double fresh = kernelLoops || window.presented
                     ? window.alongPosition(tile, trips, single)
                     : window.byPosition[at];
  if (!top || trips < 2)
    return fresh;
  // A sweep may go on where the one before ended, if a loop further out is of
  // the same dim and no other loop makes all the difference.
  auto otherAxisMoves = [&] {
    return between && llvm::any_of(term.windows, [&](auto &other) {
             return &other != &window &&
                    takesApart(other, tile, between->changing);
           });
  };
  WindowTable::Start start = WindowTable::Anywhere;
  if (startsAnew())
    start = WindowTable::Anew;
  else if (apart || (*top)[window.position] == lastPosition || otherAxisMoves())
    start = WindowTable::Apart;
  else if (kernelLoops)
    return fresh;
  return std::max(fresh, window.sweepsAlongPosition(tile, *top, tiles, trips,
                                                    single, start));
}

/// Of all axes, where any of their dims may move: the one that brings least.
double LayoutBound::leastOfWindows(const Term &term, const Cells &tile) const {
  double all = 1, share = 1;
  for (const WindowTable &window : term.windows) {
    double whole = window.whole[window.at(tile)];
    all *= whole;
    for (unsigned dim : {window.position, window.kernel}) {
      if (tile[dim] == tiles.last(dim))
        continue;
      LoopsAbove above;
      above.moving[term.tensor] = int(dim);
      double fresh =
          std::max(windowElements(term, window, tile, above, nullptr),
                   window.otherCoordinates(tile, dim == window.kernel, 0));
      share = std::min(share, fresh / whole);
    }
  }
  return all * share;
}

bool LayoutBound::takesApart(const Term &term,
                             const LoopsBetween &between) const {
  if (between.changing & term.disjoint)
    return true;
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    if (term.apart >> d & 1 && (*between.top)[d] != (*between.tile)[d])
      return true;
  return false;
}

/// Where loops along dims of the axis that always change start again: does that
/// leave a tile with no coordinate along the axis that it had before? Both dims
/// fall back then, by a tile at least. The same where one of them advances
/// alone.
bool LayoutBound::takesApart(const WindowTable &window, const Cells &tile,
                             unsigned changing) const {
  if (window.presented || window.merged)
    return false;
  unsigned p = tile[window.position], k = tile[window.kernel];
  bool positionMoves = changing >> window.position & 1,
       kernelMoves = changing >> window.kernel & 1;
  if (positionMoves && kernelMoves)
    return tiles.smallest(window.kernel, k) == tiles.largest(window.kernel, k);
  if (positionMoves)
    return window.stride >
           window.dilation *
               (window.kernelReach * tiles.largest(window.kernel, k) - 1);
  return kernelMoves &&
         window.positionReach * tiles.largest(window.position, p) == 1;
}

/// Does every loop that advances outside of `loops`, which include one of the
/// axis' position, leave a tile with no coordinate along the axis that it had
/// before? What has fallen back along the position must not be made up for by
/// the kernel, nor what a loop of the position advances be by the kernel's
/// fall.
bool LayoutBound::fallsBack(const WindowTable &window, const Cells &tile,
                            const LoopsBetween &between, unsigned loops) const {
  unsigned d = window.position, cell = tile[d];
  if (loops >> window.kernel & 1)
    return false;
  if (tile[window.kernel] == tiles.last(window.kernel))
    return true;
  int64_t bound = (*between.bounds)[d], least = tiles.smallest(d, cell),
          most = tiles.largest(d, cell), reach = window.positionReach,
          step = copiesInside[between.memory][d] * least;
  bool all = least == most && window.positions % (bound * step) == 0;
  bool advances = (*between.top)[d] != tiles.last(d);
  int64_t trips = all && !advances ? bound : 2;
  return (trips - 1) * reach * least * window.stride >=
         (reach * most - 1) * window.stride + window.reach;
}

/// Does every sweep of the moving loop begin with nothing of the tile before,
/// whichever loop has advanced? So it is if all other loops of its memory make
/// all the difference, or the innermost ones do, as every loop further out lets
/// these start again.
bool LayoutBound::startsAnew(const Term &term, const WindowTable &window,
                             const Cells &tile, int moving,
                             const LoopsBetween &between) const {
  auto areNew = [&](unsigned loops) {
    unsigned known = loops & between.changing & term.disjoint;
    bool anew = known != 0;
    for (const WindowTable &other : term.windows)
      if (&other != &window && loops >> other.position & 1 &&
          takesApart(other, tile, between.changing & loops)) {
        known |= 1u << other.position;
        anew |= fallsBack(other, tile, between, loops);
      }
    return anew && loops == known;
  };
  unsigned self = 1u << moving;
  return areNew(between.loops & ~self) ||
         (between.innermost & self && areNew(between.innermost & ~self));
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

/// Of all windows, where strides move tiles: those that may be alone included.
double LayoutBound::otherCoordinates(const Term &term, const Cells &tile,
                                     const LoopsAbove &above) const {
  int moving = above.moving[term.tensor];
  bool any = false;
  double elements = 1;
  for (const WindowTable &window : term.windows)
    if (moving == window.position || moving == window.kernel) {
      any = true;
      elements *= window.otherCoordinates(tile, moving == window.kernel,
                                          above.movingTrips[term.tensor]);
    } else {
      elements *= window.whole[window.at(tile)];
    }
  return any ? elements : 0;
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

double LayoutBound::completion(What what, unsigned b, const Cells &tile) const {
  double sum = 0;
  if (boundaries[b].completions.empty())
    return sum;
  bool complete = isComplete(tile);
  for (const Completion &completion : boundaries[b].completions) {
    sum += complete ? what.fj * completion.energyFj : 0;
    for (auto [lane, ns] :
         complete ? completion.laneNs : completion.incompleteNs)
      sum += lane == what.lane ? ns : 0;
  }
  return sum;
}

/// Of the terms of the tensors in a mask, what they count at a cost each.
template <typename Count>
double LayoutBound::sum(What what, unsigned b, unsigned which,
                        Count count) const {
  double sum = 0;
  for (const Term &term : boundaries[b].terms)
    if (double each = which >> term.tensor & 1 ? perCount(what, term) : 0)
      sum += each * count(term);
  return sum;
}

double LayoutBound::crossOnly(What what, unsigned b, const Cells &tile,
                              const LoopsAbove &above, unsigned which) const {
  return sum(what, b, which,
             [&](const Term &term) { return count(term, tile, above); });
}

double LayoutBound::crossOnce(What what, unsigned b, const Cells &tile,
                              unsigned tensor) const {
  return sum(what, b, 1u << tensor, [&](const Term &term) {
    if (!term.windows.empty())
      return std::max(term.least, leastOfWindows(term, tile) * term.factor *
                                      term.leastRepeats *
                                      (1 - term.lonelyShare(tile)));
    return term.isProduct ? product(term.visits, tile,
                                    term.leastElements * term.leastRepeats)
                          : term.least;
  });
}

double LayoutBound::crossAgain(What what, unsigned b, const Cells &tile,
                               unsigned tensor) const {
  return sum(what, b, 1u << tensor, [&](const Term &term) {
    double elements = product(term.visits, tile, term.leastElements) *
                      (1 - term.lonelyShare(tile));
    return term.again(elements, term.repeatsOf(tile));
  });
}

double LayoutBound::crossAgain(What what, unsigned b, const Cells &tile,
                               const LoopsAbove &above, unsigned tensor) const {
  return sum(what, b, 1u << tensor, [&](const Term &term) {
    double repeats = term.repeatsOf(*above.stays[tensor]);
    repeats -= repeatsAlone(term, tile, repeats, above);
    return term.again(product(term.visits, tile, term.leastElements), repeats);
  });
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

//===- LayoutBound.cpp - What a layout costs at least -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutBound.h"
#include <algorithm>

using namespace ohas::search;
using namespace ohas::cost;

bool LayoutBound::mayLoop(unsigned i, unsigned d) const {
  return problem.accepted(memories[i]).contains(problem.dims[d]);
}

/// No loop above reduces.
bool LayoutBound::isComplete(const Cells &tile) const {
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    if (reductions >> d & 1 && tile[d] != tiles.last(d))
      return false;
  return true;
}

bool LayoutBound::fits(unsigned b, const Cells &tile, unsigned reducing) const {
  const Boundary &boundary = boundaries[b];
  if (boundary.mustBeComplete && !isComplete(tile))
    return false;
  if (boundary.rooms.empty())
    return true;
  bool completeAbove = isComplete(tile);
  for (const Room &room : boundary.rooms) {
    bool complete = completeAbove && room.sender >= reducing;
    double bits = 0;
    for (const Room::Part &part : room.parts) {
      double elements = complete ? part.bits : part.wideBits;
      for (const DimTable &table : part.extents)
        elements *= table.byCell[tile[table.dim]];
      for (const WindowTable &window : part.windows)
        elements *=
            window.whole[size_t(tile[window.position]) * window.columns +
                         tile[window.kernel]];
      bits += elements;
    }
    if ((room.doubled ? 2 : 1) * bits > double(room.capacity))
      return false;
  }
  return true;
}

double LayoutBound::windowElements(const WindowTable &window, const Cells &tile,
                                   int moving, int64_t trips,
                                   const Cells *top) const {
  size_t at =
      size_t(tile[window.position]) * window.columns + tile[window.kernel];
  if (moving == window.kernel)
    return window.byKernel[at];
  if (moving != window.position)
    return window.whole[at];
  // A sweep along the position brings the union of its tiles, and the next one
  // starts afresh, unless its first tile and its last overlap.
  if (top && trips >= 3 && tile[window.kernel] == tiles.last(window.kernel)) {
    int64_t step = window.positionReach *
                   tiles.extent(window.position, tile[window.position]) *
                   window.stride;
    if ((trips - 2) * step + window.stride >= window.reach) {
      size_t swept = size_t((*top)[window.position]) * window.columns +
                     tile[window.kernel];
      return std::max(window.byPosition[at],
                      window.whole[swept] - window.sweepLoss[at]);
    }
  }
  return window.byPosition[at];
}

double LayoutBound::count(const Term &term, const Cells &tile,
                          const LoopsAbove &above) const {
  const Cells &repeating =
      above.stays[term.tensor] ? *above.stays[term.tensor] : tile;
  double repeats = 1;
  for (const DimTable &table : term.repeats)
    repeats *= table.byCell[repeating[table.dim]];
  double elements = term.factor;
  for (const DimTable &table : term.visits)
    elements *= table.byCell[tile[table.dim]];
  int moving = above.moving[term.tensor];
  bool unknown =
      moving == LoopsAbove::none && above.innermost != LoopsAbove::none;
  if (!term.windows.empty()) {
    double whole = 1, least = 1;
    if (!unknown) {
      for (const WindowTable &window : term.windows)
        whole *=
            windowElements(window, tile, moving, above.movingTrips[term.tensor],
                           above.top[term.tensor]);
    } else {
      // Any of the axes may be the one that moves.
      for (const WindowTable &window : term.windows)
        whole *= windowElements(window, tile, moving, 0, nullptr);
      least = whole;
      for (const WindowTable &window : term.windows) {
        double still = windowElements(window, tile, moving, 0, nullptr);
        for (int dim : {int(window.position), int(window.kernel)})
          if (tile[dim] != tiles.last(dim))
            least = std::min(least,
                             whole / still *
                                 windowElements(window, tile, dim, 0, nullptr));
      }
      whole = least;
    }
    elements *= whole;
  }
  if (above.innermost != LoopsAbove::none) {
    double lonely = 0;
    for (const DimTable &table : term.lonely)
      if (unknown || table.dim == moving)
        lonely = std::max(lonely, table.byCell[tile[table.dim]]);
    // Windows may even come back to where they were.
    repeats -=
        lonely * (repeats - (term.windows.empty() ? term.leastRepeats : 0));
  }
  return std::max(elements * repeats, term.least);
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

double LayoutBound::crossOnly(What what, unsigned b, const Cells &tile,
                              const LoopsAbove &above, unsigned which) const {
  double sum = 0;
  for (const Term &term : boundaries[b].terms)
    if (double each = which >> term.tensor & 1 ? perCount(what, term) : 0)
      sum += each * count(term, tile, above);
  return sum;
}

double LayoutBound::crossOnce(What what, unsigned b, const Cells &tile,
                              unsigned tensor) const {
  double sum = 0;
  for (const Term &term : boundaries[b].terms) {
    double each = term.tensor == tensor ? perCount(what, term) : 0;
    if (each == 0)
      continue;
    double elements = term.leastElements * term.leastRepeats;
    for (const DimTable &table : term.visits)
      elements *= table.byCell[tile[table.dim]];
    sum += each * (term.isProduct ? elements : term.least);
  }
  return sum;
}

double LayoutBound::crossAgain(What what, unsigned b, const Cells &top,
                               unsigned tensor) const {
  double sum = 0;
  for (const Term &term : boundaries[b].terms) {
    double each = term.tensor == tensor ? perCount(what, term) : 0;
    if (each == 0)
      continue;
    double repeats = 1, elements = term.leastElements;
    for (const DimTable &table : term.repeats)
      repeats *= table.byCell[top[table.dim]];
    // A tile further in is no larger: its tensor has no fewer.
    for (const DimTable &table : term.visits)
      elements *= table.byCell[top[table.dim]];
    double sure = 1 - term.mostLonely;
    sum += each * (term.isProduct
                       ? elements * sure * (repeats - term.leastRepeats)
                       : std::max(0.0, elements * sure * repeats - term.least));
  }
  return sum;
}

double LayoutBound::latencyNs(const PartialCost &cost) const {
  double ns = stepsNs;
  for (unsigned i = 0; i < laneCount; ++i)
    ns = std::max(ns, cost.busyNs[i]);
  return ns + cost.programmingNs;
}

PartialCost LayoutBound::least() const {
  PartialCost cost = constant;
  Cells whole = {};
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    whole[d] = tiles.last(d);
  for (unsigned b = 0; b < boundaries.size(); ++b)
    cost.add(cross(b, whole, LoopsAbove()), laneCount);
  return cost;
}

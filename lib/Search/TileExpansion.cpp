//===- TileExpansion.cpp - What may be inside of a tile ----------*- C++
//-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileSearch.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Beside a node, of a tile that is looked up, and of one that is looked at.
static constexpr double workPerLookup = 0.005, workPerChild = 0.05;

/// Of tiles with these steps, which are no fewer than known so far.
void TileSearch::setSteps(PartialCost &known, double knownFj,
                          const LayoutBound::Steps &steps,
                          uint16_t spreadOnly) const {
  known.stepsNs = bound.stepsNs(steps);
  if (bound.hasStepEnergy())
    known.energyFj += bound.stepsFj(steps, spreadOnly) - knownFj;
}

/// Every tile inside, and every kind of innermost loop above it.
void TileSearch::expand(unsigned memory, const Node &node) {
  TileGrid &grid = bound.grid();
  Expansion into;
  into.node = node;
  into.knownFj = node.known.energyFj;
  into.step.memory = memory;
  into.step.between = {&into.node.cells, &into.step.cells, node.above.between,
                       memory - 1};
  into.step.between.bounds = &into.step.bounds;
  for (unsigned d = 0; d < grid.numDims(); ++d) {
    auto add = [&](const TileGrid::Inner &inner) {
      LayoutBound::StepsAlong steps = bound.stepsInside(
          memory - 1, d, node.steps[d], node.extents[d], inner.extent);
      into.choices[d].push_back(
          {inner, steps, bound.leastSteps(memory - 1, d, steps, inner.extent)});
    };
    if (!bound.mayLoop(memory - 1, d))
      add({node.extents[d], 1, node.cells[d]});
    else
      llvm::for_each(grid.inner(d, node.extents[d]), add);
  }
  chooseTile(into, grid.numDims(), 0);
  llvm::stable_sort(into.children, [](const Child &a, const Child &b) {
    return a.bound < b.bound;
  });
  for (Child &child : into.children) {
    if (stats.exhausted())
      return;
    // A later one may only seem to be worse, by its last digits.
    if (!incumbent.canBeatValue(child.bound))
      continue;
    Node inner;
    inner.extents = child.step.inner;
    inner.cells = child.step.cells;
    inner.above = child.step.above;
    if (child.step.again >= 0)
      inner.above.stays[inner.above.staying] = &child.step.stays;
    LoopsBetween &between = child.step.between;
    between.tile = &child.step.cells;
    between.bounds = &child.step.bounds;
    inner.above.between = &between;
    inner.trips = child.step.above.trips;
    inner.known = node.known;
    inner.mirrors = node.mirrors && keepsMirror(child.step);
    LayoutBound::Steps leastSteps;
    for (unsigned d = 0; d < grid.numDims(); ++d) {
      inner.steps[d] = bound.stepsInside(memory - 1, d, node.steps[d],
                                         node.extents[d], inner.extents[d]);
      leastSteps[d] =
          bound.leastSteps(memory - 1, d, inner.steps[d], inner.extents[d]);
    }
    inner.spreadOnly =
        node.spreadOnly | bound.spreadOnly(memory - 1, inner.extents);
    setSteps(inner.known, node.stepsFj, leastSteps, inner.spreadOnly);
    inner.stepsFj = bound.stepsFj(leastSteps, inner.spreadOnly);
    steps.push_back(child.step);
    visit(memory, inner);
    steps.pop_back();
  }
}

/// Along the dims before number `d`, from the last one on; `at` is the place of
/// what is chosen in the grid. Most tiles are hopeless whichever loops are
/// above them, and say so at once.
void TileSearch::chooseTile(Expansion &into, unsigned d, size_t at) {
  if (stats.exhausted())
    return;
  Step &step = into.step;
  if (d > 0) {
    --d;
    for (const Choice &choice : into.choices[d]) {
      step.inner[d] = choice.inner.extent;
      step.bounds[d] = choice.inner.bound;
      step.cells[d] = choice.inner.cell;
      into.leastSteps[d] = choice.leastSteps;
      chooseTile(into, d, at + choice.inner.cell * bound.grid().stride(d));
    }
    return;
  }
  if (into.node.mirrors && isMirrored(step))
    return;
  stats.work += workPerLookup;
  PartialCost &known = into.node.known;
  known.energyFj = into.knownFj;
  uint16_t spreadOnly = into.node.spreadOnly;
  if (bound.hasStepEnergy())
    spreadOnly |= bound.spreadOnly(step.memory - 1, step.inner);
  setSteps(known, into.node.stepsFj, into.leastSteps, spreadOnly);
  if (!incumbent.canBeatValue(leastWith(known, [&](const CostToGo &toGo) {
        return toGo.belowLoops(step.memory, at);
      })))
    return;
  stats.work += workPerChild;
  kinds(into, at);
}

/// Of two tiles that mirror each other, is it the one that may be left out?
bool TileSearch::isMirrored(const Step &step) const {
  for (auto [one, other] : mirroredNumbers)
    if (step.inner[one] != step.inner[other])
      return step.inner[one] < step.inner[other];
  return false;
}

/// Are height and width still alike inside of the tile?
bool TileSearch::keepsMirror(const Step &step) const {
  return llvm::none_of(mirroredNumbers, [&](std::pair<int, int> pair) {
    auto is = [&](int d) { return d == pair.first || d == pair.second; };
    return step.inner[pair.first] != step.inner[pair.second] ||
           is(step.above.innermost) || is(step.next) || is(step.again) ||
           llvm::any_of(step.above.moving, is);
  });
}

void TileSearch::kinds(Expansion &into, size_t at) {
  const TileGrid &grid = bound.grid();
  const Node &node = into.node;
  Step &step = into.step;
  if (!node.roomy && !bound.isComplete(step.cells))
    return;
  llvm::SmallVector<int, 10> loops;
  std::array<SingleTiles, numDims> single;
  LoopsBetween &between = step.between;
  between.loops = between.changing = 0;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (step.bounds[d] > 1) {
      loops.push_back(d);
      between.loops |= 1u << d;
      single[d] =
          bound.singleTiles(step.memory - 1, d, step.inner[d], step.bounds[d]);
      if (single[d].last == SingleTiles::Later)
        between.changing |= 1u << d;
    }
  // The tensor that stays, and the dim if it matters.
  std::array<std::pair<int, int>, numDims> kinds;
  for (int d : loops) {
    bool matters = bound.mayBeAlone(d, single[d]);
    for (unsigned t = 0; t < numTensors; ++t)
      matters |= bound.isWindowed(t, d);
    kinds[d] = {stayingBelow(d), matters ? d : -1};
  }
  llvm::SmallVector<std::pair<int, int>, 8> known;
  for (int innermost : loops) {
    auto kind = kinds[innermost];
    if (llvm::is_contained(known, kind))
      continue;
    known.push_back(kind);
    if (!incumbent.canBeatValue(
            leastWith(node.known, [&](const CostToGo &toGo) {
              return toGo.belowLoops(step.memory, innermost, at);
            })))
      continue;
    // One of several may stand for those that always change as well.
    bool alike = llvm::all_of(loops, [&](int d) {
      return between.changing >> d & 1 || kinds[d] != kind;
    });
    unsigned first = alike ? 1u << innermost : 0;
    between.innermost = first;
    step.stands = kind.second < 0;
    LoopsAbove &above = step.above;
    above = LoopsAbove();
    above.innermost = innermost;
    above.staying = kind.first;
    above.between = &between;
    for (unsigned d = 0; d < grid.numDims(); ++d)
      above.trips[d] = node.trips[d] * step.bounds[d];
    for (unsigned t = 0; t < numTensors; ++t) {
      above.moving[t] = innermost;
      above.movingTrips[t] = step.bounds[innermost];
      above.single[t] = single[innermost];
      above.top[t] = &node.cells;
    }
    step.next = -1;
    if (above.staying == LoopsAbove::none) {
      consider(into);
      continue;
    }
    unsigned t = above.staying;
    llvm::SmallVector<int, 10> relevant;
    for (int d : loops)
      if (!bound.isIrrelevant(t, d))
        relevant.push_back(d);
    if (relevant.empty()) {
      // The loops further out decide.
      between.innermost = between.loops;
      bool goesOn = node.above.staying == int(t);
      above.stays[t] = goesOn ? node.above.stays[t] : &node.cells;
      above.moving[t] = node.above.moving[t];
      above.movingTrips[t] = node.above.movingTrips[t];
      above.single[t] = node.above.single[t];
      above.top[t] = node.above.top[t];
      consider(into);
      continue;
    }
    bool one = true;
    for (int d : relevant)
      one &= !bound.isWindowed(t, d) && !bound.mayBeAlone(d, single[d]);
    if (one)
      relevant.resize(1);
    for (int d : relevant) {
      // Where it does not matter what moves next, orders are not told apart.
      step.next = one ? -1 : d;
      above.moving[t] = d;
      above.movingTrips[t] = step.bounds[d];
      above.single[t] = single[d];
      // Either all loops that it does not depend on are innermost, or some
      // other one is further out.
      unsigned irrelevant = 0;
      for (int d : loops)
        if (bound.isIrrelevant(t, d))
          irrelevant |= 1u << d;
      above.stays[t] = &node.cells;
      between.innermost = first;
      if (irrelevant != 1u << innermost && !promises(into))
        continue;
      between.innermost = irrelevant;
      consider(into);
      // One that stands for others need not be the innermost one itself.
      bool others =
          llvm::count_if(loops, [&](int d) { return kinds[d] == kind; }) > 1;
      unsigned rest = irrelevant & ~(others ? 0 : 1u << innermost);
      between.innermost = first;
      above.stays[t] = &step.stays;
      for (unsigned dim = 0; rest >> dim; ++dim)
        if (rest >> dim & 1) {
          step.again = dim;
          step.stays = node.cells;
          step.stays[dim] = step.cells[dim];
          consider(into);
        }
      step.again = -1;
    }
  }
}

/// May mappings with the step be better?
std::optional<GoalValue> TileSearch::promises(Expansion &into) {
  ++stats.bounds;
  const Step &step = into.step;
  GoalValue least =
      leastInside(step.memory, into.node.known, step.cells, step.above);
  if (!incumbent.canBeatValue(least))
    return std::nullopt;
  return least;
}

void TileSearch::consider(Expansion &into) {
  if (std::optional<GoalValue> least = promises(into))
    into.children.push_back({*least, into.step});
}

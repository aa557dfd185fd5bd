//===- TileSearch.cpp - The best tiles and orders of a layout ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileSearch.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <functional>

using namespace ohas::search;
using namespace ohas::cost;

/// Beside a node, of the tables of a layout and of a tile that is looked at.
static constexpr double workPerTile = 0.01, workPerChild = 0.05;

TileSearch::TileSearch(const MappingProblem &problem, const Layout &layout,
                       Factors factors, llvm::ArrayRef<unsigned> late,
                       TablePool &pool, Incumbent &incumbent,
                       SearchStatistics &stats)
    : problem(problem), layout(layout), bound(problem, layout, factors, late),
      pool(pool), incumbent(incumbent), stats(stats) {}

GoalValue TileSearch::valueOf(double energyFj, double latencyNs) const {
  PartialCost cost;
  cost.energyFj = energyFj;
  return incumbent.valueOf(bound.energyFj(cost, latencyNs), latencyNs);
}

GoalValue TileSearch::valueOf(const PartialCost &cost) const {
  return valueOf(cost.energyFj, bound.latencyNs(cost));
}

/// The energy that the objective would pay for a nanosecond less, near a cost;
/// 0 if none matters.
double TileSearch::worthOfTime(const PartialCost &cost) const {
  constexpr double step = 1e-3;
  double ns = bound.latencyNs(cost), fj = cost.energyFj,
         here = valueOf(fj, ns).first,
         byTime = valueOf(fj, ns * (1 + step)).first - here,
         byEnergy = valueOf(fj * (1 + step), ns).first - here;
  return byEnergy > 0 && ns > 0 ? byTime / byEnergy * fj / ns : 0;
}

/// Least value of a tile with these costs outside of it, and the loops of loop
/// memory `inside` directly below it; impossible if it cannot be.
///
/// Energy, time, and weighted sums of both have a bound each. Objectives rise
/// with both and are quasi-concave, so that the least value of all that the
/// bounds allow is at a corner.
GoalValue TileSearch::leastValue(const PartialCost &known, unsigned inside,
                                 const Cells &cells,
                                 const LoopsAbove &above) const {
  double fj = energy->below(inside, cells, above);
  if (fj >= CostToGo::impossible)
    return {fj, fj};
  fj += known.energyFj;
  double ns = bound.latencyNs(known), mixedFj = 0;
  GoalValue least = valueOf(fj, ns);
  for (const TimeToGo &toGo : times) {
    // What cannot be better need not be known exactly.
    if (!incumbent.canBeatValue(least))
      break;
    double knownNs = bound.latencyNs(known, toGo.lane);
    ns = std::max(ns, knownNs + toGo.time.below(inside, cells, above));
    if (toGo.mixed)
      mixedFj = std::max(
          mixedFj,
          known.energyFj +
              fjPerNs * (knownNs + toGo.mixed->below(inside, cells, above)));
    double frugalNs = fjPerNs > 0 ? (mixedFj - fj) / fjPerNs : 0;
    least = frugalNs <= ns
                ? valueOf(fj, ns)
                : Incumbent::leastOf(valueOf(mixedFj - fjPerNs * ns, ns),
                                     valueOf(fj, frugalNs));
  }
  return least;
}

/// The same whichever memory below number `limit` has the next loops.
GoalValue TileSearch::leastInside(unsigned limit, PartialCost known,
                                  const Cells &cells,
                                  const LoopsAbove &above) const {
  GoalValue least = {CostToGo::impossible, CostToGo::impossible};
  for (unsigned inside = limit; inside-- > 0 && fits(inside, cells);) {
    known.add(bound.cross(inside, cells, above), bound.lanes());
    least = Incumbent::leastOf(least, leastValue(known, inside, cells, above));
  }
  return least;
}

/// Does a fan-out deliver too much at a time, whatever loops? If loops can move
/// its copies apart, only a complete mapping tells.
bool TileSearch::exceedsStep() const {
  const auto &levels = problem.accelerator.levels;
  std::optional<Mapping> mapping;
  for (unsigned fanout : problem.fanouts)
    for (Tensor tensor : allTensors) {
      const auto &most = levels[fanout].maxPerStep[index(tensor)];
      if (!most)
        continue;
      if (!mapping)
        mapping = build({});
      bool moves = false;
      for (unsigned i = fanout + 1; i + 1 < levels.size(); ++i) {
        if (mapping->levels[i].kept.contains(tensor))
          break;
        moves |=
            !problem.accepted(i).empty() && levels[i].kind == LevelKind::Memory;
      }
      if (!moves && elementsPerStep(problem.workload, problem.accelerator,
                                    *mapping, fanout, tensor) > *most)
        return true;
    }
  return false;
}

/// Of all that may take as long as the rest. False if that already shows that
/// nothing is better.
bool TileSearch::addTimes(const PartialCost &least,
                          llvm::function_ref<bool()> mayBegin) {
  constexpr double relevant = 0.1;
  double ns = bound.latencyNs(least);
  fjPerNs = worthOfTime(least);
  llvm::SmallVector<int, Crossings::maxLanes + 1> lanes;
  // Nothing that a mapping chooses changes the number of steps.
  if (bound.hasProgramming())
    lanes.push_back(-1);
  for (unsigned lane = 0; lane < bound.lanes(); ++lane)
    if (least.busyNs[lane] > relevant * ns && !bound.isBehindSteps(lane))
      lanes.push_back(lane);
  // What takes longest soonest shows that a layout is no better.
  llvm::stable_sort(lanes, [&](int a, int b) {
    return bound.latencyNs(least, a) > bound.latencyNs(least, b);
  });
  for (int lane : lanes) {
    times.push_back(
        {lane, CostToGo(bound, bound.grid(), *room, pool, {lane, 0, 1}), {}});
    if (!mayBegin())
      return false;
    if (fjPerNs == 0)
      continue;
    times.back().mixed.emplace(bound, bound.grid(), *room, pool,
                               LayoutBound::What{lane, 1 / fjPerNs, 1});
    if (!mayBegin())
      return false;
  }
  return true;
}

void TileSearch::run() {
  if (!bound.isPossible())
    return;
  unsigned memories = bound.loopMemories().size();
  Node root;
  root.extents.fill(1);
  root.trips.fill(1);
  root.cells = {};
  for (unsigned d = 0; d < bound.grid().numDims(); ++d) {
    root.extents[d] = bound.grid().trips(d);
    root.cells[d] = bound.grid().last(d);
  }
  root.known = bound.fixed();
  if (exceedsStep())
    return;
  PartialCost least = bound.least();
  if (!incumbent.canBeatValue(valueOf(least)))
    return;
  ++stats.layouts;
  stats.work += 1 + bound.grid().size() * memories * workPerTile;
  room.emplace(bound, bound.grid());
  auto mayBegin = [&] {
    return incumbent.canBeatValue(
        leastInside(memories + 1, root.known, root.cells, root.above));
  };
  energy.emplace(bound, bound.grid(), *room, pool, LayoutBound::energy);
  if (!mayBegin())
    return;
  if (!addTimes(least, mayBegin))
    return;
  visit(memories + 1, root);
}

void TileSearch::visit(unsigned limit, const Node &node) {
  if (stats.exhausted())
    return;
  ++stats.nodes;
  ++stats.work;
  Node inner = node;
  for (unsigned inside = limit; inside-- > 0;) {
    if (!fits(inside, node.cells))
      return;
    inner.roomy = true;
    for (unsigned b = inside; b < limit; ++b)
      inner.roomy &= bound.fits(b, node.cells, inside);
    inner.known.add(bound.cross(inside, node.cells, node.above), bound.lanes());
    if (!incumbent.canBeatValue(
            leastValue(inner.known, inside, node.cells, node.above)))
      continue;
    if (inside == 0)
      leaf(inner.known);
    else
      expand(inside, inner);
  }
}

/// Every tile inside, and every kind of innermost loop above it.
void TileSearch::expand(unsigned memory, const Node &node) {
  std::vector<Child> children;
  Step step;
  step.memory = memory;
  TileGrid &grid = bound.grid();
  std::function<void(unsigned)> choose = [&](unsigned d) {
    if (stats.exhausted())
      return;
    if (d == grid.numDims()) {
      stats.work += workPerChild;
      kinds(memory, node, step, children);
      return;
    }
    if (!bound.mayLoop(memory - 1, d)) {
      step.inner[d] = node.extents[d];
      step.bounds[d] = 1;
      step.cells[d] = node.cells[d];
      return choose(d + 1);
    }
    for (int64_t inner : grid.inner(d, node.extents[d])) {
      step.inner[d] = inner;
      step.bounds[d] = llvm::divideCeilSigned(node.extents[d], inner);
      step.cells[d] = grid.cellOf(d, inner);
      choose(d + 1);
    }
  };
  choose(0);
  llvm::stable_sort(children, [](const Child &a, const Child &b) {
    return a.bound < b.bound;
  });
  for (Child &child : children) {
    if (stats.exhausted())
      return;
    // A later one may only seem to be worse, by its last digits.
    if (!incumbent.canBeatValue(child.bound))
      continue;
    Node inner;
    inner.extents = child.step.inner;
    inner.cells = child.step.cells;
    inner.above = child.step.above;
    inner.trips = child.step.above.trips;
    inner.known = node.known;
    steps.push_back(child.step);
    visit(memory, inner);
    steps.pop_back();
  }
}

void TileSearch::kinds(unsigned memory, const Node &node, Step &step,
                       std::vector<Child> &children) {
  const TileGrid &grid = bound.grid();
  if (!node.roomy && !bound.isComplete(step.cells))
    return;
  llvm::SmallVector<int, 10> loops;
  std::array<SingleTiles, numDims> single;
  for (unsigned d = 0; d < grid.numDims(); ++d)
    if (step.bounds[d] > 1) {
      loops.push_back(d);
      if (bound.hasLonely())
        single[d] =
            bound.singleTiles(memory - 1, d, step.inner[d], step.bounds[d]);
    }
  llvm::SmallVector<std::pair<int, int>, 8> known;
  for (int innermost : loops) {
    LoopsAbove &above = step.above;
    above = LoopsAbove();
    above.innermost = innermost;
    for (unsigned d = 0; d < grid.numDims(); ++d)
      above.trips[d] = node.trips[d] * step.bounds[d];
    bool windows = false;
    for (unsigned t = 0; t < numTensors; ++t) {
      if (bound.isIrrelevant(t, innermost))
        above.staying = t;
      windows |= bound.isWindowed(t, innermost);
      above.moving[t] = innermost;
      above.movingTrips[t] = step.bounds[innermost];
      above.single[t] = single[innermost];
      above.top[t] = &node.cells;
    }
    bool matters = windows || bound.mayBeAlone(innermost, single[innermost]);
    std::pair<int, int> kind = {above.staying, matters ? innermost : -1};
    if (llvm::is_contained(known, kind))
      continue;
    known.push_back(kind);
    step.next = -1;
    if (above.staying == LoopsAbove::none) {
      consider(node, step, children);
      continue;
    }
    unsigned t = above.staying;
    llvm::SmallVector<int, 10> others;
    for (int d : loops)
      if (!bound.isIrrelevant(t, d))
        others.push_back(d);
    if (others.empty()) {
      // The loops further out decide.
      bool goesOn = node.above.staying == int(t);
      above.stays[t] = goesOn ? node.above.stays[t] : &node.cells;
      above.moving[t] = node.above.moving[t];
      above.movingTrips[t] = node.above.movingTrips[t];
      above.single[t] = node.above.single[t];
      above.top[t] = node.above.top[t];
      consider(node, step, children);
      continue;
    }
    above.stays[t] = &node.cells;
    bool one = true;
    for (int d : others)
      one &= !bound.isWindowed(t, d) && !bound.mayBeAlone(d, single[d]);
    if (one)
      others.resize(1);
    for (int d : others) {
      // Where it does not matter what moves next, orders are not told apart.
      step.next = one ? -1 : d;
      above.moving[t] = d;
      above.movingTrips[t] = step.bounds[d];
      above.single[t] = single[d];
      consider(node, step, children);
    }
  }
}

void TileSearch::consider(const Node &node, Step &step,
                          std::vector<Child> &children) {
  ++stats.bounds;
  GoalValue least =
      leastInside(step.memory, node.known, step.cells, step.above);
  if (incumbent.canBeatValue(least))
    children.push_back({least, step});
}

Mapping
TileSearch::build(llvm::ArrayRef<llvm::SmallVector<int, 10>> orders) const {
  Mapping mapping;
  mapping.levels.resize(problem.accelerator.levels.size());
  for (auto [memory, kept] : llvm::zip(problem.memories, layout.kept))
    mapping.levels[memory].kept = kept;
  for (auto [fanout, bounds] : llvm::zip(problem.fanouts, layout.spread))
    for (Dim dim : problem.dims)
      if (bounds[index(dim)] > 1)
        mapping.levels[fanout].loops.push_back({dim, bounds[index(dim)]});
  for (auto [step, order] : llvm::zip(steps, orders))
    for (int d : order)
      mapping.levels[bound.loopMemories()[step.memory - 1]].loops.push_back(
          {problem.dims[d], step.bounds[d]});
  return mapping;
}

/// Nothing of these tiles and innermost loops costs less than `known`.
void TileSearch::leaf(const PartialCost &known) {
  ++stats.leaves;
  std::vector<llvm::SmallVector<int, 10>> orders;
  for (const Step &step : steps) {
    auto &order = orders.emplace_back();
    auto rank = [&](int d) {
      return d == step.above.innermost ? 3
             : step.above.staying >= 0 &&
                     bound.isIrrelevant(step.above.staying, d)
                 ? 2
             : d == step.next ? 1
                              : 0;
    };
    for (int wanted = 0; wanted < 4; ++wanted)
      for (unsigned d = 0; d < bound.grid().numDims(); ++d)
        if (step.bounds[d] > 1 && rank(d) == wanted)
          order.push_back(d);
  }
  std::optional<UnroundedCost> cost = incumbent.offer(build(orders));
  double ns = bound.latencyNs(known), joules = bound.energyFj(known, ns);
  bool exact = cost && cost->energyFj <= joules * (1 + 1e-9) &&
               cost->latencyNs <= ns * (1 + 1e-9);
  if (!exact && incumbent.canBeatValue(valueOf(known)))
    otherOrders(known);
}

void TileSearch::otherOrders(const PartialCost &known) {
  GoalValue least = valueOf(known);
  std::vector<llvm::SmallVector<int, 10>> orders(steps.size());
  std::function<void(size_t)> choose = [&](size_t i) {
    if (!incumbent.canBeatValue(least))
      return;
    if (i == steps.size()) {
      incumbent.offer(build(orders));
      return;
    }
    const Step &step = steps[i];
    llvm::SmallVector<int, 10> order;
    for (unsigned d = 0; d < bound.grid().numDims(); ++d)
      if (step.bounds[d] > 1 && int(d) != step.above.innermost)
        order.push_back(d);
    do {
      if (step.next >= 0) {
        auto relevant = llvm::find_if(llvm::reverse(order), [&](int d) {
          return !bound.isIrrelevant(step.above.staying, d);
        });
        if (*relevant != step.next)
          continue;
      }
      orders[i] = order;
      orders[i].push_back(step.above.innermost);
      choose(i + 1);
    } while (std::next_permutation(order.begin(), order.end()));
  };
  choose(0);
}

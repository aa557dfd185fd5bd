//===- TileSearch.cpp - The best tiles and orders of a layout ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileSearch.h"
#include "Spreads.h"
#include "llvm/ADT/STLExtras.h"
#include <functional>

using namespace ohas::search;
using namespace ohas::cost;

/// Beside a node: of what a layout is compiled to, and of a tile with each loop
/// memory above it, as to where it fits, and in a table.
static constexpr double workPerLayout = 8, workPerTileRoom = 0.007,
                        workPerTile = 0.027;

TileSearch::TileSearch(const MappingProblem &problem, const Layout &layout,
                       Factors factors, llvm::ArrayRef<unsigned> late,
                       size_t mostTiles, TablePool &pool, Incumbent &incumbent,
                       SearchStatistics &stats)
    : problem(problem), layout(layout),
      bound(problem, layout, factors, late, mostTiles), pool(pool),
      incumbent(incumbent), stats(stats) {}

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

/// Of a tile with these costs outside of it, and the loops of loop
/// memory `inside` directly below it; impossible if it cannot be.
GoalValue TileSearch::leastValue(const PartialCost &known, unsigned inside,
                                 const Cells &cells,
                                 const LoopsAbove &above) const {
  return leastWith(known, [&](const CostToGo &toGo) {
    return toGo.below(inside, cells, above);
  });
}

/// The same whichever memory below number `limit` has the next loops.
GoalValue TileSearch::leastInside(unsigned limit, PartialCost known,
                                  const Cells &cells,
                                  const LoopsAbove &above) const {
  GoalValue least = {impossible, impossible};
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

/// All that may take as long as the rest.
void TileSearch::addTimes() {
  double ns = bound.latencyNs(least);
  fjPerNs = worthOfTime(least);
  // What is fetched more often takes energy, too: where that matters, only what
  // is close to taking longest has to be looked at.
  double relevant = fjPerNs > 0 ? 0.5 : 0.1;
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
  for (int lane : lanes)
    times.push_back({lane});
}

/// With a table more.
bool TileSearch::mayBegin(std::optional<CostToGo> &table,
                          LayoutBound::What what) {
  stats.work += tilesWithMemories() * workPerTile;
  if (stats.exhausted())
    return false;
  CrossingTables crossings(*counts, what);
  table.emplace(crossings);
  stats.tableCosts += table->completeCosts();
  return incumbent.canBeatValue(leastInside(
      bound.loopMemories().size() + 1, root.known, root.cells, root.above));
}

bool TileSearch::begin() {
  stats.work += workPerLayout;
  if (!bound.isPossible())
    return false;
  root.extents.fill(1);
  root.trips.fill(1);
  root.cells = {};
  for (unsigned d = 0; d < bound.grid().numDims(); ++d) {
    root.extents[d] = bound.grid().trips(d);
    root.cells[d] = bound.grid().last(d);
    root.steps[d] = bound.allSteps(d);
  }
  root.known = bound.fixed();
  root.stepsFj = bound.stepsFj(bound.fewestSteps());
  root.mirrors = isMirrorSymmetric(problem) &&
                 llvm::all_of(layout.spread, [](const DimBounds &bounds) {
                   return mirrored(bounds) == bounds;
                 });
  for (auto [one, other] : mirroredDims)
    if (problem.workload.size(one) > 1)
      mirroredNumbers.push_back(
          {int(problem.number(one)), int(problem.number(other))});
  if (exceedsStep())
    return false;
  least = bound.least();
  if (!incumbent.canBeatValue(valueOf(least)))
    return false;
  stats.work += tilesWithMemories() * workPerTileRoom;
  room.emplace(bound, pool);
  counts.emplace(bound, *room, pool);
  addTimes();
  // Most that is hopeless is so for what it takes of energy and time together.
  return llvm::all_of(times,
                      [&](TimeToGo &time) {
                        return fjPerNs == 0 ||
                               mayBegin(time.mixed,
                                        {time.lane, 1 / fjPerNs, 1});
                      }) &&
         mayBegin(energy, LayoutBound::energy) &&
         llvm::all_of(times, [&](TimeToGo &time) {
           return mayBegin(time.time, {time.lane, 0, 1});
         });
}

void TileSearch::run() { visit(bound.loopMemories().size() + 1, root); }

void TileSearch::visit(unsigned limit, const Node &node) {
  if (stats.exhausted())
    return;
  ++stats.nodes;
  ++stats.work;
  Node inner = node;
  for (unsigned inside = limit; inside-- > 0;) {
    auto fitsExactly = [&](unsigned b, unsigned reducing) {
      return bound.fits(b, node.cells, reducing) &&
             bound.fits(b, node.extents, node.cells, reducing);
    };
    if (!fitsExactly(inside, 0))
      return;
    inner.roomy = true;
    for (unsigned b = inside; b < limit; ++b)
      inner.roomy &= fitsExactly(b, inside);
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

Mapping TileSearch::build(llvm::ArrayRef<Order> orders) const {
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

/// The tensor that does not depend on a dim.
int TileSearch::stayingBelow(unsigned d) const {
  for (unsigned t = 0; t < numTensors; ++t)
    if (bound.isIrrelevant(t, d))
      return t;
  return LoopsAbove::none;
}

/// Is the order of a memory's loops one of those that the step is about?
bool TileSearch::allows(const Step &step, llvm::ArrayRef<int> order) const {
  const LoopsAbove &above = step.above;
  auto isInnermost = [&](int d) {
    return d == above.innermost ||
           (step.stands && stayingBelow(d) == above.staying);
  };
  if (above.staying == LoopsAbove::none)
    return isInnermost(order.back());
  auto stays = [&](int d) { return bound.isIrrelevant(above.staying, d); };
  // The first loop outside of those during which the tensor stays.
  auto outside =
      llvm::find_if(llvm::reverse(order), [&](int d) { return !stays(d); });
  llvm::ArrayRef<int> outer(order.begin(), outside.base());
  if (step.next >= 0 && outer.back() != step.next)
    return false;
  return isInnermost(order.back()) &&
         (step.again < 0 ? llvm::none_of(outer, stays)
                         : llvm::is_contained(outer, step.again));
}

TileSearch::Order TileSearch::firstOrder(const Step &step) const {
  auto rank = [&](int d) {
    return d == step.again             ? 0
           : d == step.above.innermost ? 4
           : step.above.staying >= 0 &&
                   bound.isIrrelevant(step.above.staying, d)
               ? 3
           : d == step.next ? 2
                            : 1;
  };
  Order order;
  for (int wanted = 0; wanted < 5; ++wanted)
    for (unsigned d = 0; d < bound.grid().numDims(); ++d)
      if (step.bounds[d] > 1 && rank(d) == wanted)
        order.push_back(d);
  return order;
}

/// Nothing of these tiles and innermost loops costs less than `known`.
void TileSearch::leaf(const PartialCost &known) {
  ++stats.leaves;
  std::vector<Order> orders;
  for (const Step &step : steps)
    orders.push_back(firstOrder(step));
  std::optional<UnroundedCost> cost = incumbent.offer(build(orders));
  double ns = bound.latencyNs(known), joules = bound.energyFj(known, ns);
  bool exact = cost && cost->energyFj <= joules * (1 + 1e-9) &&
               cost->latencyNs <= ns * (1 + 1e-9);
  if (!exact && incumbent.canBeatValue(valueOf(known)))
    otherOrders(known);
}

void TileSearch::otherOrders(const PartialCost &known) {
  GoalValue least = valueOf(known);
  std::vector<std::vector<Order>> allowed(steps.size());
  for (auto [step, some] : llvm::zip(steps, allowed)) {
    Order order = firstOrder(step);
    llvm::sort(order);
    do
      if (allows(step, order))
        some.push_back(order);
    while (std::next_permutation(order.begin(), order.end()));
  }
  std::vector<Order> orders(steps.size());
  std::function<void(size_t)> choose = [&](size_t i) {
    if (i == steps.size()) {
      if (incumbent.canBeatValue(least))
        incumbent.offer(build(orders));
      return;
    }
    for (const Order &order : allowed[i]) {
      orders[i] = order;
      choose(i + 1);
    }
  };
  choose(0);
}

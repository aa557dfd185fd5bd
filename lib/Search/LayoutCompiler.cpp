//===- LayoutCompiler.cpp - From a layout to its bounds ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutCompiler.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

LayoutCompiler::LayoutCompiler(LayoutBound &bound, const Layout &layout,
                               llvm::ArrayRef<unsigned> late)
    : bound(bound), problem(bound.problem), workload(problem.workload),
      accelerator(problem.accelerator), layout(layout), late(late),
      fanoutOf(accelerator.levels.size(), -1) {
  for (auto [i, fanout] : llvm::enumerate(problem.fanouts))
    fanoutOf[fanout] = i;
}

/// Copies along `dim` of the fan-outs at levels [from, to).
int64_t LayoutCompiler::spread(unsigned from, unsigned to, Dim dim) const {
  int64_t product = 1;
  for (unsigned i = from; i < to; ++i)
    if (fanoutOf[i] >= 0)
      product *= layout.spread[fanoutOf[i]][index(dim)];
  return product;
}

double LayoutCompiler::copies(unsigned level) const {
  double product = 1;
  for (Dim dim : problem.dims)
    product *= double(spread(0, level, dim));
  return product;
}

bool LayoutCompiler::shares(unsigned fanout, Tensor tensor, Dim dim) const {
  return accelerator.levels[fanout].shares(
      tensor, !problem.irrelevant(tensor).contains(dim));
}

unsigned LayoutCompiler::boundaryOf(unsigned level) const {
  return llvm::count_if(bound.memories,
                        [&](unsigned memory) { return memory >= level; });
}

/// Does a fan-out at levels [from, to) spread a reduction?
bool LayoutCompiler::reducesAcross(unsigned from, unsigned to,
                                   bool unlessSummed) const {
  for (unsigned i = from; i < to; ++i)
    for (Dim dim : problem.dims)
      if (problem.reductions().contains(dim) && spread(i, i + 1, dim) > 1 &&
          !(unlessSummed &&
            accelerator.levels[i].mode(Tensor::Output) == FanoutMode::Sum))
        return true;
  return false;
}

/// Copies that ever work, in every step. Where temporal bounds divide, a copy
/// has no more than the trips.
LayoutBound::PerStep LayoutCompiler::stepsOf(unsigned i) const {
  const Level &level = accelerator.levels[i];
  LayoutBound::PerStep perStep = {
      level.staticUw * level.count * bound.stepNs, {}, {}, {}};
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    int64_t parts = llvm::divideCeilSigned(
        workload.size(dim), spread(i, accelerator.levels.size(), dim));
    perStep.steps[d] = parts;
    perStep.copies[d] = 1;
    if (bound.factors == Factors::Perfect) {
      perStep.copies[d] = llvm::divideCeilSigned(parts, bound.fewest[d]);
      perStep.steps[d] = perStep.copies[d] * bound.fewest[d];
    }
    // All copies of the outermost fan-out work, and in all but the last of
    // these all copies inside.
    int64_t outermost = 1, inside = 1;
    for (unsigned fanout : problem.fanouts)
      if (fanout < i)
        (outermost == 1 ? outermost : inside) *=
            spread(fanout, fanout + 1, dim);
    perStep.copies[d] =
        std::max(perStep.copies[d], (outermost - 1) * inside + 1);
    perStep.exact[d] = std::min(outermost * inside, parts);
  }
  return perStep;
}

void LayoutCompiler::power() {
  bound.stepNs = 1 / accelerator.levels.back().clockGhz;
  bound.alwaysUw = accelerator.alwaysUw();
  LayoutBound::Steps &least = bound.fewest;
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    least[d] = llvm::divideCeilSigned(
        workload.size(dim), spread(0, accelerator.levels.size(), dim));
  for (auto [i, level] : llvm::enumerate(accelerator.levels))
    if (level.duty == Duty::PerStep && level.staticUw > 0)
      bound.perStep.push_back(stepsOf(i));
  bound.constant.stepsNs = bound.stepsNs(least);
  bound.constant.energyFj += bound.stepsFj(least);
  const Level &compute = accelerator.levels.back();
  bound.constant.energyFj +=
      double(workload.macs()) * (compute.energyFj + compute.perCountFj());
  bound.constant.programmingNs += accelerator.fillNs;
}

void LayoutCompiler::noteLonely(const Term &term) {
  for (const LayoutBound::LonelyTable &table : term.lonely) {
    bound.lonely |= 1u << table.dim;
    if (table.counts == LayoutBound::LonelyTable::Counts::Unknown)
      bound.lonelyUnknown |= 1u << table.dim;
    for (const auto &cell : table.byCell)
      if (cell.most[LoopsAbove::No] != cell.most[LoopsAbove::Yes])
        bound.lonelyOuter |= 1u << table.dim;
  }
}

void LayoutCompiler::add(const Crossing &crossing) {
  Term term = shape(crossing.flow, crossing.place, crossing.hold);
  double each = 1 / copies(crossing.place);
  if (crossing.flow.toCompute && !crossing.hold) {
    // Every step, whatever loops where.
    double times = term.factor;
    for (const LayoutBound::DimTable &table : term.repeats)
      times *= table.byCell[0];
    for (const WindowTable &window : term.windows)
      times *= window.whole.front();
    bound.constant.energyFj += crossing.energyFj * times;
    for (auto [lane, ns] : crossing.lanes)
      bound.constant.busyNs[lane] += ns * each * times;
    return;
  }
  noteLonely(term);
  std::vector<Term> &terms =
      bound.boundaries[boundaryOf(crossing.flow.child)].terms;
  term.fjPerCount = crossing.energyFj;
  if (crossing.lanes.empty())
    terms.push_back(std::move(term));
  for (auto [lane, ns] : crossing.lanes) {
    term.lane = lane;
    term.nsPerCount = ns * each;
    terms.push_back(term);
    term.fjPerCount = 0;
  }
}

void LayoutCompiler::add(const Completion &completion) {
  LayoutBound::Completion scaled = {completion.energyFj, {}, {}};
  for (auto [lane, ns] : completion.lanes)
    scaled.laneNs.push_back({lane, ns / copies(completion.place)});
  if (completion.always) {
    bound.constant.energyFj += completion.energyFj;
    for (auto [lane, ns] : scaled.laneNs)
      bound.constant.busyNs[lane] += ns;
  } else if (!reducesAcross(0, completion.place, false)) {
    // A sum of what is known so far must not fall later: time that completion
    // may save is saved from the start, and taken back where it does not.
    for (auto &[lane, ns] : scaled.laneNs) {
      scaled.incompleteNs.push_back({lane, std::max(-ns, 0.0)});
      bound.constant.busyNs[lane] += std::min(ns, 0.0);
      ns = std::max(ns, 0.0);
    }
    bound.boundaries[boundaryOf(completion.place)].completions.push_back(
        std::move(scaled));
  }
}

/// Of the busiest copy: the first, which has the most work.
void LayoutCompiler::program(const Programming &programming, int lane) {
  auto [tensor, memory] = programming;
  const Level &level = accelerator.levels[memory];
  Term term;
  term.tensor = index(tensor);
  term.least = 1;
  // Of windows, only that there is one tile.
  bool windowed = bound.windowed[term.tensor] != 0;
  double tile = 1;
  unsigned end = accelerator.levels.size();
  const TileGrid &grid = bound.tiles;
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    bool repeats = problem.irrelevant(tensor).contains(dim);
    if (!repeats && !windowed)
      tile *= double(std::min(workload.size(dim), spread(memory, end, dim)));
    if (windowed)
      continue;
    LayoutBound::DimTable table{uint8_t(d), {}};
    LayoutBound::LonelyTable lonely;
    lonely.dim = d;
    for (unsigned cell = 0; cell < grid.cells(d); ++cell) {
      double trips =
          double(llvm::divideCeilSigned(grid.trips(d), grid.largest(d, cell)));
      table.byCell.push_back(trips);
      bool alone =
          bound.factors != Factors::Perfect &&
          llvm::divideCeilSigned(grid.trips(d), grid.smallest(d, cell)) > 2;
      lonely.byCell.push_back({1 / trips, alone ? 1 : 0,
                               alone ? int64_t(trips) : 0, 2 * grid.trips(d)});
    }
    lonely.counts = LayoutBound::LonelyTable::Counts::FirstTile;
    if (repeats)
      term.leastRepeats *= table.byCell.back();
    else
      term.addLonely(std::move(lonely));
    (repeats ? term.repeats : term.visits).push_back(std::move(table));
  }
  noteLonely(term);
  double perChange = level.writeLatencyNs;
  if (level.writeElementsPerNs)
    perChange = std::max(perChange, tile / *level.writeElementsPerNs);
  term.nsPerCount = perChange;
  if (!windowed)
    for (const LayoutBound::DimTable &table : term.visits)
      term.disjoint |= 1u << table.dim;
  if (lane >= 0)
    term.lane = lane;
  else
    bound.programs = true;
  bound.boundaries[boundaryOf(memory)].terms.push_back(std::move(term));
}

/// Where sums may not arrive, nothing may reduce above the child but what is
/// added on the way.
void LayoutCompiler::mustBeComplete(const Flow &flow) {
  if (flow.tensor != Tensor::Output ||
      accelerator.levels[flow.parent].accumulates)
    return;
  bound.boundaries[boundaryOf(flow.child)].mustBeComplete = true;
  bound.possible &= !reducesAcross(0, flow.parent, false) &&
                    !reducesAcross(flow.parent, flow.child, true);
}

void LayoutCompiler::run() {
  for (unsigned d = 0; d < bound.tiles.numDims(); ++d)
    bound.whole[d] = bound.tiles.last(d);
  for (unsigned memory : bound.memories) {
    auto &copies = bound.copiesInside.emplace_back();
    uint16_t &all = bound.allInside.emplace_back(0);
    for (auto [d, dim] : llvm::enumerate(problem.dims)) {
      copies[d] = spread(memory, accelerator.levels.size(), dim);
      all |= (spread(0, memory, dim) == 1) << d;
    }
  }
  memoriesAndRooms();
  power();
  Crossings list = listCrossings(
      problem, layout.kept, [&](const Flow &flow) { return landsLate(flow); });
  bound.laneCount = list.lanes.size();
  for (const Flow &flow : list.flows)
    mustBeComplete(flow);
  // Only what is complete stays.
  if (problem.staying().contains(Tensor::Output)) {
    unsigned resident = problem.outermost(Tensor::Output);
    bound.boundaries[boundaryOf(resident)].mustBeComplete = true;
    bound.possible &= !reducesAcross(0, resident, false);
  }
  for (const Crossing &crossing : list.crossings)
    add(crossing);
  for (const Completion &completion : list.completions)
    add(completion);
  for (auto [programming, lane] :
       llvm::zip(list.programming, list.programmingLanes))
    program(programming, lane);
}

static DimBounds tripsOf(const MappingProblem &problem, const Layout &layout) {
  DimBounds trips = problem.workload.sizes;
  for (const DimBounds &bounds : layout.spread)
    for (Dim dim : problem.dims)
      trips[index(dim)] =
          llvm::divideCeilSigned(trips[index(dim)], bounds[index(dim)]);
  return trips;
}

LayoutBound::LayoutBound(const MappingProblem &problem, const Layout &layout,
                         Factors factors, llvm::ArrayRef<unsigned> late,
                         size_t mostTiles)
    : problem(problem), factors(factors),
      tiles(problem, tripsOf(problem, layout), factors, mostTiles) {
  for (unsigned memory : llvm::reverse(problem.memories))
    if (!problem.accepted(memory).empty())
      memories.push_back(memory);
  for (Tensor tensor : allTensors)
    for (auto [d, dim] : llvm::enumerate(problem.dims))
      if (problem.irrelevant(tensor).contains(dim))
        irrelevant[index(tensor)] |= 1u << d;
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    if (problem.reductions().contains(dim))
      reductions |= 1u << d;
  LayoutCompiler(*this, layout, late).run();
}

//===- LayoutCompiler.cpp - From a layout to what crosses where -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Crossings.h"
#include "LayoutBound.h"
#include "ohas/CostModel/Counts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace ohas::search;
using namespace ohas::cost;

static constexpr std::pair<Dim, Dim> windowPairs[] = {
    {Dim::P, Dim::R}, {Dim::Q, Dim::S}, {Dim::D, Dim::T}};

namespace ohas::search {
class LayoutCompiler {
public:
  LayoutCompiler(LayoutBound &bound, const Layout &layout);
  void run();

private:
  using Term = LayoutBound::Term;
  using Boundary = LayoutBound::Boundary;
  void memoriesAndRooms();
  void power();
  void add(const Crossing &crossing);
  void add(const Completion &completion);
  void program(const Programming &programming, int lane);
  void mustBeComplete(const Flow &flow);
  Term shape(const Flow &flow, unsigned place, bool hold);
  void addWindow(Term &term, unsigned pair, const DimBounds &reach,
                 unsigned child, bool scattered);
  bool overlaps(unsigned pair) const;
  bool sharesWindow(const Flow &flow, unsigned place, unsigned inside,
                    Dim dim) const;
  bool scattersKernel(const Flow &flow, unsigned place, Dim kernel) const;
  bool mayLandLate(const Flow &flow) const;
  bool sumsInSteps(unsigned memory) const;
  void addExtents(LayoutBound::Room::Part &part, unsigned memory,
                  Tensor tensor) const;
  bool isEven(Dim dim) const;
  bool shares(unsigned fanout, Tensor tensor, Dim dim) const;
  int64_t spread(unsigned from, unsigned to, Dim dim) const;
  double copies(unsigned level) const;
  unsigned boundaryOf(unsigned level) const;
  bool reducesAcross(unsigned from, unsigned to, bool unlessSummed) const;
  double perCountFj(const Level &level) const {
    return level.duty == Duty::PerCount ? level.staticUw / level.clockGhz : 0;
  }

  LayoutBound &bound;
  const MappingProblem &problem;
  const Workload &workload;
  const Accelerator &accelerator;
  const Layout &layout;
  llvm::SmallVector<int, 16> fanoutOf; ///< by level
};
} // namespace ohas::search

LayoutCompiler::LayoutCompiler(LayoutBound &bound, const Layout &layout)
    : bound(bound), problem(bound.problem), workload(problem.workload),
      accelerator(problem.accelerator), layout(layout),
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
  switch (accelerator.levels[fanout].mode(tensor)) {
  case FanoutMode::Private:
    return false;
  case FanoutMode::Broadcast:
    return problem.irrelevant(tensor).contains(dim);
  case FanoutMode::Window:
  case FanoutMode::Sum:
    return true;
  }
  return false;
}

unsigned LayoutCompiler::boundaryOf(unsigned level) const {
  return llvm::count_if(bound.memories,
                        [&](unsigned memory) { return memory >= level; });
}

/// Is an element met by several positions and kernel indices?
bool LayoutCompiler::overlaps(unsigned pair) const {
  auto [position, kernel] = windowPairs[pair];
  int64_t s = workload.strides[pair], d = workload.dilations[pair];
  int64_t common = std::gcd(s, d);
  return workload.size(position) > d / common &&
         workload.size(kernel) > s / common &&
         workload.size(position) > 1 && workload.size(kernel) > 1;
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

/// Do outputs come straight from the products, which some loop adds up?
bool LayoutCompiler::sumsInSteps(unsigned memory) const {
  for (auto [inner, kept] : llvm::zip(problem.memories, layout.kept))
    if (inner > memory && kept.contains(Tensor::Output))
      return false;
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    if (problem.reductions().contains(dim) && bound.tiles.trips(d) > 1)
      return true;
  return false;
}

/// What a tile takes, by its extents along each dim.
void LayoutCompiler::addExtents(LayoutBound::Room::Part &part, unsigned memory,
                                Tensor tensor) const {
  const TileGrid &grid = bound.tiles;
  auto extent = [&](unsigned d, unsigned cell) {
    Dim dim = problem.dims[d];
    return std::min(workload.size(dim),
                    spread(memory, accelerator.levels.size(), dim) *
                        grid.extent(d, cell));
  };
  DimSet left = workload.relevantDims(tensor);
  bool windowed =
      tensor == (workload.transposed ? Tensor::Output : Tensor::Input);
  for (unsigned pair = 0; windowed && pair < 3; ++pair) {
    auto [position, kernel] = windowPairs[pair];
    if (workload.size(position) == 1 || workload.size(kernel) == 1)
      continue;
    left.erase(position);
    left.erase(kernel);
    LayoutBound::WindowTable window = {};
    window.position = llvm::find(problem.dims, position) - problem.dims.begin();
    window.kernel = llvm::find(problem.dims, kernel) - problem.dims.begin();
    window.columns = grid.cells(window.kernel);
    Workload box = workload;
    box.sizes.fill(1);
    for (unsigned i = 0; i < grid.cells(window.position); ++i)
      for (unsigned j = 0; j < window.columns; ++j) {
        box.size(position) = extent(window.position, i);
        box.size(kernel) = extent(window.kernel, j);
        window.whole.push_back(double(box.elements(tensor)));
      }
    part.windows.push_back(std::move(window));
  }
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    if (!left.contains(dim))
      continue;
    LayoutBound::DimTable table{uint8_t(d), {}};
    for (unsigned cell = 0; cell < grid.cells(d); ++cell)
      table.byCell.push_back(double(extent(d, cell)));
    part.extents.push_back(std::move(table));
  }
}

void LayoutCompiler::memoriesAndRooms() {
  bound.boundaries.resize(bound.memories.size() + 1);
  for (auto [memory, set] : llvm::zip(problem.memories, layout.kept)) {
    const Level &level = accelerator.levels[memory];
    if (!level.capacityBits)
      continue;
    LayoutBound::Room room{*level.capacityBits, level.doubleBuffered, {}};
    bool reducesAbove = reducesAcross(0, memory, false);
    for (Tensor tensor : allTensors) {
      if (!set.contains(tensor))
        continue;
      double narrow = operandBits(workload, accelerator, tensor), wide = narrow;
      if (tensor == Tensor::Output) {
        wide = accelerator.accumulatorBits;
        narrow = reducesAbove || sumsInSteps(memory) ? wide
                                                     : std::min(narrow, wide);
      }
      room.parts.push_back({narrow, wide, {}, {}});
      addExtents(room.parts.back(), memory, tensor);
    }
    if (!room.parts.empty())
      bound.boundaries[boundaryOf(memory)].rooms.push_back(room);
  }
}

void LayoutCompiler::power() {
  double steps = 1;
  for (Dim dim : problem.dims)
    steps *= double(llvm::divideCeilSigned(
        workload.size(dim), spread(0, accelerator.levels.size(), dim)));
  double stepNs = 1 / accelerator.levels.back().clockGhz;
  bound.stepsNs = steps * stepNs;
  double existing = 1;
  for (auto [i, level] : llvm::enumerate(accelerator.levels)) {
    if (level.duty == Duty::Always)
      bound.alwaysUw += level.staticUw * level.count * existing;
    if (level.duty == Duty::PerStep && level.staticUw > 0) {
      double worked = 1;
      for (Dim dim : problem.dims)
        worked *= double(llvm::divideCeilSigned(
            workload.size(dim), spread(i, accelerator.levels.size(), dim)));
      bound.constant.energyFj += level.staticUw * level.count * stepNs * worked;
    }
    if (level.kind == LevelKind::Fanout)
      existing *= double(level.extent);
  }
  if (accelerator.vectorUnit)
    bound.alwaysUw += accelerator.vectorUnit->staticUw;
  const Level &compute = accelerator.levels.back();
  bound.constant.energyFj +=
      double(workload.macs()) * (compute.energyFj + perCountFj(compute));
  bound.constant.programmingNs += accelerator.fillNs;
}

/// Elements of a window axis by the cells of its two dims. Of n positions in
/// groups, and kernel blocks of r: a group of k positions has k m + (r - m)
/// coordinates, m = min(s, r), if the kernel's indices follow upon each other;
/// of any set of k positions and r indices there are at least k + r - 1.
void LayoutCompiler::addWindow(Term &term, unsigned pair,
                               const DimBounds &reach, unsigned child,
                               bool scattered) {
  auto [position, kernel] = windowPairs[pair];
  int64_t s = workload.strides[pair], d = workload.dilations[pair];
  int64_t common = std::gcd(s, d);
  s /= common;
  d /= common;
  TileGrid &grid = bound.tiles;
  LayoutBound::WindowTable window;
  auto dimOf = [&](Dim dim) {
    return uint8_t(llvm::find(problem.dims, dim) - problem.dims.begin());
  };
  window.position = dimOf(position);
  window.kernel = dimOf(kernel);
  window.positionReach = spread(child, accelerator.levels.size(), position);
  window.stride = s;
  window.reach = workload.size(kernel);
  {
    // Every element passes once, whatever the tiles.
    int64_t k = workload.size(position), r = workload.size(kernel),
            m = d == 1 ? std::min(s, r) : 1;
    window.distinct = double(k) * double(m) + double(r - m);
  }
  window.columns = grid.cells(window.kernel);
  int64_t positions = workload.size(position), indices = workload.size(kernel);
  bool ragged = !isEven(position), consecutive = d == 1 && !scattered;
  for (unsigned i = 0; i < grid.cells(window.position); ++i) {
    int64_t k = std::min(positions, reach[index(position)] *
                                        grid.largest(window.position, i));
    double groups = double(llvm::divideCeilSigned(positions, k));
    for (unsigned j = 0; j < window.columns; ++j) {
      int64_t r = std::min(indices, reach[index(kernel)] *
                                        grid.largest(window.kernel, j));
      double whole = 0, fresh = 0, loss = 0;
      int64_t blocks = llvm::divideCeilSigned(indices, r);
      for (int64_t block = 0; block < blocks; ++block) {
        int64_t here = std::min(r, indices - block * r);
        int64_t m = consecutive ? std::min(s, here) : 1;
        whole += double(positions) * double(m) + groups * double(here - m);
        fresh += double(positions) * double(m);
        loss += ragged ? double(here - m) : 0;
      }
      bool positionsLoop = i != grid.last(window.position),
           kernelLoops = j != grid.last(window.kernel);
      window.whole.push_back(whole);
      window.byPosition.push_back(kernelLoops ? 0 : fresh);
      window.byKernel.push_back(
          positionsLoop ? 0
                        : groups * double(consecutive ? indices : blocks));
      window.sweepLoss.push_back(loss);
    }
  }
  term.windows.push_back(std::move(window));
}

/// Does a fan-out further out, from `place` on, share what windows have in
/// common along the axis of `dim`? Then of copies inside, each with its own,
/// only the largest number of the same element counts: at least one.
bool LayoutCompiler::sharesWindow(const Flow &flow, unsigned place,
                                  unsigned inside, Dim dim) const {
  for (auto [position, kernel] : windowPairs)
    if (dim == position || dim == kernel)
      for (unsigned i = place; i < inside; ++i)
        for (Dim other : {position, kernel})
          if (fanoutOf[i] >= 0 &&
              layout.spread[fanoutOf[i]][index(other)] > 1 &&
              shares(i, flow.tensor, other))
            return true;
  return false;
}

/// Do copies from `place` on share kernel indices that need not follow upon
/// each other, as a memory in between may loop over them?
bool LayoutCompiler::scattersKernel(const Flow &flow, unsigned place,
                                    Dim kernel) const {
  bool spreads = false;
  for (unsigned i = place; i < flow.child; ++i) {
    if (fanoutOf[i] >= 0)
      spreads |= layout.spread[fanoutOf[i]][index(kernel)] > 1;
    else if (spreads && problem.accepted(i).contains(kernel))
      return true;
  }
  return false;
}

/// Do all tiles along a dim have the same size, however they are cut?
bool LayoutCompiler::isEven(Dim dim) const {
  unsigned d = llvm::find(problem.dims, dim) - problem.dims.begin();
  return bound.factors == Factors::Perfect &&
         workload.size(dim) == bound.tiles.trips(d) *
                                   spread(0, accelerator.levels.size(), dim);
}

/// May a copy that has no work left hold its sums until the parent has moved
/// on? Then these are the first of their elements, and are not added up.
bool LayoutCompiler::mayLandLate(const Flow &flow) const {
  if (flow.toCompute)
    return false;
  for (Dim dim : problem.dims)
    if (!isEven(dim) && spread(flow.parent, flow.child, dim) > 1)
      return true;
  return false;
}

/// What a term counts, without what it costs.
LayoutBound::Term LayoutCompiler::shape(const Flow &flow, unsigned place,
                                        bool hold) {
  Term term;
  term.tensor = index(flow.tensor);
  unsigned end = accelerator.levels.size();
  bool windowed = flow.tensor == (workload.transposed ? Tensor::Output
                                                      : Tensor::Input);
  // Where windows of outputs overlap, or a register sees several lanes at once,
  // it is only sure that every element passes.
  bool weak = false;
  DimSet windowDims;
  if (windowed)
    for (unsigned pair = 0; pair < 3; ++pair)
      if (overlaps(pair)) {
        windowDims.insert(windowPairs[pair].first);
        windowDims.insert(windowPairs[pair].second);
      }
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    if (windowDims.contains(dim))
      bound.windowed[term.tensor] |= 1u << d;
  weak |= workload.transposed && !windowDims.empty();
  DimBounds reach, merged;
  for (Dim dim : problem.dims) {
    int64_t shared = 1, apart = 1;
    bool isWindow = windowDims.contains(dim);
    for (unsigned i = place; i < flow.child; ++i)
      if (fanoutOf[i] >= 0) {
        int64_t copies = layout.spread[fanoutOf[i]][index(dim)];
        bool together = shares(i, flow.tensor, dim) ||
                        (isWindow && sharesWindow(flow, place, i, dim));
        (together ? shared : apart) *= copies;
      }
    merged[index(dim)] = shared;
    reach[index(dim)] = spread(flow.child, end, dim) * shared;
    bool matters = windowDims.contains(dim) ||
                   problem.irrelevant(flow.tensor).contains(dim);
    weak |= hold && matters && apart > 1;
  }
  if (weak) {
    term.factor = double(workload.elements(flow.tensor));
    if (flow.toCompute && !hold) {
      double together = 1;
      for (Dim dim : problem.dims)
        together *= double(merged[index(dim)]);
      term.factor =
          std::max(term.factor, double(workload.macs()) / together);
    }
    term.least = term.leastElements = term.factor;
    return term;
  }
  const TileGrid &grid = bound.tiles;
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    int64_t size = workload.size(dim);
    if (!problem.irrelevant(flow.tensor).contains(dim)) {
      if (!windowDims.contains(dim))
        term.factor *= double(size);
      // Copies above whose last tile is alone in its group of tiles.
      LayoutBound::DimTable lonely{uint8_t(d), {}};
      int64_t copies = spread(0, flow.child, dim),
              below = spread(flow.child, end, dim);
      bool perfect = bound.factors == Factors::Perfect;
      bool even = isEven(dim);
      for (unsigned cell = 0; cell < grid.cells(d); ++cell) {
        double extent = double(below) * double(grid.largest(d, cell));
        int64_t blocks = llvm::divideCeilSigned(size, int64_t(extent));
        double share = double(copies) * extent / double(size);
        if (even || cell == grid.last(d) ||
            (copies == 1 && (perfect || blocks <= 2)))
          share = 0;
        lonely.byCell.push_back(std::min(share, 1.0));
      }
      if (llvm::any_of(lonely.byCell, [](double share) { return share > 0; }))
        term.lonely.push_back(std::move(lonely));
      continue;
    }
    LayoutBound::DimTable repeats{uint8_t(d), {}};
    for (unsigned cell = 0; cell < grid.cells(d); ++cell)
      repeats.byCell.push_back(double(llvm::divideCeilSigned(
          size, reach[index(dim)] * grid.largest(d, cell))));
    term.leastRepeats *= repeats.byCell.back();
    term.repeats.push_back(std::move(repeats));
  }
  for (unsigned pair = 0; pair < 3; ++pair)
    if (windowDims.contains(windowPairs[pair].first))
      addWindow(term, pair, reach, flow.child,
                scattersKernel(flow, place, windowPairs[pair].second));
  term.least = term.factor * term.leastRepeats;
  term.leastElements = term.factor;
  for (const LayoutBound::WindowTable &window : term.windows) {
    term.least *= window.distinct;
    // Where kernels loop inside of the whole position, next to nothing is new.
    term.leastElements *=
        grid.last(window.kernel) == 0 ? window.byPosition.back() : 0;
  }
  for (const LayoutBound::DimTable &table : term.lonely)
    for (double share : table.byCell)
      term.mostLonely = std::max(term.mostLonely, share);
  return term;
}

void LayoutCompiler::add(const Crossing &crossing) {
  Term term = shape(crossing.flow, crossing.place, crossing.hold);
  double each = 1 / copies(crossing.place);
  if (crossing.flow.toCompute && !crossing.hold) {
    // Every step, whatever loops where.
    double times = term.factor;
    for (const LayoutBound::DimTable &table : term.repeats)
      times *= table.byCell[0];
    for (const LayoutBound::WindowTable &window : term.windows)
      times *= window.whole.front();
    bound.constant.energyFj += crossing.energyFj * times;
    for (auto [lane, ns] : crossing.lanes)
      bound.constant.busyNs[lane] += ns * each * times;
    return;
  }
  bound.lonely |= term.mostLonely > 0;
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
    // Of every copy, if there are several; all of them may be the first.
    double each = completion.energyFj < 0 ? copies(completion.place) : 1;
    bound.constant.energyFj += completion.energyFj * each;
    for (auto [lane, ns] : scaled.laneNs)
      bound.constant.busyNs[lane] += ns * copies(completion.place);
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
  Flow flow = {tensor, memory, memory, false};
  Term term = shape(flow, memory, false);
  double tile = 1;
  term.factor = 1;
  term.visits.clear();
  term.repeats.clear();
  term.lonely.clear();
  bool windowed = !term.windows.empty();
  term.windows.clear();
  term.least = 1;
  term.leastRepeats = 1;
  unsigned end = accelerator.levels.size();
  const TileGrid &grid = bound.tiles;
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    bool repeats = problem.irrelevant(tensor).contains(dim);
    if (!repeats && !windowed)
      tile *= double(std::min(workload.size(dim), spread(memory, end, dim)));
    if (windowed)
      continue;
    LayoutBound::DimTable table{uint8_t(d), {}};
    LayoutBound::DimTable lonely{uint8_t(d), {}};
    for (unsigned cell = 0; cell < grid.cells(d); ++cell) {
      double trips = double(
          llvm::divideCeilSigned(grid.trips(d), grid.largest(d, cell)));
      table.byCell.push_back(trips);
      lonely.byCell.push_back(
          bound.factors == Factors::Perfect || trips <= 2 ? 0 : 1 / trips);
    }
    if (repeats)
      term.leastRepeats *= table.byCell.back();
    else
      term.lonely.push_back(std::move(lonely));
    (repeats ? term.repeats : term.visits).push_back(std::move(table));
  }
  for (const LayoutBound::DimTable &table : term.lonely)
    for (double share : table.byCell)
      term.mostLonely = std::max(term.mostLonely, share);
  bound.lonely |= term.mostLonely > 0;
  // Once for each of its own tiles, of which there are no fewer than further
  // out.
  term.leastElements = 1;
  double perChange = level.writeLatencyNs;
  if (level.writeElementsPerNs)
    perChange = std::max(perChange, tile / *level.writeElementsPerNs);
  term.nsPerCount = perChange;
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
  memoriesAndRooms();
  power();
  Crossings list = listCrossings(
      problem, layout.kept, [&](const Flow &flow) { return mayLandLate(flow); });
  bound.laneCount = list.lanes;
  for (const Flow &flow : list.flows)
    mustBeComplete(flow);
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
                         Factors factors)
    : problem(problem), factors(factors),
      tiles(problem, tripsOf(problem, layout), factors) {
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
  LayoutCompiler(*this, layout).run();
}

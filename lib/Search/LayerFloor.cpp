//===- LayerFloor.cpp - What a layer costs at least on a design -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerFloor.h"
#include "Crossings.h"
#include "Spreads.h"
#include "ohas/Search/Residency.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

static constexpr FanoutSet everyFanout = ~FanoutSet(0);
namespace {
class FewestTrips : public SpreadVisitor {
public:
  FewestTrips(const MappingProblem &problem, llvm::ArrayRef<TripTerm> terms)
      : problem(problem), terms(terms) {
    for (const TripTerm &term : terms)
      least.push_back(terms.size() > 1 ? leastTrips(problem, term) : 0);
  }

  bool promises(const Spread &, size_t, double steps) override {
    double sum = 0;
    for (auto [term, alone] : llvm::zip(terms, least))
      sum += std::max(alone, isSteps(term) ? term.weight * steps : 0);
    return sum < best * (1 - 1e-11);
  }
  bool visit(const Spread &spread, double steps) override {
    double sum = 0;
    for (const TripTerm &term : terms)
      sum += term.weight * (isSteps(term) ? steps : trips(spread, term));
    best = std::min(best, sum);
    return true;
  }

  double best = std::numeric_limits<double>::infinity();

private:
  static bool isSteps(const TripTerm &term) {
    return term.dims == everyDim && term.fanouts == everyFanout;
  }
  double trips(const Spread &spread, const TripTerm &term) const {
    double product = 1;
    for (Dim dim : problem.dims) {
      if (!term.dims.contains(dim))
        continue;
      double copies = 1;
      for (size_t i = 0; i < spread.size(); ++i)
        if (term.fanouts >> i & 1)
          copies *= double(spread[i][index(dim)]);
      product *= std::ceil(double(problem.workload.size(dim)) / copies);
    }
    return product;
  }

  const MappingProblem &problem;
  llvm::ArrayRef<TripTerm> terms;
  llvm::SmallVector<double, 4> least;
};

/// How long lanes are busy.
class BusyLanes {
public:
  void add(Lane lane, double ns) {
    for (auto &entry : entries)
      if (entry.first == lane) {
        entry.second += ns;
        return;
      }
    entries.push_back({lane, ns});
  }
  void add(const BusyLanes &other) {
    for (auto [lane, ns] : other.entries)
      add(lane, ns);
  }
  /// Each the less of the two; a lane that only one has is idle in the other.
  void takeLess(const BusyLanes &other) {
    for (auto &entry : entries)
      entry.second = std::min(entry.second, other.of(entry.first));
  }
  void raiseToZero() {
    for (auto &entry : entries)
      entry.second = std::max(entry.second, 0.0);
  }
  double longest() const {
    double ns = 0;
    for (const auto &entry : entries)
      ns = std::max(ns, entry.second);
    return ns;
  }

private:
  double of(Lane lane) const {
    for (const auto &entry : entries)
      if (entry.first == lane)
        return entry.second;
    return 0;
  }

  llvm::SmallVector<std::pair<Lane, double>, 8> entries;
};

/// What a tensor costs, whatever memories keep of it.
struct TensorFloor {
  double energyFj = 0, programmingNs = 0, stepsAndProgrammingNs = 0;
  BusyLanes lanes;
};

class FloorBuilder {
public:
  FloorBuilder(const MappingProblem &problem, LeastTrips trips,
               TensorSet mayStay)
      : problem(problem), workload(problem.workload),
        accelerator(problem.accelerator), trips(trips), mayStay(mayStay),
        resident(residentLevel(problem.accelerator)),
        stepNs(1 / problem.accelerator.levels.back().clockGhz) {}
  LayerFloor run();

private:
  double useful(unsigned fanout, DimSet dims) const;
  DimSet windows(Tensor tensor) const;
  FanoutSet sharing(Tensor tensor, unsigned place, unsigned child) const;
  double together(Tensor tensor, unsigned place, unsigned child) const;
  double count(const Crossing &crossing) const;
  double integrations(const Flow &flow) const;
  double programmingNs(const Programming &programming) const;
  double stepsAndProgrammingNs(const Crossings &list) const;
  bool crosses(const Flow &flow) const {
    return !resident || !mayStay.contains(flow.tensor) ||
           flow.parent >= *resident;
  }
  TensorFloor floor(const Crossings &list) const;
  TensorFloor floor(Tensor tensor) const;
  double perStepFj() const;

  const MappingProblem &problem;
  const Workload &workload;
  const Accelerator &accelerator;
  LeastTrips trips;
  TensorSet mayStay;
  std::optional<unsigned> resident;
  double stepNs;
};
} // namespace

/// A single term has its fan-outs to itself.
static double leastAlone(const MappingProblem &problem, const TripTerm &term) {
  Workload workload = problem.workload;
  for (Dim dim : allDims)
    if (!term.dims.contains(dim))
      workload.size(dim) = 1;
  Accelerator accelerator = problem.accelerator;
  for (auto [number, fanout] : llvm::enumerate(problem.fanouts))
    if (!(term.fanouts >> number & 1))
      accelerator.levels[fanout].extent = 1;
  MappingProblem part(workload, accelerator);
  TripTerm steps = {everyDim, everyFanout, term.weight};
  FewestTrips fewest(part, steps);
  forEachSpread(part, Factors::Perfect, fewest);
  return fewest.best;
}

double ohas::search::leastTrips(const MappingProblem &problem,
                                llvm::ArrayRef<TripTerm> terms) {
  if (terms.size() == 1)
    return leastAlone(problem, terms.front());
  FewestTrips fewest(problem, terms);
  forEachSpread(problem, Factors::Perfect, fewest);
  return fewest.best;
}

/// Copies of a fan-out that can have work if it spreads these dims alone.
double FloorBuilder::useful(unsigned fanout, DimSet dims) const {
  double sizes = 1;
  for (Dim dim : problem.dims)
    if (dims.contains(dim) && problem.accepted(fanout).contains(dim))
      sizes *= double(workload.size(dim));
  return std::min(sizes, double(accelerator.levels[fanout].extent));
}

/// Dims along which an element belongs to several windows.
DimSet FloorBuilder::windows(Tensor tensor) const {
  DimSet dims;
  if (tensor == (workload.transposed ? Tensor::Output : Tensor::Input))
    for (unsigned pair = 0; pair < 3; ++pair)
      if (workload.windowsOverlap(pair)) {
        dims.insert(windowPairs[pair].first);
        dims.insert(windowPairs[pair].second);
      }
  return dims;
}

/// Of the fan-outs between, those whose copies may share an element.
FanoutSet FloorBuilder::sharing(Tensor tensor, unsigned place,
                                unsigned child) const {
  FanoutSet set = 0;
  for (auto [number, fanout] : llvm::enumerate(problem.fanouts))
    if (fanout >= place && fanout < child &&
        accelerator.levels[fanout].mode(tensor) != FanoutMode::Private)
      set |= FanoutSet(1) << number;
  return set;
}

/// Products that one element with windows serves in a step, at most.
double FloorBuilder::together(Tensor tensor, unsigned place,
                              unsigned child) const {
  double product = 1;
  bool mergesWindows = false;
  for (unsigned fanout : problem.fanouts) {
    if (fanout < place || fanout >= child)
      continue;
    DimSet dims;
    switch (accelerator.levels[fanout].mode(tensor)) {
    case FanoutMode::Private:
      break;
    case FanoutMode::Broadcast:
      dims = problem.irrelevant(tensor);
      break;
    case FanoutMode::Window:
    case FanoutMode::Sum:
      dims = problem.irrelevant(tensor);
      mergesWindows = true;
      break;
    }
    // Where one fan-out merges what windows have in common, all inside do.
    if (mergesWindows)
      dims.insert(windows(tensor));
    product *= useful(fanout, dims);
  }
  return product;
}

/// How often an integrator lets go of an element at least.
double FloorBuilder::integrations(const Flow &flow) const {
  const auto &limit = accelerator.levels[flow.child].accumulateLimit;
  if (flow.tensor != Tensor::Output || flow.toCompute || !limit)
    return 1;
  double sums =
      trips(TripTerm{problem.irrelevant(Tensor::Output), everyFanout, 1});
  return std::ceil(sums / double(*limit));
}

double FloorBuilder::count(const Crossing &crossing) const {
  const Flow &flow = crossing.flow;
  double elements = double(workload.elements(flow.tensor));
  if (!flow.toCompute)
    return elements * integrations(flow);
  if (crossing.hold)
    return elements;
  if (windows(flow.tensor).empty())
    return trips(TripTerm{problem.irrelevant(flow.tensor),
                          sharing(flow.tensor, crossing.place, flow.child),
                          elements});
  return std::max(elements,
                  double(workload.macs()) /
                      together(flow.tensor, crossing.place, flow.child));
}

/// Of the copy with the most work.
double FloorBuilder::programmingNs(const Programming &programming) const {
  if (programming.tensor == Tensor::Input)
    return 0; // windows may slide
  const Level &level = accelerator.levels[programming.memory];
  double ns = trips(
      TripTerm{problem.changingDims(programming.tensor, programming.memory),
               everyFanout, level.writeLatencyNs});
  double elements = double(workload.elements(programming.tensor));
  for (unsigned fanout : problem.fanouts)
    if (fanout < programming.memory)
      elements /= useful(fanout, workload.relevantDims(programming.tensor));
  if (level.writeElementsPerNs.value_or(0) > 0)
    ns = std::max(ns, elements / *level.writeElementsPerNs);
  return ns;
}

/// Steps and what they cannot hide, which want different spreads.
double FloorBuilder::stepsAndProgrammingNs(const Crossings &list) const {
  llvm::SmallVector<TripTerm, 4> terms = {{everyDim, everyFanout, stepNs}};
  for (auto [programming, lane] :
       llvm::zip(list.programming, list.programmingLanes)) {
    const Level &level = accelerator.levels[programming.memory];
    if (lane < 0 && level.writeLatencyNs > 0 &&
        programming.tensor != Tensor::Input)
      terms.push_back(
          {problem.changingDims(programming.tensor, programming.memory),
           everyFanout, level.writeLatencyNs});
  }
  return trips(terms);
}

TensorFloor FloorBuilder::floor(const Crossings &list) const {
  TensorFloor floor;
  for (const Crossing &crossing : list.crossings) {
    if (!crosses(crossing.flow))
      continue;
    double elements = count(crossing), copies = 1;
    for (unsigned fanout : problem.fanouts)
      if (fanout < crossing.place)
        copies *= useful(fanout, problem.accepted(fanout));
    floor.energyFj += crossing.energyFj * elements;
    for (const LaneTime &time : crossing.lanes)
      floor.lanes.add(list.lanes[time.lane], time.ns * elements / copies);
  }
  bool outputStays = resident && mayStay.contains(Tensor::Output);
  for (const Completion &completion : list.completions) {
    if (outputStays && completion.place < *resident)
      continue;
    floor.energyFj += std::min(completion.energyFj, 0.0);
    for (const LaneTime &time : completion.lanes)
      floor.lanes.add(list.lanes[time.lane], std::min(time.ns, 0.0));
    if (outputStays && completion.place == *resident) {
      // Complete elements are not read on their way out, narrow as they are.
      const Level &level = accelerator.levels[*resident];
      double elements = double(workload.elements(Tensor::Output)),
             once = operandBits(workload, accelerator, Tensor::Output);
      floor.energyFj -=
          elements * (once * level.readFjPerBit + level.perCountFj());
      if (level.readBitsPerCycle)
        floor.lanes.add({*resident, LaneUse::Read},
                        -elements * once / *level.readBitsPerCycle /
                            level.clockGhz);
    }
  }
  for (size_t i = 0; i < list.programming.size(); ++i) {
    double ns = programmingNs(list.programming[i]);
    if (int lane = list.programmingLanes[i]; lane >= 0)
      floor.lanes.add(list.lanes[lane], ns);
    else
      floor.programmingNs += ns;
  }
  floor.stepsAndProgrammingNs = stepsAndProgrammingNs(list);
  floor.lanes.raiseToZero();
  floor.energyFj = std::max(floor.energyFj, 0.0);
  return floor;
}

/// The least, each for itself, over all memories that may keep the tensor.
TensorFloor FloorBuilder::floor(Tensor tensor) const {
  llvm::SmallVector<KeptSets, 8> sets(1);
  for (unsigned memory : problem.memories) {
    const Level &level = accelerator.levels[memory];
    bool must =
        memory == problem.memories.front() || level.mustKeep.contains(tensor);
    TensorSet kept;
    if (level.canKeep.contains(tensor))
      kept.insert(tensor);
    llvm::SmallVector<KeptSets, 8> next;
    for (KeptSets &outer : sets) {
      if (!must && !kept.empty()) {
        next.push_back(outer);
        next.back().push_back({});
      }
      next.push_back(std::move(outer));
      next.back().push_back(kept);
    }
    sets = std::move(next);
  }
  std::optional<TensorFloor> least;
  for (const KeptSets &kept : sets) {
    TensorFloor one = floor(listCrossings(
        problem, kept, [](const Flow &flow) { return !flow.toCompute; }));
    if (!least) {
      least = std::move(one);
      continue;
    }
    least->energyFj = std::min(least->energyFj, one.energyFj);
    least->programmingNs = std::min(least->programmingNs, one.programmingNs);
    least->stepsAndProgrammingNs =
        std::min(least->stepsAndProgrammingNs, one.stepsAndProgrammingNs);
    least->lanes.takeLess(one.lanes);
  }
  return std::move(*least);
}

double FloorBuilder::perStepFj() const {
  double sum = 0;
  for (auto [i, level] : llvm::enumerate(accelerator.levels)) {
    if (level.duty != Duty::PerStep || level.staticUw <= 0)
      continue;
    FanoutSet inside = 0;
    for (auto [number, fanout] : llvm::enumerate(problem.fanouts))
      if (fanout >= i)
        inside |= FanoutSet(1) << number;
    sum += trips(
        TripTerm{everyDim, inside, level.staticUw * level.count * stepNs});
  }
  return sum;
}

LayerFloor FloorBuilder::run() {
  const Level &compute = accelerator.levels.back();
  LayerFloor floor;
  floor.energyFj =
      double(workload.macs()) * (compute.energyFj + compute.perCountFj()) +
      perStepFj();
  double programmingNs = 0, stepsAndProgrammingNs = 0;
  BusyLanes lanes;
  for (Tensor tensor : allTensors) {
    TensorFloor one = this->floor(tensor);
    floor.energyFj += one.energyFj;
    programmingNs += one.programmingNs;
    stepsAndProgrammingNs =
        std::max(stepsAndProgrammingNs, one.stepsAndProgrammingNs);
    lanes.add(one.lanes);
  }
  floor.latencyNs = lanes.longest() + programmingNs;
  floor.latencyNs =
      std::max(floor.latencyNs, stepsAndProgrammingNs) + accelerator.fillNs;
  floor.energyFj += accelerator.alwaysUw() * floor.latencyNs;
  return floor;
}

LayerFloor ohas::search::layerFloor(const MappingProblem &problem,
                                    LeastTrips trips, TensorSet mayStay) {
  return FloorBuilder(problem, trips, mayStay).run();
}

//===- Crossings.cpp - What crosses a nest and what that costs --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Crossings.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

namespace {
class Lister {
public:
  Lister(const MappingProblem &problem, const KeptSets &kept,
         llvm::function_ref<bool(const Flow &)> mayLandLate)
      : problem(problem), workload(problem.workload),
        accelerator(problem.accelerator), kept(accelerator.levels.size()),
        mayLandLate(mayLandLate), adds(accelerator.levels.size(), true) {
    for (auto [memory, set] : llvm::zip(problem.memories, kept))
      this->kept[memory] = set;
    // What stays passes none further out.
    for (Tensor tensor : allTensors)
      if (problem.staying().contains(tensor)) {
        unsigned resident = problem.outermost(tensor);
        this->kept[resident].insert(tensor);
        for (unsigned i = 0; i < resident; ++i)
          this->kept[i].erase(tensor);
      }
  }
  Crossings run();

private:
  void flow(const Flow &flow);
  void operands(const Flow &flow, unsigned place);
  void outputsArrive(const Flow &flow);
  void outputsLeave(const Flow &flow);
  void convert(const Flow &flow, unsigned place);
  void program(unsigned memory, Tensor tensor);
  void addLane(LaneTimes &lanes, unsigned level, LaneUse use, double elements,
               double width);
  std::optional<uint8_t> laneFor(unsigned level, LaneUse use);
  double bits(Tensor tensor) const {
    return operandBits(workload, accelerator, tensor);
  }

  const MappingProblem &problem;
  const Workload &workload;
  const Accelerator &accelerator;
  llvm::SmallVector<TensorSet, 16> kept; ///< by level
  llvm::function_ref<bool(const Flow &)> mayLandLate;
  llvm::SmallVector<bool, 16> adds; ///< by level: arriving sums are added up
  Crossings list;
};
} // namespace

std::optional<uint8_t> Lister::laneFor(unsigned level, LaneUse use) {
  if (use == LaneUse::Write && accelerator.levels[level].halfDuplex)
    use = LaneUse::Read;
  Lane lane = {level, use};
  auto *found = llvm::find(list.lanes, lane);
  if (found == list.lanes.end()) {
    if (list.lanes.size() == Crossings::maxLanes)
      return std::nullopt;
    list.lanes.push_back(lane);
    found = list.lanes.end() - 1;
  }
  return found - list.lanes.begin();
}

/// Time of a memory for elements of some bits, if its bandwidth is limited.
void Lister::addLane(LaneTimes &lanes, unsigned i, LaneUse use, double elements,
                     double width) {
  const Level &level = accelerator.levels[i];
  std::optional<double> rate =
      use == LaneUse::Write ? level.writeBitsPerCycle : level.readBitsPerCycle;
  if (rate && width != 0)
    if (auto lane = laneFor(i, use))
      lanes.push_back({*lane, elements * width / *rate / level.clockGhz});
}

/// Reads of the parent, or fills of the child.
void Lister::operands(const Flow &flow, unsigned place) {
  const Level &level = accelerator.levels[place];
  bool write = place == flow.child;
  double width = bits(flow.tensor);
  Crossing crossing = {
      flow,
      place,
      false,
      width * (write ? level.writeFjPerBit : level.readFjPerBit) +
          level.perCountFj(),
      {}};
  addLane(crossing.lanes, place, write ? LaneUse::Write : LaneUse::Read, 1,
          width);
  list.crossings.push_back(std::move(crossing));
}

/// Outputs arrive in the parent as partial sums and are added to what is there,
/// which has to be read but for the first of an element's stay. So over its
/// stay a memory that adds reads as often as it is written, the read with which
/// an element leaves included: only arrivals are counted. Where sums may land
/// late, only the reads that leave are sure.
void Lister::outputsArrive(const Flow &flow) {
  unsigned place = flow.parent;
  const Level &level = accelerator.levels[place];
  adds[place] = !level.accumulateLimit && !mayLandLate(flow);
  double wide = accelerator.accumulatorBits, once = bits(Tensor::Output),
         elements = double(workload.elements(Tensor::Output)),
         perCount = level.perCountFj();
  Crossing arrivals = {
      flow, place, false, wide * level.writeFjPerBit + perCount, {}};
  addLane(arrivals.lanes, place, LaneUse::Write, 1, wide);
  if (adds[place]) {
    arrivals.energyFj += wide * level.readFjPerBit + perCount;
    addLane(arrivals.lanes, place, LaneUse::Read, 1, wide);
  }
  list.crossings.push_back(std::move(arrivals));

  Completion completion = {
      place, elements * (once - wide) * level.writeFjPerBit, {}, false};
  addLane(completion.lanes, place, LaneUse::Write, elements, once - wide);
  if (place == problem.outermost(Tensor::Output)) {
    // Nothing leaves it.
    completion.always = true;
    if (adds[place]) {
      completion.energyFj -= elements * (wide * level.readFjPerBit + perCount);
      addLane(completion.lanes, place, LaneUse::Read, -elements, wide);
    }
  } else {
    completion.energyFj += elements * (once - wide) * level.readFjPerBit;
    addLane(completion.lanes, place, LaneUse::Read, elements, once - wide);
    // An integrator that overflows completes nothing.
    if (level.accumulateLimit && once > wide)
      return;
  }
  list.completions.push_back(std::move(completion));
}

void Lister::outputsLeave(const Flow &flow) {
  unsigned place = flow.child;
  if (adds[place])
    return; // counted with the arrivals
  const Level &level = accelerator.levels[place];
  double wide = accelerator.accumulatorBits;
  Crossing crossing = {
      flow, place, false, wide * level.readFjPerBit + level.perCountFj(), {}};
  addLane(crossing.lanes, place, LaneUse::Read, 1, wide);
  list.crossings.push_back(std::move(crossing));
}

void Lister::convert(const Flow &flow, unsigned place) {
  const Level &level = accelerator.levels[place];
  Crossing crossing = {flow,
                       place,
                       level.hold && flow.toCompute,
                       level.energyFj + level.perCountFj(),
                       {}};
  if (level.rateGhz > 0)
    if (auto lane = laneFor(place, LaneUse::Read))
      crossing.lanes.push_back({*lane, 1 / (level.count * level.rateGhz)});
  list.crossings.push_back(std::move(crossing));
}

void Lister::program(unsigned memory, Tensor tensor) {
  const Level &level = accelerator.levels[memory];
  if (level.writeLatencyNs <= 0 && !level.writeElementsPerNs)
    return;
  int lane = -1;
  if (level.doubleBuffered) {
    // Hidden behind the steps as far as these are longer.
    auto hidden = laneFor(memory, LaneUse::Program);
    if (!hidden)
      return;
    lane = *hidden;
  }
  list.programming.push_back({tensor, memory});
  list.programmingLanes.push_back(lane);
}

void Lister::flow(const Flow &flow) {
  list.flows.push_back(flow);
  bool output = flow.tensor == Tensor::Output;
  output ? outputsArrive(flow) : operands(flow, flow.parent);
  for (unsigned i = flow.parent + 1; i < flow.child; ++i)
    if (accelerator.levels[i].kind == LevelKind::Converter &&
        accelerator.levels[i].tensor == flow.tensor)
      convert(flow, i);
  if (!flow.toCompute)
    output ? outputsLeave(flow) : operands(flow, flow.child);
}

Crossings Lister::run() {
  unsigned compute = accelerator.levels.size() - 1;
  for (Tensor tensor : allTensors) {
    // From the inside out: what arrives decides how outputs leave.
    unsigned child = compute;
    for (unsigned i = compute; i-- > 0;) {
      if (!kept[i].contains(tensor))
        continue;
      flow({tensor, i, child, child == compute});
      bool isThere =
          i == problem.outermost(tensor) && problem.staying().contains(tensor);
      if (tensor != Tensor::Output && !isThere)
        program(i, tensor);
      child = i;
    }
  }
  llvm::erase_if(list.crossings, [](const Crossing &crossing) {
    return crossing.energyFj == 0 && crossing.lanes.empty();
  });
  return std::move(list);
}

Crossings ohas::search::listCrossings(
    const MappingProblem &problem, const KeptSets &kept,
    llvm::function_ref<bool(const Flow &)> mayLandLate) {
  return Lister(problem, kept, mayLandLate).run();
}

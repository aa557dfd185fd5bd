//===- CostEvaluator.cpp - Many mappings of one workload ------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same sums as Cost.cpp, Latency.cpp and Traffic.cpp have, in the same
// order, without the terms that are zero for every mapping. So the figures are
// equal to the last bit; CostEvaluatorTest compares them.
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/CostEvaluator.h"
#include "DigitCounter.h"
#include "Latency.h"
#include "ohas/CostModel/Saturating.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// Of a level that may cost something, all that does not depend on the mapping.
struct LevelCost {
  unsigned level;
  LevelKind kind;
  bool outermost; ///< of the memories
  bool moves;     ///< a memory whose traffic costs energy or time
  bool programmed;
  bool counted;            ///< perEventFj counts
  double perEventFj;       ///< static power, by events
  double perStepFj;        ///< and per step of an instance
  double alwaysUw;         ///< and of all copies
  double conversionsPerNs; ///< of a converter; 0: no limit
  double computeFj;        ///< of all multiply-accumulates
};
} // namespace

struct CostEvaluator::Compiled {
  const Workload &workload;
  const Accelerator &accelerator;
  NestFacts facts;
  llvm::SmallVector<LevelCost, 24> levels;
  std::array<unsigned, numTensors> bits;
  int64_t outputs; ///< elements
  double macs, stepNs, unitUw;

  Compiled(const Workload &workload, const Accelerator &accelerator);

  struct BitsMoved {
    double read = 0, written = 0, busiestRead = 0, busiestWritten = 0;
  };
  void addBits(double &total, double &busiest, int64_t accesses,
               int64_t busiestAccesses, int64_t complete, unsigned bits) const;
  BitsMoved traffic(const DigitCounter &counts, const Mapping &mapping,
                    const LevelCost &level) const;
  double programmingNs(const DigitCounter &counts, const Mapping &mapping,
                       unsigned level, double computeNs) const;
  template <typename Round, typename Add>
  auto evaluate(const DigitCounter &counts, const Mapping &mapping, Round round,
                Add add) const;
};

CostEvaluator::Compiled::Compiled(const Workload &workload,
                                  const Accelerator &accelerator)
    : workload(workload), accelerator(accelerator),
      facts(workload, accelerator), outputs(workload.elements(Tensor::Output)),
      macs(double(workload.macs())), stepNs(ohas::cost::stepNs(accelerator)),
      unitUw(accelerator.vectorUnit ? accelerator.vectorUnit->staticUw : 0) {
  for (Tensor tensor : allTensors)
    bits[index(tensor)] = operandBits(workload, accelerator, tensor);
  int64_t copies = 1;
  bool outermost = true;
  for (auto [i, level] : llvm::enumerate(accelerator.levels)) {
    LevelCost cost = {};
    cost.level = i;
    cost.kind = level.kind;
    const Needed &needed = facts.levels[i].needed;
    bool memory = level.kind == LevelKind::Memory;
    cost.outermost = memory && outermost;
    cost.moves = memory && (needed.reads.all || needed.writes.all);
    cost.programmed = memory && needed.residency;
    outermost &= !memory;
    if (level.staticUw != 0) {
      cost.counted = level.duty == Duty::PerCount;
      if (cost.counted)
        cost.perEventFj = level.staticUw / level.clockGhz;
      if (level.duty == Duty::PerStep)
        cost.perStepFj = level.staticUw * level.count * stepNs;
      if (level.duty == Duty::Always)
        cost.alwaysUw = level.staticUw * level.count * double(copies);
    }
    if (level.kind == LevelKind::Converter && level.rateGhz > 0)
      cost.conversionsPerNs = level.count * level.rateGhz;
    if (level.kind == LevelKind::Compute)
      cost.computeFj = macs * level.energyFj;
    bool converts = level.kind == LevelKind::Converter &&
                    (needed.conversions.all || needed.conversions.busiest);
    if (cost.moves || cost.programmed || converts || cost.counted ||
        cost.perStepFj != 0 || cost.alwaysUw != 0 || cost.computeFj != 0)
      levels.push_back(cost);
    if (level.kind == LevelKind::Fanout)
      copies = saturatingMul(copies, level.extent);
  }
}

void CostEvaluator::Compiled::addBits(double &total, double &busiest,
                                      int64_t accesses, int64_t busiestAccesses,
                                      int64_t complete, unsigned bits) const {
  if (accesses <= 0)
    return;
  complete = std::min(complete, accesses);
  double moved = double(complete) * bits +
                 double(accesses - complete) * accelerator.accumulatorBits;
  total += moved;
  if (busiestAccesses != 0)
    busiest += moved * (double(busiestAccesses) / double(accesses));
}

CostEvaluator::Compiled::BitsMoved
CostEvaluator::Compiled::traffic(const DigitCounter &counts,
                                 const Mapping &mapping,
                                 const LevelCost &cost) const {
  BitsMoved moved;
  TensorSet kept = mapping.levels[cost.level].kept;
  for (Tensor tensor : allTensors) {
    if (!kept.contains(tensor))
      continue;
    const auto &count = counts.levels[cost.level].tensors[index(tensor)];
    int64_t writes = count.fills + count.updates;
    int64_t completeReads = count.reads, completeWrites = writes;
    if (tensor == Tensor::Output) {
      completeWrites = counts.leaveComplete(cost.level) ? outputs : 0;
      completeReads = cost.outermost ? 0 : completeWrites;
    }
    addBits(moved.read, moved.busiestRead, count.reads, count.busiestReads,
            completeReads, bits[index(tensor)]);
    addBits(moved.written, moved.busiestWritten, writes, count.busiestWrites,
            completeWrites, bits[index(tensor)]);
  }
  return moved;
}

double CostEvaluator::Compiled::programmingNs(const DigitCounter &counts,
                                              const Mapping &mapping,
                                              unsigned i,
                                              double computeNs) const {
  const Level &level = accelerator.levels[i];
  double total = 0;
  for (Tensor tensor : {Tensor::Weight, Tensor::Input}) {
    if (!mapping.levels[i].kept.contains(tensor))
      continue;
    const auto &count = counts.levels[i].tensors[index(tensor)];
    double perChange = level.writeLatencyNs;
    if (level.writeElementsPerNs)
      perChange =
          std::max(perChange, double(count.tile) / *level.writeElementsPerNs);
    double all = double(count.busiestChanges) * perChange;
    total += level.doubleBuffered ? std::max(0.0, all - computeNs) : all;
  }
  return total;
}

template <typename Round, typename Add>
auto CostEvaluator::Compiled::evaluate(const DigitCounter &counts,
                                       const Mapping &mapping, Round round,
                                       Add add) const {
  double computeNs = double(counts.computeCycles) * stepNs;
  double ns = computeNs, programming = 0;
  std::array<double, DigitNest::maxLevels> dynamicFj;
  for (auto [i, cost] : llvm::enumerate(levels)) {
    const Level &level = accelerator.levels[cost.level];
    const DigitCounter::LevelCount &count = counts.levels[cost.level];
    dynamicFj[i] = cost.computeFj;
    if (cost.kind == LevelKind::Converter) {
      dynamicFj[i] = double(count.conversions) * level.energyFj;
      if (cost.conversionsPerNs > 0)
        ns = std::max(ns,
                      double(count.busiestConversions) / cost.conversionsPerNs);
    }
    if (cost.moves) {
      BitsMoved moved = traffic(counts, mapping, cost);
      dynamicFj[i] =
          moved.read * level.readFjPerBit + moved.written * level.writeFjPerBit;
      if (level.readBitsPerCycle || level.writeBitsPerCycle)
        ns = std::max(
            ns, trafficCycles(level, moved.busiestRead, moved.busiestWritten) /
                    level.clockGhz);
    }
    if (cost.programmed)
      programming += programmingNs(counts, mapping, cost.level, computeNs);
  }
  ns += programming + accelerator.fillNs;
  auto latencyPs = round(ns * 1000);
  for (auto [i, cost] : llvm::enumerate(levels)) {
    const DigitCounter::LevelCount &count = counts.levels[cost.level];
    double fj = dynamicFj[i];
    if (cost.counted) {
      double events = macs;
      if (cost.kind == LevelKind::Converter)
        events = double(count.conversions);
      if (cost.kind != LevelKind::Converter &&
          cost.kind != LevelKind::Compute) {
        events = 0;
        for (Tensor tensor : allTensors)
          if (mapping.levels[cost.level].kept.contains(tensor)) {
            const auto &moved = count.tensors[index(tensor)];
            events += double(moved.reads) + double(moved.fills) +
                      double(moved.updates);
          }
      }
      fj += cost.perEventFj * events;
    }
    if (cost.perStepFj != 0)
      fj += cost.perStepFj * double(counts.computeCycles) *
            double(count.instances);
    if (cost.alwaysUw != 0)
      fj += cost.alwaysUw * double(latencyPs) / 1000;
    add(fj);
  }
  if (unitUw != 0)
    add(unitUw * double(latencyPs) / 1000);
  return latencyPs;
}

CostEvaluator::CostEvaluator(const Workload &workload,
                             const Accelerator &accelerator)
    : compiled(std::make_unique<Compiled>(workload, accelerator)) {}
CostEvaluator::CostEvaluator(CostEvaluator &&) = default;
CostEvaluator::~CostEvaluator() = default;

std::optional<UnroundedCost>
CostEvaluator::ofCommonForm(const Mapping &mapping) const {
  DigitCounter counts(compiled->facts, mapping);
  if (!counts.run())
    return std::nullopt;
  UnroundedCost cost;
  cost.latencyNs = compiled->evaluate(
                       counts, mapping, [](double ps) { return ps; },
                       [&](double fj) { cost.energyFj += fj; }) /
                   1000;
  return cost;
}

UnroundedCost CostEvaluator::unrounded(const Mapping &mapping) const {
  if (std::optional<UnroundedCost> cost = ofCommonForm(mapping))
    return *cost;
  const Workload &workload = compiled->workload;
  const Accelerator &accelerator = compiled->accelerator;
  return evaluateUnrounded(workload, accelerator, mapping,
                           countForCost(workload, accelerator, mapping));
}

QuickCost CostEvaluator::quick(const Mapping &mapping) const {
  const Workload &workload = compiled->workload;
  const Accelerator &accelerator = compiled->accelerator;
  DigitCounter counts(compiled->facts, mapping);
  if (!counts.run())
    return evaluateQuick(workload, accelerator, mapping,
                         countForCost(workload, accelerator, mapping));
  QuickCost cost;
  cost.latencyPs =
      compiled->evaluate(counts, mapping, toIntegerUp, [&](double fj) {
        cost.energyFj = saturatingAdd(cost.energyFj, toInteger(fj));
      });
  return cost;
}

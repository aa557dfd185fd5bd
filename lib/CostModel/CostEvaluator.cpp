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
#include "Traffic.h"
#include "ohas/CostModel/Saturating.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// Of a level that may cost something, all that does not depend on the mapping.
struct LevelCost {
  uint8_t level;
  LevelKind kind;
  bool outermost;    ///< of the memories
  bool moves;        ///< a memory whose traffic costs energy or time
  bool limits;       ///< and time
  bool programmed;   ///< slow to write
  bool counted;      ///< perEventFj counts
  double perEventFj; ///< static power, by events
  double perStepFj;  ///< and per step of an instance
  double alwaysUw;   ///< and of all copies
  double energyFj;   ///< of a conversion, of all multiply-accumulates
  double readFjPerBit, writeFjPerBit;
  double conversionsPerNs; ///< of a converter; 0: no limit
};
} // namespace

struct CostEvaluator::Compiled {
  const Workload &workload;
  const Accelerator &accelerator;
  NestFacts facts;
  llvm::SmallVector<LevelCost, 24> levels;
  std::array<double, numTensors> bits;
  double accumulatorBits;
  int64_t outputs; ///< elements
  double macs, stepNs, unitUw;
  KnownProbes probes;

  Compiled(const Workload &workload, const Accelerator &accelerator);

  /// In general.
  UnroundedCost countAndCost(const Mapping &mapping) const {
    return evaluateUnrounded(workload, accelerator, mapping,
                             countForCost(workload, accelerator, mapping));
  }

  LevelTraffic traffic(const DigitCounter &counts, TensorSet kept,
                       const LevelCost &level) const;
  double programmingNs(const DigitCounter &counts, TensorSet kept,
                       unsigned level, double computeNs) const;
  template <typename Round, typename Add>
  auto evaluate(const DigitCounter &counts, const Mapping &mapping, Round round,
                Add add) const;
};

CostEvaluator::Compiled::Compiled(const Workload &workload,
                                  const Accelerator &accelerator)
    : workload(workload), accelerator(accelerator),
      facts(workload, accelerator),
      accumulatorBits(accelerator.accumulatorBits),
      outputs(workload.elements(Tensor::Output)), macs(double(workload.macs())),
      stepNs(ohas::cost::stepNs(accelerator)),
      unitUw(accelerator.vectorUnit ? accelerator.vectorUnit->staticUw : 0) {
  for (Tensor tensor : allTensors)
    bits[index(tensor)] = operandBits(workload, accelerator, tensor);
  int64_t copies = 1;
  bool outermost = true;
  for (unsigned i = 0; i < accelerator.levels.size() && facts.isCovered; ++i) {
    const Level &level = accelerator.levels[i];
    LevelCost cost = {};
    cost.level = i;
    cost.kind = level.kind;
    const Needed &needed = facts.levels[i].needed;
    bool memory = level.kind == LevelKind::Memory;
    cost.outermost = memory && outermost;
    cost.moves = memory && (needed.reads.all || needed.writes.all);
    cost.limits = level.readBitsPerCycle || level.writeBitsPerCycle;
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
    cost.readFjPerBit = level.readFjPerBit;
    cost.writeFjPerBit = level.writeFjPerBit;
    bool converts = false;
    if (level.kind == LevelKind::Converter) {
      converts = needed.conversions.all || needed.conversions.busiest;
      cost.energyFj = level.energyFj;
      if (level.rateGhz > 0)
        cost.conversionsPerNs = level.count * level.rateGhz;
    }
    if (level.kind == LevelKind::Compute)
      cost.energyFj = macs * level.energyFj;
    if (cost.moves || cost.programmed || converts || cost.counted ||
        cost.perStepFj != 0 || cost.alwaysUw != 0 || cost.energyFj != 0)
      levels.push_back(cost);
    if (level.kind == LevelKind::Fanout)
      copies = saturatingMul(copies, level.extent);
  }
}

inline LevelTraffic
CostEvaluator::Compiled::traffic(const DigitCounter &counts, TensorSet kept,
                                 const LevelCost &cost) const {
  LevelTraffic moved;
  auto add = [&](Tensor tensor, Count writes, int64_t completeReads,
                 int64_t completeWrites) {
    auto count = [&](Count what) {
      return counts.count(cost.level, tensor, what);
    };
    addBits(moved.readBits, moved.busiestReadBits, count(Count::Reads),
            count(Count::BusiestReads), completeReads, bits[index(tensor)],
            accumulatorBits);
    addBits(moved.writeBits, moved.busiestWriteBits, count(writes),
            count(Count::BusiestWrites), completeWrites, bits[index(tensor)],
            accumulatorBits);
  };
  constexpr int64_t all = std::numeric_limits<int64_t>::max();
  for (Tensor tensor : {Tensor::Weight, Tensor::Input})
    if (kept.contains(tensor))
      add(tensor, Count::Fills, all, all);
  if (kept.contains(Tensor::Output)) {
    int64_t once = counts.leaveComplete(cost.level) ? outputs : 0;
    add(Tensor::Output, Count::Updates, cost.outermost ? 0 : once, once);
  }
  return moved;
}

/// Elements that a memory reads and writes.
static double accesses(const DigitCounter &counts, unsigned level) {
  double accesses = 0;
  for (Tensor tensor : allTensors)
    accesses += double(counts.count(level, tensor, Count::Reads)) +
                double(counts.count(level, tensor, Count::Fills)) +
                double(counts.count(level, tensor, Count::Updates));
  return accesses;
}

double CostEvaluator::Compiled::programmingNs(const DigitCounter &counts,
                                              TensorSet kept, unsigned i,
                                              double computeNs) const {
  const Level &level = accelerator.levels[i];
  double total = 0;
  for (Tensor tensor : {Tensor::Weight, Tensor::Input}) {
    if (!kept.contains(tensor))
      continue;
    double perChange = level.writeLatencyNs;
    if (level.writeElementsPerNs)
      perChange = std::max(perChange, double(counts.tile(i, tensor)) /
                                          *level.writeElementsPerNs);
    double all =
        double(counts.count(i, tensor, Count::BusiestChanges)) * perChange;
    total += level.doubleBuffered ? std::max(0.0, all - computeNs) : all;
  }
  return total;
}

template <typename Round, typename Add>
inline auto CostEvaluator::Compiled::evaluate(const DigitCounter &counts,
                                              const Mapping &mapping,
                                              Round round, Add add) const {
  double computeNs = double(counts.computeCycles) * stepNs;
  double ns = computeNs, programming = 0;
  std::array<double, DigitNest::maxLevels> levelFj; // but for what is always on
  for (unsigned i = 0; i < levels.size(); ++i) {
    const LevelCost &cost = levels[i];
    double fj = 0, events = 0;
    if (cost.kind == LevelKind::Converter) {
      events = double(counts.conversions(cost.level));
      fj = events * cost.energyFj;
      if (cost.conversionsPerNs > 0)
        ns = std::max(ns, double(counts.busiestConversions(cost.level)) /
                              cost.conversionsPerNs);
    } else if (cost.kind == LevelKind::Memory) {
      TensorSet kept = mapping.levels[cost.level].kept;
      if (cost.moves) {
        LevelTraffic moved = traffic(counts, kept, cost);
        fj = moved.readBits * cost.readFjPerBit +
             moved.writeBits * cost.writeFjPerBit;
        if (cost.limits) {
          const Level &level = accelerator.levels[cost.level];
          ns = std::max(ns, trafficCycles(level, moved.busiestReadBits,
                                          moved.busiestWriteBits) /
                                level.clockGhz);
        }
      }
      if (cost.programmed)
        programming += programmingNs(counts, kept, cost.level, computeNs);
      if (cost.counted)
        events = accesses(counts, cost.level);
    } else if (cost.kind == LevelKind::Compute) {
      events = macs;
      fj = cost.energyFj;
    }
    if (cost.counted)
      fj += cost.perEventFj * events;
    if (cost.perStepFj != 0)
      fj += cost.perStepFj * double(counts.computeCycles) *
            double(counts.instances(cost.level));
    levelFj[i] = fj;
  }
  ns += programming + accelerator.fillNs;
  auto latencyPs = round(ns * 1000);
  for (unsigned i = 0; i < levels.size(); ++i) {
    double fj = levelFj[i];
    if (levels[i].alwaysUw != 0)
      fj += levels[i].alwaysUw * double(latencyPs) / 1000;
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
  if (!counts.run(compiled->probes))
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
  return compiled->countAndCost(mapping);
}

QuickCost CostEvaluator::quick(const Mapping &mapping) const {
  const Workload &workload = compiled->workload;
  const Accelerator &accelerator = compiled->accelerator;
  DigitCounter counts(compiled->facts, mapping);
  if (!counts.run(compiled->probes))
    return evaluateQuick(workload, accelerator, mapping,
                         countForCost(workload, accelerator, mapping));
  QuickCost cost;
  cost.latencyPs =
      compiled->evaluate(counts, mapping, toIntegerUp, [&](double fj) {
        cost.energyFj = saturatingAdd(cost.energyFj, toInteger(fj));
      });
  return cost;
}

bool CostEvaluator::hasClosedForm(const Mapping &mapping) const {
  DigitCounter counts(compiled->facts, mapping);
  if (std::optional<bool> closed = counts.hasClosedForm(compiled->probes))
    return *closed;
  return ohas::cost::hasClosedForm(compiled->workload, compiled->accelerator,
                                   mapping);
}

std::optional<UnroundedCost>
CostEvaluator::ofClosedForm(const Mapping &mapping) const {
  // What is of common form has a closed form.
  if (std::optional<UnroundedCost> cost = ofCommonForm(mapping))
    return cost;
  if (!hasClosedForm(mapping))
    return std::nullopt;
  return compiled->countAndCost(mapping);
}

//===- Cost.cpp - Energy and latency of counted work ----------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Units: uW / GHz = fJ, uW * ps / 1000 = fJ.
//
//===----------------------------------------------------------------------===//

#include "CountedEvents.h"
#include "Latency.h"
#include "Shares.h"

using namespace ohas::cost;

static double staticFj(const Workload &workload, const Accelerator &accelerator,
                       const Level &level, const LevelCounts &counts,
                       int64_t computeCycles, int64_t copies,
                       double latencyPs) {
  if (level.staticUw == 0)
    return 0;
  switch (level.duty) {
  case Duty::PerCount:
    return level.staticUw / level.clockGhz *
           countedEvents(workload, level, counts);
  case Duty::PerStep:
    return level.staticUw * level.count * stepNs(accelerator) *
           double(computeCycles) * double(counts.instances);
  case Duty::Always:
    return level.staticUw * level.count * double(copies) * latencyPs / 1000;
  }
  return 0;
}

static double dynamicFj(const Workload &workload, const Level &level,
                        const LevelCounts &counts,
                        const LevelTraffic &traffic) {
  switch (level.kind) {
  case LevelKind::Memory:
    return traffic.readBits * level.readFjPerBit +
           traffic.writeBits * level.writeFjPerBit;
  case LevelKind::Converter:
    return double(counts.conversions) * level.energyFj;
  case LevelKind::Compute:
    return double(workload.macs()) * level.energyFj;
  case LevelKind::Fanout:
  case LevelKind::Component:
    return 0;
  }
  return 0;
}

/// Calls `add(name, fJ)` for every component and returns the latency, in ps
/// after `round`, and the level that sets it.
template <typename Round, typename Add>
static auto evaluateWith(const Workload &workload,
                         const Accelerator &accelerator, const Mapping &mapping,
                         const Counts &counts, Round round, Add add) {
  Traffic traffic(workload, accelerator, mapping, counts);
  Latency limit = latency(accelerator, mapping, counts, traffic);
  auto latencyPs = round(limit.ns * 1000);
  int64_t copies = 1;
  for (unsigned i = 0; i < accelerator.levels.size(); ++i) {
    const Level &level = accelerator.levels[i];
    const LevelCounts &levelCounts = counts.levels[i];
    double fj = dynamicFj(workload, level, levelCounts, traffic[i]) +
                staticFj(workload, accelerator, level, levelCounts,
                         counts.computeCycles, copies, double(latencyPs));
    add(level.name, fj);
    if (level.kind == LevelKind::Fanout)
      copies = saturatingMul(copies, level.extent);
  }
  if (const std::optional<VectorUnit> &unit = accelerator.vectorUnit)
    add(unit->name, unit->staticUw * double(latencyPs) / 1000);
  return std::pair(latencyPs, limit.boundBy);
}

Cost ohas::cost::evaluate(const Workload &workload,
                          const Accelerator &accelerator,
                          const Mapping &mapping, const Counts &counts) {
  Cost cost;
  auto [latencyPs, boundBy] = evaluateWith(
      workload, accelerator, mapping, counts, toIntegerUp,
      [&](const std::string &component, double fj) {
        addShare(cost.energyBreakdownFj, cost.energyFj, component, fj);
      });
  cost.latencyPs = latencyPs;
  cost.boundBy = accelerator.levels[boundBy].name;
  cost.cycles = cyclesIn(latencyPs, accelerator);
  cost.macs = workload.macs();
  return cost;
}

QuickCost ohas::cost::evaluateQuick(const Workload &workload,
                                    const Accelerator &accelerator,
                                    const Mapping &mapping,
                                    const Counts &counts) {
  QuickCost cost;
  cost.latencyPs =
      evaluateWith(workload, accelerator, mapping, counts, toIntegerUp,
                   [&](const std::string &, double fj) {
                     cost.energyFj =
                         saturatingAdd(cost.energyFj, toInteger(fj));
                   })
          .first;
  return cost;
}

UnroundedCost ohas::cost::evaluateUnrounded(const Workload &workload,
                                            const Accelerator &accelerator,
                                            const Mapping &mapping,
                                            const Counts &counts) {
  UnroundedCost cost;
  cost.latencyNs =
      evaluateWith(
          workload, accelerator, mapping, counts, [](double ps) { return ps; },
          [&](const std::string &, double fj) { cost.energyFj += fj; })
          .first /
      1000;
  return cost;
}

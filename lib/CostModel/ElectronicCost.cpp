//===- ElectronicCost.cpp - Energy and latency of electronic work ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Units: uW * ps / 1000 = fJ.
//
//===----------------------------------------------------------------------===//

#include "Shares.h"
#include "ohas/CostModel/Overlap.h"

using namespace ohas::cost;

/// Calls `add(name, fJ)` for every component that is on all the time.
template <typename Add>
static void alwaysOn(const Accelerator &accelerator, int64_t latencyPs,
                     Add add) {
  double perUw = double(latencyPs) / 1000;
  for (unsigned i = 0; i < accelerator.levels.size(); ++i) {
    const Level &level = accelerator.levels[i];
    if (level.duty == Duty::Always && level.staticUw != 0)
      add(level.name,
          level.staticUw * level.count * double(accelerator.copies(i)) * perUw);
  }
  if (const std::optional<VectorUnit> &unit = accelerator.vectorUnit)
    add(unit->name, unit->staticUw * perUw);
}

namespace {
/// How long electronic work takes, and the level that sets it.
struct ElectronicTime {
  int64_t ps = 0;
  const std::string *boundBy = nullptr; ///< null without a vector unit
};
} // namespace

/// Calls `add(name, fJ)` for what the work itself spends.
template <typename Add>
static ElectronicTime work(const ElectronicWork &work,
                           const Accelerator &accelerator, Add add) {
  if (!accelerator.vectorUnit)
    return {};
  const VectorUnit &unit = *accelerator.vectorUnit;
  if (work.operationClass == OperationClass::Shape)
    return {0, &unit.name};
  double elements = double(work.elements);
  // Movement passes the lanes by: it only reads and writes.
  double ns = work.operationClass == OperationClass::Movement
                  ? 0
                  : elements / (unit.elementsPerCycle * unit.clockGhz);
  unsigned memoryIndex = accelerator.findLevel(unit.memory).value_or(0);
  const Level &memory = accelerator.levels[memoryIndex];
  double banks = double(accelerator.copies(memoryIndex));
  double memoryNs = trafficCycles(memory, double(work.bitsRead) / banks,
                                  double(work.bitsWritten) / banks) /
                    memory.clockGhz;
  add(memory.name, double(work.bitsRead) * memory.readFjPerBit +
                       double(work.bitsWritten) * memory.writeFjPerBit);
  add(unit.name,
      elements * unit.energyFjPerElement[index(work.operationClass)]);
  return {toIntegerUp(std::max(ns, memoryNs) * 1000),
          memoryNs > ns ? &memory.name : &unit.name};
}

Breakdown ohas::cost::alwaysEnergy(const Accelerator &accelerator,
                                   int64_t latencyPs) {
  Breakdown breakdown;
  int64_t total = 0;
  alwaysOn(accelerator, latencyPs,
           [&](const std::string &component, double fj) {
             addShare(breakdown, total, component, fj);
           });
  return breakdown;
}

Cost ohas::cost::evaluate(const ElectronicWork &work,
                          const Accelerator &accelerator) {
  return Overlap(accelerator).add(work);
}

void Overlap::addContraction(int64_t latencyPs) {
  const std::optional<VectorUnit> &unit = accelerator.vectorUnit;
  roomPs = unit ? toInteger(double(latencyPs) * unit->overlap) : 0;
}

/// What is left of `ps` after the room.
int64_t Overlap::show(int64_t ps) {
  int64_t hidden = std::min(ps, roomPs);
  roomPs -= hidden;
  return ps - hidden;
}

Cost Overlap::add(const ElectronicWork &item) {
  Cost cost;
  auto add = [&](const std::string &component, double fj) {
    addShare(cost.energyBreakdownFj, cost.energyFj, component, fj);
  };
  ElectronicTime time = work(item, accelerator, add);
  cost.latencyPs = show(time.ps);
  cost.hiddenPs = time.ps - cost.latencyPs;
  cost.boundBy = time.boundBy ? *time.boundBy : "unmodelled";
  cost.cycles = cyclesIn(cost.latencyPs, accelerator);
  alwaysOn(accelerator, cost.latencyPs, add);
  return cost;
}

QuickCost Overlap::addQuick(const ElectronicWork &item) {
  QuickCost cost;
  auto add = [&](const std::string &, double fj) {
    cost.energyFj = saturatingAdd(cost.energyFj, toInteger(fj));
  };
  cost.latencyPs = show(work(item, accelerator, add).ps);
  alwaysOn(accelerator, cost.latencyPs, add);
  return cost;
}

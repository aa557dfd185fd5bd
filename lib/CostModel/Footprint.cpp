//===- Footprint.cpp - Area and peak power -------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Shares.h"

using namespace ohas::cost;

/// fJ * GHz = uW. A memory without bandwidth has no full rate: its accesses
/// show in the average power only.
static double fullRateUw(const Level &level) {
  switch (level.kind) {
  case LevelKind::Memory: {
    double read = level.readFjPerBit * level.readBitsPerCycle.value_or(0);
    double write = level.writeFjPerBit * level.writeBitsPerCycle.value_or(0);
    return (level.halfDuplex ? std::max(read, write) : read + write) *
           level.clockGhz;
  }
  case LevelKind::Converter:
    return level.energyFj * level.count *
           (level.rateGhz > 0 ? level.rateGhz : level.clockGhz);
  case LevelKind::Compute:
    return level.energyFj * level.count * level.clockGhz;
  case LevelKind::Fanout:
  case LevelKind::Component:
    return 0;
  }
  return 0;
}

/// All lanes at the most expensive class of operation.
static double fullRateUw(const VectorUnit &unit) {
  double most = 0;
  for (double energyFj : unit.energyFjPerElement)
    most = std::max(most, energyFj);
  return most * unit.elementsPerCycle * unit.clockGhz;
}

Footprint ohas::cost::footprint(const Accelerator &accelerator) {
  Footprint result;
  auto add = [&](const std::string &component, double area, double power) {
    addShare(result.areaBreakdownUm2, result.areaUm2, component, area);
    addShare(result.peakPowerBreakdownUw, result.peakPowerUw, component, power);
  };
  for (unsigned i = 0; i < accelerator.levels.size(); ++i) {
    const Level &level = accelerator.levels[i];
    double copies = double(accelerator.copies(i));
    add(level.name, level.areaUm2 * level.count * copies,
        (level.staticUw * level.count + fullRateUw(level)) * copies);
  }
  // Electronic operations that run between the others do not add what they
  // switch to the peak.
  if (const std::optional<VectorUnit> &unit = accelerator.vectorUnit)
    add(unit->name, unit->areaUm2,
        unit->staticUw + (unit->overlap > 0 ? fullRateUw(*unit) : 0));
  return result;
}

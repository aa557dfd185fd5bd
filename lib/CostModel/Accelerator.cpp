//===- Accelerator.cpp - A concrete accelerator -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Accelerator.h"
#include "llvm/Support/MathExtras.h"
#include <limits>

using namespace ohas::cost;

int64_t Accelerator::copies(unsigned level) const {
  int64_t product = 1;
  for (unsigned i = 0; i < level && i < levels.size(); ++i)
    if (levels[i].kind == LevelKind::Fanout &&
        llvm::MulOverflow(product, levels[i].extent, product))
      return std::numeric_limits<int64_t>::max();
  return product;
}

double Accelerator::alwaysUw() const {
  double power = 0, copies = 1;
  for (const Level &level : levels) {
    if (level.duty == Duty::Always)
      power += level.staticUw * level.count * copies;
    if (level.kind == LevelKind::Fanout)
      copies *= double(level.extent);
  }
  return power + (vectorUnit ? vectorUnit->staticUw : 0);
}

double ohas::cost::trafficCycles(const Level &memory, double readBits,
                                 double writeBits) {
  auto cycles = [](double bits, std::optional<double> bitsPerCycle) {
    return bitsPerCycle ? bits / *bitsPerCycle : 0;
  };
  double reads = cycles(readBits, memory.readBitsPerCycle);
  double writes = cycles(writeBits, memory.writeBitsPerCycle);
  return memory.halfDuplex ? reads + writes : std::max(reads, writes);
}

std::optional<unsigned> Accelerator::findLevel(llvm::StringRef name) const {
  for (unsigned i = 0; i < levels.size(); ++i)
    if (levels[i].name == name)
      return i;
  return std::nullopt;
}

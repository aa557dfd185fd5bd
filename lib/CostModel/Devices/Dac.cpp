//===- Dac.cpp - Digital-to-analog converter --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Dac.h"
#include "ohas/CostModel/Devices/Decibel.h"

using namespace ohas::cost;

double device::dacMw(const Converter &known, double bits, double rateGhz) {
  if (!(known.mw >= 0 && known.bits > 0 && known.rateGhz > 0 && bits > 0 &&
        rateGhz >= 0))
    return undefined;
  return known.mw * (rateGhz / known.rateGhz) * (std::exp2(bits) / bits) /
         (std::exp2(known.bits) / known.bits);
}

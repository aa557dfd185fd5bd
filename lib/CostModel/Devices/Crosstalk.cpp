//===- Crosstalk.cpp - Channels of a row of rings ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Crosstalk.h"
#include "LargestWhole.h"

using namespace ohas::cost;

double device::ringCrosstalk(const Microring &ring, double channels) {
  double finesse = ringFinesse(ring);
  if (!(finesse >= 1 && finesse <= 1e12 && channels >= 1))
    return undefined;
  double half = std::acos(-1.0) / finesse / 2;
  return channels * std::tanh(half) / std::tanh(channels * half) - 1;
}

double device::ringCrosstalkChannels(const Microring &ring, double bits) {
  if (!(bits > 0) || std::isnan(ringCrosstalk(ring, 1)))
    return undefined;
  double limit = std::exp2(-bits - 1);
  // tanh(n g / 2) is below 1, and tanh(g / 2) is above 1 / finesse.
  double end = std::floor((1 + limit) * ringFinesse(ring)) + 2;
  return largestWhole(1, end, [&](double channels) {
    return ringCrosstalk(ring, channels) <= limit;
  });
}

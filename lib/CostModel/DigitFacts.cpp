//===- DigitFacts.cpp - What all mappings of a workload share ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitFacts.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

NestFacts::NestFacts(const Workload &workload, const Accelerator &accelerator)
    : workload(workload), accelerator(accelerator),
      compute(accelerator.levels.size() - 1) {
  // Products of a bound and a step stay within 64 bits.
  constexpr int64_t largestSize = int64_t(1) << 31;
  for (Dim dim : allDims) {
    if (workload.size(dim) > 1)
      large |= maskOf(dim);
    isCovered &= workload.size(dim) < largestSize;
  }
  isCovered &= !workload.transposed &&
               workload.macs() < std::numeric_limits<int64_t>::max() &&
               accelerator.levels.size() < maxLevels;
  for (unsigned i = 0; i < 3; ++i) {
    if (workload.transposed || !workload.windowsOverlap(i))
      continue;
    auto [position, kernel] = windowPairs[i];
    auto [stride, dilation] = workload.windowSteps(i);
    windows.push_back({position, kernel, stride, dilation});
    windowed |= maskOf(position) | maskOf(kernel);
  }
  if (isCovered)
    forEachDim(windowed,
               [&](Dim dim) { windowedPoints *= workload.size(dim); });
  for (Tensor tensor : allTensors) {
    relevant[index(tensor)] = workload.relevantDims(tensor).mask() & large;
    int64_t &elements = plainElements[index(tensor)];
    elements = 1;
    if (isCovered)
      forEachDim(relevant[index(tensor)] &
                     ~(tensor == Tensor::Input ? windowed : 0),
                 [&](Dim dim) { elements *= workload.size(dim); });
  }
  stranger.fill(numTensors);
  for (Tensor tensor : allTensors)
    forEachDim(large & ~relevant[index(tensor)],
               [&](Dim dim) { stranger[index(dim)] = index(tensor); });
  unsigned fanouts = 0;
  for (unsigned i = 0; i <= compute; ++i) {
    const Level &level = accelerator.levels[i];
    LevelFacts &facts = levels.emplace_back();
    facts.kind = level.kind;
    facts.hold = level.kind == LevelKind::Converter && level.hold;
    facts.integrates = level.accumulateLimit.has_value();
    facts.limit = level.accumulateLimit.value_or(0);
    facts.shares = 0;
    for (Tensor tensor : allTensors)
      if (level.shares(tensor, false))
        facts.shares |= maskOf(tensor);
    facts.fanouts = fanouts;
    fanouts += level.kind == LevelKind::Fanout;
    facts.sharesWindows = level.shares(Tensor::Input, true);
    facts.needed = neededForCost(level);
    facts.slots = numSlots;
    if (level.kind == LevelKind::Memory) {
      memories.push_back(i);
      numSlots += numTensors * countsPerTensor;
    }
    if (level.kind == LevelKind::Memory || level.kind == LevelKind::Fanout)
      loopLevels.insert(loopLevels.begin(), i);
    // Of the outermost memory there is one.
    isCovered &= level.kind != LevelKind::Fanout || !memories.empty();
    const AmountNeeded &conversions = facts.needed.conversions;
    if (level.kind == LevelKind::Converter &&
        (conversions.all || conversions.busiest)) {
      converters[index(level.tensor)].push_back(i);
      numSlots += 2;
    }
  }
}

//===- Latency.cpp - What limits a layer ----------------------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Latency.h"

using namespace ohas::cost;

/// Time that the busiest instance needs for its traffic.
static double memoryNs(const Level &level, const LevelTraffic &traffic) {
  return trafficCycles(level, traffic.busiestReadBits,
                       traffic.busiestWriteBits) /
         level.clockGhz;
}

/// Time for writing the tiles of the operands of slow devices. Behind a double
/// buffer the next tile is written during the steps on the present one.
static double programmingNs(const Level &level, const LevelMapping &mapping,
                            const LevelCounts &counts, double computeNs) {
  if (level.writeLatencyNs <= 0 && !level.writeElementsPerNs)
    return 0;
  double total = 0;
  for (Tensor tensor : {Tensor::Weight, Tensor::Input}) {
    if (!mapping.kept.contains(tensor))
      continue;
    const TensorCounts &count = counts.tensors[index(tensor)];
    double perChange = level.writeLatencyNs;
    if (level.writeElementsPerNs)
      perChange =
          std::max(perChange, double(count.tile) / *level.writeElementsPerNs);
    double all = double(count.busiestChanges) * perChange;
    total += level.doubleBuffered ? std::max(0.0, all - computeNs) : all;
  }
  return total;
}

Latency ohas::cost::latency(const Accelerator &accelerator,
                            const Mapping &mapping, const Counts &counts,
                            const Traffic &traffic) {
  unsigned compute = accelerator.levels.size() - 1;
  double computeNs = double(counts.computeCycles) * stepNs(accelerator);
  Latency limit = {computeNs, compute};
  double programming = 0, longest = 0;
  unsigned programmed = 0;
  for (unsigned i = 0; i < compute; ++i) {
    const Level &level = accelerator.levels[i];
    double ns = 0;
    if (level.kind == LevelKind::Memory) {
      ns = memoryNs(level, traffic[i]);
      double writing =
          programmingNs(level, mapping.levels[i], counts.levels[i], computeNs);
      programming += writing;
      if (writing > longest) {
        longest = writing;
        programmed = i;
      }
    } else if (level.kind == LevelKind::Converter && level.rateGhz > 0) {
      ns = double(counts.levels[i].busiestConversions) /
           (level.count * level.rateGhz);
    }
    if (ns > limit.ns)
      limit = {ns, i};
  }
  if (longest > limit.ns)
    limit.boundBy = programmed;
  limit.ns += programming + accelerator.fillNs;
  return limit;
}

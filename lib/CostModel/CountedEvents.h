//===- CountedEvents.h - What the duty per_count counts ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTEDEVENTS_H
#define OHAS_LIB_COSTMODEL_COUNTEDEVENTS_H

#include "Traffic.h"

namespace ohas::cost {

/// Elements that a level handles one at a time, for the duty per_count.
inline double countedEvents(const Workload &workload, const Level &level,
                            const LevelCounts &counts) {
  if (level.kind == LevelKind::Converter)
    return double(counts.conversions);
  if (level.kind == LevelKind::Compute)
    return double(workload.macs());
  double accesses = 0;
  for (const TensorCounts &count : counts.tensors)
    accesses +=
        double(count.reads) + double(count.fills) + double(count.updates);
  return accesses;
}

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_COUNTEDEVENTS_H

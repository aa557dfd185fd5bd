//===- Latency.h - What limits a layer --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_LATENCY_H
#define OHAS_LIB_COSTMODEL_LATENCY_H

#include "Traffic.h"

namespace ohas::cost {

struct Latency {
  double ns = 0;
  unsigned boundBy = 0; ///< the level that sets it
};

/// Time of one step of the compute level.
inline double stepNs(const Accelerator &accelerator) {
  return 1 / accelerator.levels.back().clockGhz;
}

Latency latency(const Accelerator &accelerator, const Mapping &mapping,
                const Counts &counts, const Traffic &traffic);

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_LATENCY_H

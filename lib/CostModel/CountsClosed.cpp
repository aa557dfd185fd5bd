//===- CountsClosed.cpp - Is a mapping counted quickly? ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsChain.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

bool ohas::cost::hasClosedForm(const Workload &workload,
                               const Accelerator &accelerator,
                               const Mapping &mapping) {
  Nest nest(workload, accelerator, mapping);
  std::optional<unsigned> parent;
  for (unsigned level = 0; level < accelerator.levels.size(); ++level) {
    if (accelerator.levels[level].kind != LevelKind::Memory ||
        !mapping.levels[level].kept.contains(Tensor::Output))
      continue;
    if (parent) {
      Link link = {Tensor::Output, *parent, level};
      bool integrates = accelerator.levels[*parent].accumulateLimit.has_value();
      if (!hasClosedDepartures(nest, link) ||
          (!integrates && !landsInTime(nest, link)))
        return false;
    }
    parent = level;
  }
  return true;
}

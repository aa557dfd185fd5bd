//===- CostBound.h - What a mapping costs at least --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_COSTBOUND_H
#define OHAS_LIB_SEARCH_COSTBOUND_H

#include "ohas/CostModel/Cost.h"

namespace ohas::search {

/// Figures that are no more than a cost's, which is rounded, if these are no
/// more than the cost before rounding.
cost::QuickCost roundDown(double latencyPs, double energyFj);

/// Bounds latency and energy of mappings from below without counting: by the
/// steps that the fan-outs leave, by every element passing every memory that
/// keeps it once, and by every product taking its operands and leaving its sum
/// where nothing keeps them any further in.
class CostBound {
public:
  CostBound(const cost::Workload &workload,
            const cost::Accelerator &accelerator);

  cost::QuickCost of(const cost::Mapping &mapping) const;

private:
  double shared(unsigned fanout, const cost::LevelMapping &level,
                cost::Tensor tensor) const;
  double levelFj(unsigned level, const cost::LevelMapping &mapping,
                 bool outermost,
                 const std::array<double, cost::numTensors> &crossing) const;

  const cost::Workload &workload;
  const cost::Accelerator &accelerator;
  std::array<cost::DimSet, cost::numTensors> sharable;
  std::array<double, cost::numTensors> elements, bits;
  double macs, alwaysUw = 0, computeFj = 0;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_COSTBOUND_H

//===- Cost.h - Latency, energy, area and power -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Integers with the unit in the name; each component is rounded once (to the
// nearest fJ, ps, um2), so that a breakdown sums to its total exactly.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_COST_H
#define OHAS_COSTMODEL_COST_H

#include "ohas/CostModel/AcceleratorSpec.h"
#include "ohas/CostModel/Counts.h"
#include "llvm/Support/Error.h"

namespace ohas::cost {

/// A component's share of a figure, in the unit of the figure.
struct Share {
  std::string component;
  int64_t value = 0;
};
using Breakdown = llvm::SmallVector<Share, 16>;

struct Cost {
  int64_t latencyPs = 0;
  int64_t energyFj = 0; ///< exactly the sum of energyBreakdownFj
  int64_t cycles = 0;   ///< latency in cycles of the accelerator's clock, up
  int64_t macs = 0;
  std::string boundBy; ///< level that sets the latency
  Breakdown energyBreakdownFj;
  /// Electronic work only: its time beside a contraction, not in latencyPs.
  int64_t hiddenPs = 0;
};

/// Energy and latency of counted work. `always` components are paid for the
/// layer's whole latency (see docs/CostModel.md, Energy).
Cost evaluate(const Workload &workload, const Accelerator &accelerator,
              const Mapping &mapping, const Counts &counts);

/// The figures alone, for a mapper's inner loop: equal to those of Cost.
struct QuickCost {
  int64_t latencyPs = 0, energyFj = 0;
};
QuickCost evaluateQuick(const Workload &workload,
                        const Accelerator &accelerator, const Mapping &mapping,
                        const Counts &counts);

/// The same before any rounding: what a search compares, so that a bound which
/// equals a cost cannot be mistaken for a better one.
struct UnroundedCost {
  double latencyNs = 0, energyFj = 0;
};
UnroundedCost evaluateUnrounded(const Workload &workload,
                                const Accelerator &accelerator,
                                const Mapping &mapping, const Counts &counts);

/// Electronic work on the accelerator's vector unit, with what is `always` on
/// meanwhile. Without a vector unit it costs nothing and says so in boundBy
/// ("unmodelled"). See Overlap.h for such work beside photonic work.
Cost evaluate(const ElectronicWork &work, const Accelerator &accelerator);

/// The energy of the components with duty `always` over a time.
Breakdown alwaysEnergy(const Accelerator &accelerator, int64_t latencyPs);

/// What an accelerator is, whatever runs on it.
struct Footprint {
  int64_t areaUm2 = 0;     ///< exactly the sum of areaBreakdownUm2
  int64_t peakPowerUw = 0; ///< everything on at full rate; sum likewise
  Breakdown areaBreakdownUm2, peakPowerBreakdownUw;
};
Footprint footprint(const Accelerator &accelerator);

/// The reading "as published": `accounting` of the spec evaluated for one
/// operation, and its areas and powers. The names of the dims (N ... T), macs,
/// weight_is_constant and input_is_nonnegative are bound.
llvm::Expected<Cost> evaluatePublished(const Workload &workload,
                                       const AcceleratorSpec &spec,
                                       const AccountingSpec &accounting,
                                       const DesignPoint &point);
llvm::Expected<Footprint> footprintPublished(const AcceleratorSpec &spec,
                                             const AccountingSpec &accounting,
                                             const DesignPoint &point);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_COST_H

//===- Trace.h - How one figure comes about ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_TRACE_H
#define OHAS_COSTMODEL_TRACE_H

#include "ohas/CostModel/Cost.h"
#include "ohas/CostModel/NameTrace.h"

namespace ohas::cost {

/// One term of a component's energy: factors that multiply to `fj`.
struct TraceTerm {
  struct Factor {
    std::string what; ///< "conversions", "energy_fj", ...
    double value = 0;
    std::string unit; ///< "" for pure numbers
    /// Where the value is from: an expression of the description, a count.
    std::string from;
  };
  std::string formula; ///< "conversions x energy_fj"
  std::vector<Factor> factors;
  double fj = 0;
};

/// The derivation of one component's energy in one layer.
struct Trace {
  std::string component, source;
  int64_t energyFj = 0; ///< as the breakdown has it: all terms, rounded once
  std::vector<TraceTerm> terms;
  std::vector<TraceName> names; ///< in the order in which they are needed
};

/// Traces the energy of level `component` of an accelerator that `spec` and
/// `point` describe, for a mapped workload with its counts and latency. Errors:
/// an unknown component, with those that there are.
llvm::Expected<Trace> traceEnergy(const AcceleratorSpec &spec,
                                  const DesignPoint &point,
                                  const Accelerator &accelerator,
                                  const Workload &workload,
                                  const Mapping &mapping, const Counts &counts,
                                  int64_t latencyPs, llvm::StringRef component);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_TRACE_H

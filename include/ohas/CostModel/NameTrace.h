//===- NameTrace.h - What an expression stands on ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_NAMETRACE_H
#define OHAS_COSTMODEL_NAMETRACE_H

#include "ohas/CostModel/AcceleratorSpec.h"
#include "llvm/ADT/StringSet.h"

namespace ohas::cost {

/// A name that expressions stand on: a knob, a device number or a definition,
/// with its source.
struct TraceName {
  std::string name, kind; ///< "knob", "device", "definition"
  double value = 0;
  std::string unit, expression, source;
  bool assumed = false;
};

/// Follows the names of expressions to knobs and device numbers.
class NameTracer {
public:
  /// `values` is the environment at `point`; all three outlive the tracer.
  NameTracer(const AcceleratorSpec &spec, const DesignPoint &point,
             const llvm::StringMap<double> &values)
      : spec(spec), point(point), values(values) {}

  void add(const Expression &expression);

  /// Each once, in the order in which they are needed.
  std::vector<TraceName> names;

private:
  void addName(const std::string &name);

  const AcceleratorSpec &spec;
  const DesignPoint &point;
  const llvm::StringMap<double> &values;
  llvm::StringSet<> seen;
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_NAMETRACE_H

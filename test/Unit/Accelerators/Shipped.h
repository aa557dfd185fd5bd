//===- Shipped.h - A shipped accelerator under test -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_ACCELERATORS_SHIPPED_H
#define OHAS_TEST_UNIT_ACCELERATORS_SHIPPED_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Accelerators/Accelerators.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "gtest/gtest.h"
#include <cmath>

namespace ohas {

/// The description of a shipped accelerator, read from its text.
inline cost::AcceleratorSpec shippedSpec(llvm::StringRef name) {
  mlir::MLIRContext context;
  context.loadDialect<optical::OpticalDialect>();
  for (const ShippedAccelerator &shipped : shippedAccelerators()) {
    if (shipped.name != name)
      continue;
    auto module =
        mlir::parseSourceString<mlir::ModuleOp>(shipped.text, &context);
    if (module)
      for (auto op : module->getOps<optical::AcceleratorOp>())
        if (auto spec = buildSpec(op); mlir::succeeded(spec))
          return std::move(*spec);
  }
  ADD_FAILURE() << "no accelerator " << name.str();
  return {};
}

/// A shipped accelerator at a design point, in both readings.
class Shipped {
public:
  explicit Shipped(llvm::StringRef name) : spec(shippedSpec(name)) {}

  cost::Cost published(const cost::Workload &workload) const {
    return cantFail(evaluatePublished(workload, spec, accounting(), point));
  }
  cost::Footprint publishedFootprint() const {
    return cantFail(footprintPublished(spec, accounting(), point));
  }
  cost::Accelerator mapped() const {
    return cantFail(instantiate(spec, point));
  }

  cost::AcceleratorSpec spec;
  cost::DesignPoint point;

private:
  const cost::AccountingSpec &accounting() const {
    return spec.accountings.at(0);
  }
};

/// The value of a component; 0 if it has none.
inline int64_t share(const cost::Breakdown &breakdown,
                     llvm::StringRef component) {
  for (const cost::Share &share : breakdown)
    if (share.component == component)
      return share.value;
  return 0;
}

/// A percentage of `expected` at most lies between.
inline testing::AssertionResult within(double percent, double actual,
                                       double expected) {
  double difference = 100 * (actual / expected - 1);
  if (std::abs(difference) <= percent)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << actual << " differs from " << expected
                                     << " by " << difference << " %";
}

/// Loops and kept tensors by level name; other levels do nothing.
struct NamedLevel {
  const char *name;
  cost::TensorSet kept;
  std::vector<cost::Loop> loops;
};

inline cost::Mapping mappingOf(const cost::Accelerator &accelerator,
                               const std::vector<NamedLevel> &levels) {
  cost::Mapping mapping;
  mapping.levels.resize(accelerator.levels.size());
  for (const NamedLevel &level : levels) {
    std::optional<unsigned> i = accelerator.findLevel(level.name);
    if (!i) {
      ADD_FAILURE() << "no level " << level.name;
      continue;
    }
    mapping.levels[*i].kept = level.kept;
    mapping.levels[*i].loops.assign(level.loops.begin(), level.loops.end());
  }
  return mapping;
}

} // namespace ohas

#endif // OHAS_TEST_UNIT_ACCELERATORS_SHIPPED_H

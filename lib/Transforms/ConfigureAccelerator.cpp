//===- ConfigureAccelerator.cpp - Choose accelerator, knobs, devices ------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Transforms/LoadAccelerator.h"
#include "ohas/Transforms/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_CONFIGUREACCELERATOR
#include "ohas/Transforms/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;
using optical::AcceleratorOp;

/// Reads name=value texts into `values`.
static LogicalResult readAssignments(ModuleOp module, llvm::StringRef what,
                                     llvm::ArrayRef<std::string> texts,
                                     std::map<std::string, double> &values) {
  for (llvm::StringRef text : texts) {
    auto [name, number] = text.split('=');
    double value;
    if (name.empty() || number.trim().getAsDouble(value) ||
        !std::isfinite(value))
      return module.emitError("malformed ")
             << what << " '" << text << "': expected name=number";
    values[name.trim().str()] = value;
  }
  return success();
}

/// Mappings to another accelerator or design point, and all costs, are stale.
static void dropStale(ModuleOp module, AcceleratorOp accelerator,
                      bool reconfigured) {
  module->removeAttr(optical::totalCostAttrName);
  module->removeAttr(optical::boundGapAttrName);
  module.walk([&](Operation *op) {
    op->removeAttr(optical::costAttrName);
    auto contraction = dyn_cast<optical::OpticalContractionOp>(op);
    if (!contraction)
      return;
    optical::MappingAttr mapping = contraction.getMappingAttr();
    if (mapping && (reconfigured || mapping.getAccelerator().getAttr() !=
                                        accelerator.getSymNameAttr())) {
      contraction.setMappingAttr({});
      op->removeAttr(optical::provenAttrName);
    }
  });
}

namespace {
struct ConfigureAcceleratorPass
    : ohas::impl::ConfigureAcceleratorBase<ConfigureAcceleratorPass> {
  using ConfigureAcceleratorBase::ConfigureAcceleratorBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<AcceleratorOp> chosen = loadAccelerator(module, accelerator);
    if (failed(chosen) || failed(configure(*chosen)))
      return signalPassFailure();
    module->setAttr(optical::targetAttrName,
                    FlatSymbolRefAttr::get(chosen->getSymNameAttr()));
  }

  /// Adds the options to the design point the accelerator already has.
  LogicalResult configure(AcceleratorOp chosen) {
    FailureOr<cost::AcceleratorSpec> spec = buildSpec(chosen);
    FailureOr<cost::DesignPoint> point = designPointOf(chosen);
    if (failed(spec) || failed(point))
      return failure();
    ModuleOp module = getOperation();
    if (failed(readAssignments(module, "knob", knobs, point->knobs)) ||
        failed(readAssignments(module, "device override", overrides,
                               point->deviceOverrides)))
      return failure();
    if (!devices.empty())
      point->deviceSet = devices;
    // Unknown names, and numbers that make no accelerator, show up here.
    if (llvm::Expected<cost::Accelerator> concrete =
            cost::instantiate(*spec, *point);
        !concrete)
      return module.emitError(llvm::toString(concrete.takeError()));
    optical::DesignPointAttr before = chosen.getConfiguredAttr();
    bool isDefault = point->knobs.empty() && point->deviceSet.empty() &&
                     point->deviceOverrides.empty();
    chosen.setConfiguredAttr(isDefault
                                 ? optical::DesignPointAttr()
                                 : fromDesignPoint(&getContext(), *point));
    dropStale(module, chosen, chosen.getConfiguredAttr() != before);
    return success();
  }
};
} // namespace

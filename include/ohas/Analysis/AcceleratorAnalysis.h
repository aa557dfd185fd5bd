//===- AcceleratorAnalysis.h - From the dialect to the cost model ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Attributes and operations of the optical dialect as value types of the cost
// model, and back.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_ACCELERATORANALYSIS_H
#define OHAS_ANALYSIS_ACCELERATORANALYSIS_H

#include "ohas/CostModel/Cost.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

//===----------------------------------------------------------------------===//
// Accelerators
//===----------------------------------------------------------------------===//

/// All that the description says. Fails, with a diagnostic at the member, only
/// for an expression that does not parse, which verification rejects too.
mlir::FailureOr<cost::AcceleratorSpec>
buildSpec(optical::AcceleratorOp accelerator);

/// The design point that `configured` names; defaults without it.
mlir::FailureOr<cost::DesignPoint>
designPointOf(optical::AcceleratorOp accelerator);

/// `point` as the attribute that `configured` takes.
optical::DesignPointAttr fromDesignPoint(mlir::MLIRContext *context,
                                         const cost::DesignPoint &point);

/// The concrete accelerator at its design point. Diagnostics at the operation.
mlir::FailureOr<cost::Accelerator>
buildAccelerator(optical::AcceleratorOp accelerator);

/// The accelerator that `optical.target` names. Diagnostics at the module.
mlir::FailureOr<optical::AcceleratorOp> targetOf(mlir::Operation *module);

//===----------------------------------------------------------------------===//
// Mappings
//===----------------------------------------------------------------------===//

using EmitError = llvm::function_ref<mlir::InFlightDiagnostic()>;

/// One entry per level of `accelerator`; levels that the attribute does not
/// name keep nothing and have no loops. Fails for an unknown level.
mlir::FailureOr<cost::Mapping> toMapping(optical::MappingAttr mapping,
                                         const cost::Accelerator &accelerator,
                                         EmitError emitError = {});

/// Levels that do nothing are left out. The accelerator's name is the symbol.
optical::MappingAttr fromMapping(mlir::MLIRContext *context,
                                 const cost::Mapping &mapping,
                                 const cost::Accelerator &accelerator);

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

/// The breakdown comes back sorted by component.
cost::Cost toCost(optical::CostAttr cost);

/// Shares of one component are added up, shares of nothing left out.
optical::CostAttr fromCost(mlir::MLIRContext *context, const cost::Cost &cost);

} // namespace ohas

#endif // OHAS_ANALYSIS_ACCELERATORANALYSIS_H

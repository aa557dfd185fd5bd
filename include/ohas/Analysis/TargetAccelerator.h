//===- TargetAccelerator.h - The accelerator a module runs on ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_TARGETACCELERATOR_H
#define OHAS_ANALYSIS_TARGETACCELERATOR_H

#include "ohas/CostModel/AcceleratorSpec.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

/// `optical.target` of a module, resolved: the description, the chosen design
/// point, and the concrete accelerator at that point.
struct TargetAccelerator {
  optical::AcceleratorOp op;
  cost::AcceleratorSpec spec;
  cost::DesignPoint point;
  cost::Accelerator accelerator;
};

/// Fails with a diagnostic where the module has no target, the target is no
/// accelerator of the module, or its description cannot be evaluated.
mlir::FailureOr<TargetAccelerator> resolveTarget(mlir::ModuleOp module);

} // namespace ohas

#endif // OHAS_ANALYSIS_TARGETACCELERATOR_H

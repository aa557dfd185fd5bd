//===- TargetAccelerator.cpp - The accelerator a module runs on -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/TargetAccelerator.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"

using namespace mlir;
using namespace ohas;

FailureOr<TargetAccelerator> ohas::resolveTarget(ModuleOp module) {
  FailureOr<optical::AcceleratorOp> op = targetOf(module);
  if (failed(op))
    return failure();
  FailureOr<cost::AcceleratorSpec> spec = buildSpec(*op);
  FailureOr<cost::DesignPoint> point = designPointOf(*op);
  if (failed(spec) || failed(point))
    return failure();
  llvm::Expected<cost::Accelerator> accelerator =
      cost::instantiate(*spec, *point);
  if (!accelerator)
    return op->emitError(llvm::toString(accelerator.takeError())), failure();
  return TargetAccelerator{*op, std::move(*spec), std::move(*point),
                           std::move(*accelerator)};
}

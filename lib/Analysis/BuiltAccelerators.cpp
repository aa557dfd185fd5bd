//===- BuiltAccelerators.cpp - Each accelerator built once ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/BuiltAccelerators.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"

using namespace ohas;

const cost::Accelerator *BuiltAccelerators::get(optical::AcceleratorOp op) {
  std::shared_ptr<cost::Accelerator> &accelerator = known[op];
  if (accelerator)
    return accelerator.get();
  mlir::FailureOr<cost::Accelerator> built = buildAccelerator(op);
  if (failed(built))
    return nullptr;
  accelerator = std::make_shared<cost::Accelerator>(std::move(*built));
  return accelerator.get();
}

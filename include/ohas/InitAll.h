//===- InitAll.h - Everything OHAS registers with MLIR ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_INITALL_H
#define OHAS_INITALL_H

#include "ohas/Conversion/Passes.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Pipelines/Estimate.h"
#include "ohas/Transforms/Passes.h"

namespace ohas {

/// The dialects of OHAS. The one list: tools, plugin and bindings call this.
inline void registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<optical::OpticalDialect>();
}

/// The passes and pipelines of OHAS.
inline void registerAllPasses() {
  registerOpticalPasses();
  registerOpticalConversionPasses();
  registerPipelines();
}

} // namespace ohas

#endif // OHAS_INITALL_H

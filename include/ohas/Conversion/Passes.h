//===- Passes.h - Passes from optical IR to linalg --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_CONVERSION_PASSES_H
#define OHAS_CONVERSION_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
namespace func {
class FuncOp;
} // namespace func
} // namespace mlir

namespace ohas {

#define GEN_PASS_DECL
#include "ohas/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "ohas/Conversion/Passes.h.inc"

} // namespace ohas

#endif // OHAS_CONVERSION_PASSES_H

//===- Weights.h - Weights as arguments -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_EXECUTION_WEIGHTS_H
#define OHAS_LIB_EXECUTION_WEIGHTS_H

#include "mlir/IR/BuiltinOps.h"
#include "ohas/Execution/Program.h"

namespace ohas {

/// Turns large constants of the module's function into arguments after those
/// it has, in the order of the result.
mlir::FailureOr<std::vector<Weight>>
hoistWeights(mlir::ModuleOp module, MissingWeights missing, uint64_t seed);

} // namespace ohas

#endif // OHAS_LIB_EXECUTION_WEIGHTS_H

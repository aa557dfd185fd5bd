//===- OperationName.h - The name a layer is reported by --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_OPERATIONNAME_H
#define OHAS_ANALYSIS_OPERATIONNAME_H

#include "mlir/IR/Operation.h"
#include <string>

namespace ohas {

/// The name that an operation's location gives it (an ONNX node's name), or
/// the operation's own name.
std::string operationName(mlir::Operation *op);

} // namespace ohas

#endif // OHAS_ANALYSIS_OPERATIONNAME_H

//===- OperatorCheck.h - Whether IR fits ONNX's operators -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_FRONTEND_ONNX_OPERATORCHECK_H
#define OHAS_FRONTEND_ONNX_OPERATORCHECK_H

#include "ohas/Optical/Optical.h"
#include <memory>
#include <optional>
#include <string>

namespace ohas::onnx {

/// Imports operations once more, each as a model of its own, to find what a
/// lowering may rely on: IR that was written by hand was never checked against
/// the schemas.
class OperatorCheck {
public:
  OperatorCheck();
  ~OperatorCheck();

  /// Why operands, attributes and results are none that the operator has;
  /// nothing if they are, or if the operator is none of ONNX's.
  std::optional<std::string> misfit(optical::ElectronicOp op);

private:
  std::optional<std::string> misfit(optical::ElectronicOp op, int64_t opset);

  /// Of what is imported. The module that `op` is in does not grow.
  std::unique_ptr<mlir::MLIRContext> context;
};

} // namespace ohas::onnx

#endif // OHAS_FRONTEND_ONNX_OPERATORCHECK_H

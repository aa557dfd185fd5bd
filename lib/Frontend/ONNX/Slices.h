//===- Slices.h - One step of a tensor, read and written --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_SLICES_H
#define OHAS_LIB_FRONTEND_ONNX_SLICES_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace ohas::onnx {

/// Whether `step` is of the type of `whole` without `axis`.
bool isStepOf(mlir::Type step, mlir::Type whole, int64_t axis);

/// Element `at` of `whole` along `axis`, where `at` is an index that a loop
/// computes. `type` has the other dims of `whole`, and 1 or nothing at `axis`.
mlir::Value extractStep(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::RankedTensorType type, mlir::Value whole,
                        int64_t axis, mlir::Value at);

/// `whole` with `value`, of such a type, in the place of that element.
mlir::Value insertStep(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value value, mlir::Value whole, int64_t axis,
                       mlir::Value at);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_SLICES_H

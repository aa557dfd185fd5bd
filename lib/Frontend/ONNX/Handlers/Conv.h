//===- Conv.h - Building convolutions ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_HANDLERS_CONV_H
#define OHAS_LIB_FRONTEND_ONNX_HANDLERS_CONV_H

#include "../Window.h"
#include "Build.h"

namespace ohas::onnx {

/// Empty where all entries are `value`, which is the dialect's default.
llvm::ArrayRef<int64_t> unlessAll(llvm::ArrayRef<int64_t> values,
                                  int64_t value);

/// The convolution (transposed if `transposed`) of input 0 with the weight at
/// `weight`, without its bias: a value of `type`, in the node's layout. Null if
/// light cannot take the operands as they are; `why` says so.
mlir::FailureOr<mlir::Value> buildConv(NodeContext &node, size_t weight,
                                       mlir::Type type, llvm::StringRef &why,
                                       bool transposed = false);

/// The same for more than three spatial axes: the first ones are unfolded by
/// electronics, positions to images, kernel positions to channels.
mlir::Value buildHighRankConv(NodeContext &node, mlir::Value input,
                              mlir::Value weight, const Window &window,
                              int64_t group, mlir::RankedTensorType type,
                              bool transposed);

/// One convolution of the dialect with operands that fit it.
mlir::Value createConv(NodeContext &node, mlir::Value input, mlir::Value weight,
                       const Window &window, int64_t group, mlir::Type type,
                       bool transposed);

/// `value` with its channels moved from the last dim to the second, and back.
mlir::Value channelsFirst(NodeContext &node, mlir::Value value);
mlir::Value channelsLast(NodeContext &node, mlir::Value value);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_HANDLERS_CONV_H

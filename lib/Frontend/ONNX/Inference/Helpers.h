//===- Helpers.h - What inference functions share ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_INFERENCE_HELPERS_H
#define OHAS_LIB_FRONTEND_ONNX_INFERENCE_HELPERS_H

#include "../Operators.h"

namespace ohas::onnx {

/// The shape that two shapes broadcast to, aligned at the end; nothing if they
/// do not.
std::optional<Shape> broadcastShapes(llvm::ArrayRef<Dim> a,
                                     llvm::ArrayRef<Dim> b);

/// Output 0 is as input 0.
mlir::LogicalResult inferSameAsFirst(NodeContext &node);

/// The product of operands of these shapes as ONNX's MatMul, with a result of
/// `type`.
mlir::LogicalResult inferProduct(NodeContext &node, int32_t type,
                                 const std::optional<Shape> &a,
                                 const std::optional<Shape> &b,
                                 bool transposeLeft = false,
                                 bool transposeRight = false);

/// Values at input `i`, or in the attribute that came before it.
std::optional<llvm::SmallVector<int64_t>> intsOf(NodeContext &node, size_t i,
                                                 llvm::StringRef attribute);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_INFERENCE_HELPERS_H

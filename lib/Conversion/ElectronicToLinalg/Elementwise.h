//===- Elementwise.h - Loops over broadcast operands ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_ELEMENTWISE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_ELEMENTWISE_H

#include "Scalar.h"

namespace ohas::electronic {

using ElementBody = llvm::function_ref<Value(const Scalar &, mlir::ValueRange)>;

/// The element of an operand for that of a result which it broadcasts to:
/// aligned at the end, or from `axis` on if it is not negative.
mlir::AffineMap broadcastMap(mlir::OpBuilder &b, llvm::ArrayRef<int64_t> from,
                             llvm::ArrayRef<int64_t> to, int64_t axis = -1);

/// Result 0 element by element from all inputs, in the element type of the
/// first one (but narrow floats in f32), converted to that of the result.
Lowered elementwise(Node &node, ElementBody body);

/// The same with the inputs at `places` only.
Lowered elementwiseOf(Node &node, llvm::ArrayRef<unsigned> places,
                      ElementBody body);

/// Whether all broadcast to a type, as results of operators that ONNX does not
/// know are declared by their models. Lowerings of those fail with `misfit`.
bool broadcastTo(mlir::RankedTensorType type, mlir::ValueRange values);
inline constexpr llvm::StringLiteral misfit =
    "operands that do not fit its result";

/// Floats below 32 bits are computed in 32.
mlir::Type computeType(mlir::Type element);

/// A tensor with another element type.
Value convertTensor(Node &node, Value value, bool isUnsigned, mlir::Type to,
                    bool isResultUnsigned = false);

/// `body` on every element of one tensor or of several that broadcast.
Value mapTensor(Node &node, mlir::RankedTensorType type,
                mlir::ValueRange inputs, ElementBody body);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_ELEMENTWISE_H

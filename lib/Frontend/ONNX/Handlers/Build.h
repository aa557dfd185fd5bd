//===- Build.h - Pieces that handlers build IR from -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_HANDLERS_BUILD_H
#define OHAS_LIB_FRONTEND_ONNX_HANDLERS_BUILD_H

#include "../Operators.h"
#include "ohas/Optical/Optical.h"

namespace ohas::onnx {

/// Why an operator that is built of its dims is not imported.
inline constexpr llvm::StringLiteral unknownShapes =
    "its shapes are not known (give open dims with --dim)";

/// An electronic operation with one result: ONNX's `op`, as if the model had
/// such a node, or one of ours ("ohas.CausalMask").
mlir::Value electronic(NodeContext &node, llvm::StringRef op,
                       mlir::ValueRange inputs, mlir::Type type,
                       llvm::ArrayRef<mlir::NamedAttribute> attributes = {});

/// The type of a value that is to be a ranked tensor, of `rank` dims if that is
/// given. Fails as NodeContext::fail does, like all that is built here of
/// operands that do not fit: operators without a schema come unchecked.
mlir::RankedTensorType rankedType(NodeContext &node, mlir::Value value,
                                  std::optional<int64_t> rank = {});
/// A type of these dims, which must be those of a tensor.
mlir::RankedTensorType
tensorType(NodeContext &node, llvm::ArrayRef<int64_t> dims, mlir::Type element);
/// The product of two sizes.
int64_t multiply(NodeContext &node, int64_t a, int64_t b);
/// Fails unless the contraction that was built verifies.
void checkContraction(NodeContext &node, mlir::Operation *contraction);

/// Reshape to dims that may have one unknown; Transpose by a permutation.
mlir::Value reshape(NodeContext &node, mlir::Value value,
                    llvm::ArrayRef<int64_t> dims);
mlir::Value transpose(NodeContext &node, mlir::Value value,
                      llvm::ArrayRef<int64_t> permutation);

/// Transpose and a slice along one axis as inner parts of an operator: elements
/// stay where they are and are addressed in another order, which is no work.
mlir::Value relayout(NodeContext &node, mlir::Value value,
                     llvm::ArrayRef<int64_t> permutation);
mlir::Value sliceView(NodeContext &node, mlir::Value value, int64_t axis,
                      int64_t from, int64_t count);

/// The operator's own activation, by the name in `attribute`, if it has one.
mlir::FailureOr<mlir::Value> activate(NodeContext &node, mlir::Value value,
                                      llvm::StringRef attribute = "activation");

/// `value + bias`; a bias of one dim goes along `axis`.
mlir::Value addBias(NodeContext &node, mlir::Value value, mlir::Value bias,
                    int64_t axis);

/// Bits that an operand has by its type, or by the quantisation it comes from;
/// 0 if it is a plain float.
unsigned operandBits(mlir::Value value);
/// Writes the bits of both operands of a contraction where they have any.
void setPrecision(mlir::Operation *contraction, mlir::Value weight,
                  mlir::Value input);

/// True for operands that contractions take: ranked tensors of numbers.
bool isContractible(mlir::Value value);

/// Light cannot take the operands as they are: electronic, with a warning.
mlir::FailureOr<Results> importUnsupported(NodeContext &node,
                                           llvm::StringRef why);

/// lhs x rhs, both of a rank of two or more, with a result of `type`.
mlir::Value matmul(NodeContext &node, mlir::Value lhs, mlir::Value rhs,
                   mlir::Type type, bool transposeLhs = false,
                   bool transposeRhs = false);
/// As ONNX's MatMul, of any ranks; the element type is `type`'s.
mlir::Value matmulAnyRank(NodeContext &node, mlir::Value lhs, mlir::Value rhs,
                          mlir::RankedTensorType type);

/// An integer operand of a product: the node's inputs that are itself and its
/// zero point.
struct QuantizedInput {
  size_t value, zeroPoint;
};
/// Zero points that are not known to be 0 are subtracted electronically.
mlir::Value subtractZeroPoints(NodeContext &node, mlir::Value sum,
                               QuantizedInput lhs, QuantizedInput rhs);
/// The sum times scales, in the type of the node's output. `inputs`: the scales
/// of both operands, and the scale and the zero point of the output, which may
/// be absent. Those of the right operand go along `axis`.
mlir::Value requantize(NodeContext &node, mlir::Value sum,
                       llvm::ArrayRef<size_t> inputs, int64_t axis);

mlir::FailureOr<Results> importEinsum(NodeContext &node);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_HANDLERS_BUILD_H

//===- LinalgBuilders.h - Loops over tensors --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_CONVERSION_LINALGBUILDERS_H
#define OHAS_CONVERSION_LINALGBUILDERS_H

//
// The few forms of linalg.generic that all lowerings are made of.
//
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace ohas {

/// Computes a scalar from scalars.
using ScalarBody = llvm::function_ref<mlir::Value(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// The same type with signless integers, which is what arithmetic is on.
mlir::Type signless(mlir::Type type);
mlir::RankedTensorType signlessTensor(mlir::Type type);
/// A value as one of another type that differs in signs only.
mlir::Value recast(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                   mlir::Type type);
/// Whether integers of this type, which has its sign still, are unsigned;
/// truth values are.
bool isUnsigned(mlir::Type type);

mlir::Value scalarConstant(mlir::OpBuilder &b, mlir::Location loc,
                           mlir::Type type, double value);
mlir::Value emptyTensor(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::RankedTensorType type);
mlir::Value filledTensor(mlir::OpBuilder &b, mlir::Location loc,
                         mlir::RankedTensorType type, mlir::Value scalar);
mlir::Value filledTensor(mlir::OpBuilder &b, mlir::Location loc,
                         mlir::RankedTensorType type, double value);

/// A tensor with an element for each point of its shape: one parallel loop a
/// dim, outermost first. `maps` give the element of each input.
mlir::Value mapElements(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::RankedTensorType type, mlir::ValueRange inputs,
                        llvm::ArrayRef<mlir::AffineMap> maps, ScalarBody body);

/// As mapElements, from the element's indices alone.
mlir::Value fromIndices(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::RankedTensorType type, ScalarBody body);

/// Combines into `initial`; the body's last argument is the value so far.
/// Loops that `resultMap` does not use are reductions.
mlir::Value accumulate(mlir::OpBuilder &b, mlir::Location loc,
                       mlir::Value initial, mlir::AffineMap resultMap,
                       mlir::ValueRange inputs,
                       llvm::ArrayRef<mlir::AffineMap> maps, ScalarBody body);

/// The same elements in row-major order in another shape.
mlir::Value reshapeTo(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                      llvm::ArrayRef<int64_t> shape);
mlir::Value transposeTo(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::Value value, llvm::ArrayRef<int64_t> permutation);
/// Part of a tensor, with one step an axis; all steps are positive.
mlir::Value sliceOf(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                    llvm::ArrayRef<int64_t> offsets,
                    llvm::ArrayRef<int64_t> sizes,
                    llvm::ArrayRef<int64_t> steps = {});
mlir::Value insertInto(mlir::OpBuilder &b, mlir::Location loc,
                       mlir::Value value, mlir::Value target,
                       llvm::ArrayRef<int64_t> offsets,
                       llvm::ArrayRef<int64_t> steps = {});
/// Widened by `low` and `high` elements of `scalar`; negative amounts cut.
mlir::Value padWith(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                    llvm::ArrayRef<int64_t> low, llvm::ArrayRef<int64_t> high,
                    mlir::Value scalar);

/// What sums of products are kept in: ONNX sums those of bytes in 32 bits, and
/// narrow floats lose less in a wide one.
mlir::Type sumType(mlir::Type result);
/// Sums as the elements of the result that they are of.
mlir::Value narrowed(mlir::OpBuilder &b, mlir::Location loc, mlir::Value sums,
                     mlir::Type element);

/// From one element type to another as ONNX's Cast does it.
mlir::Value convertScalar(mlir::OpBuilder &b, mlir::Location loc,
                          mlir::Value value, bool isUnsigned, mlir::Type to,
                          bool isResultUnsigned);

} // namespace ohas

#endif // OHAS_CONVERSION_LINALGBUILDERS_H

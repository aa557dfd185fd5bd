//===- Layouts.h - Operands in canonical dims and back ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Weight `G M C R S T`, input `N G C` and three window or position axes, sums
// `N G M` and three. All values are signless, and shapes static.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_TILE_LAYOUTS_H
#define OHAS_LIB_TRANSFORMS_TILE_LAYOUTS_H

#include "mlir/IR/Builders.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

struct CanonicalOperands {
  mlir::Value weight, input;
};

CanonicalOperands toCanonical(mlir::OpBuilder &b, optical::ConvOp op,
                              const cost::Workload &workload);
CanonicalOperands toCanonical(mlir::OpBuilder &b, optical::ConvTransposeOp op,
                              const cost::Workload &workload);
CanonicalOperands toCanonical(mlir::OpBuilder &b, optical::MatmulOp op,
                              const cost::Workload &workload);

/// Sums in the shape of the contraction's result.
mlir::Value fromCanonical(mlir::OpBuilder &b, optical::ConvOp op,
                          mlir::Value sums);
mlir::Value fromCanonical(mlir::OpBuilder &b, optical::ConvTransposeOp op,
                          mlir::Value sums);
mlir::Value fromCanonical(mlir::OpBuilder &b, optical::MatmulOp op,
                          mlir::Value sums);

//===----------------------------------------------------------------------===//
// Moving elements
//===----------------------------------------------------------------------===//

/// `value` with a signless element type.
mlir::Value signlessValue(mlir::OpBuilder &b, mlir::Value value);
mlir::Value transposed(mlir::OpBuilder &b, mlir::Location loc,
                       mlir::Value value, llvm::ArrayRef<int64_t> permutation);
/// Cuts `begin` elements off each axis, then cuts the end or adds zeros to
/// reach `shape`. Negative `begin`s add zeros.
mlir::Value fitted(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                   llvm::ArrayRef<int64_t> begin,
                   llvm::ArrayRef<int64_t> shape);

} // namespace ohas

#endif // OHAS_LIB_TRANSFORMS_TILE_LAYOUTS_H

//===- Contractions.h - What each contraction becomes -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_OPTICALTOLINALG_CONTRACTIONS_H
#define OHAS_LIB_CONVERSION_OPTICALTOLINALG_CONTRACTIONS_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

mlir::Value lowerConv(mlir::OpBuilder &b, optical::ConvOp op);
mlir::Value lowerConvTranspose(mlir::OpBuilder &b, optical::ConvTransposeOp op);
mlir::Value lowerMatmul(mlir::OpBuilder &b, optical::MatmulOp op);

/// Those of a mapping that is written out.
mlir::Value lowerMac(mlir::OpBuilder &b, optical::MacOp op);
mlir::Value lowerSum(mlir::OpBuilder &b, optical::SumOp op);

/// A tensor of a product: its value, without signs, and whether it had none.
struct Factor {
  mlir::Value value;
  bool isUnsigned = false;
  mlir::AffineMap map; ///< from the loops to its elements
  mlir::Type elementType() const;
};
Factor factorOf(mlir::OpBuilder &b, mlir::Location loc, mlir::Value operand);

/// `initial` plus the sums over the dims that `resultMap` lacks of the products
/// of the factors, in its type.
mlir::Value addProducts(mlir::OpBuilder &b, mlir::Location loc,
                        mlir::Value initial, mlir::AffineMap resultMap,
                        const Factor &lhs, const Factor &rhs);

/// The sum of products over the loops that `resultMap` does not use, of type
/// `result`; narrow types are summed in a wide one.
mlir::Value sumOfProducts(mlir::OpBuilder &b, mlir::Location loc,
                          mlir::RankedTensorType result,
                          mlir::AffineMap resultMap, const Factor &lhs,
                          const Factor &rhs);

/// Windows of an input `N x G x C x spatial`, which has its padding already,
/// with a weight `G x M x C x kernel`.
mlir::Value convolve(mlir::OpBuilder &b, mlir::Location loc, Factor input,
                     Factor weight, llvm::ArrayRef<int64_t> strides,
                     llvm::ArrayRef<int64_t> dilations,
                     mlir::RankedTensorType result);

} // namespace ohas

#endif // OHAS_LIB_CONVERSION_OPTICALTOLINALG_CONTRACTIONS_H

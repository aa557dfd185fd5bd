//===- SumOfProducts.cpp - Loops of a contraction ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

Type Factor::elementType() const { return getElementTypeOrSelf(value); }

Factor ohas::factorOf(OpBuilder &b, Location loc, Value operand) {
  return {recast(b, loc, operand, signlessTensor(operand.getType())),
          isUnsigned(operand.getType()), AffineMap()};
}

Value ohas::addProducts(OpBuilder &b, Location loc, Value initial,
                        AffineMap resultMap, const Factor &lhs,
                        const Factor &rhs) {
  Type wide = getElementTypeOrSelf(initial);
  return accumulate(
      b, loc, initial, resultMap, {lhs.value, rhs.value}, {lhs.map, rhs.map},
      [&](OpBuilder &inner, Location at, ValueRange arguments) -> Value {
        Value x =
            convertScalar(inner, at, arguments[0], lhs.isUnsigned, wide, false);
        Value y =
            convertScalar(inner, at, arguments[1], rhs.isUnsigned, wide, false);
        if (isa<FloatType>(wide)) {
          Value product = arith::MulFOp::create(inner, at, x, y);
          return arith::AddFOp::create(inner, at, arguments[2], product);
        }
        Value product = arith::MulIOp::create(inner, at, x, y);
        return arith::AddIOp::create(inner, at, arguments[2], product);
      });
}

Value ohas::sumOfProducts(OpBuilder &b, Location loc, RankedTensorType result,
                          AffineMap resultMap, const Factor &lhs,
                          const Factor &rhs) {
  Type element = result.getElementType();
  Value initial = filledTensor(b, loc, result.clone(sumType(element)), 0);
  Value sum = addProducts(b, loc, initial, resultMap, lhs, rhs);
  return narrowed(b, loc, sum, element);
}

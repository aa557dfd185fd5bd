//===- SumOfProducts.cpp - Loops of a contraction ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../LinalgBuilders.h"
#include "Contractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace ohas;

Type Factor::elementType() const { return getElementTypeOrSelf(value); }

Factor ohas::factorOf(OpBuilder &b, Location loc, Value operand) {
  return {recast(b, loc, operand, signlessTensor(operand.getType())),
          isUnsigned(operand.getType()), AffineMap()};
}

/// What sums are kept in: ONNX sums products of bytes in 32 bits, and narrow
/// floats lose less in a wide one.
static Type sumType(OpBuilder &b, Type result) {
  if (isa<FloatType>(result))
    return result.getIntOrFloatBitWidth() < 32 ? Type(b.getF32Type()) : result;
  return b.getIntegerType(std::max(32u, result.getIntOrFloatBitWidth()));
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
  Type wide = sumType(b, element);
  Value initial = filledTensor(b, loc, result.clone(wide), 0);
  Value sum = addProducts(b, loc, initial, resultMap, lhs, rhs);
  if (wide == element)
    return sum;
  return mapElements(
      b, loc, result, sum, b.getMultiDimIdentityMap(result.getRank()),
      [&](OpBuilder &inner, Location at, ValueRange arguments) {
        return convertScalar(inner, at, arguments[0], false, element, false);
      });
}

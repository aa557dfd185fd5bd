//===- Scalar.h - Arithmetic on scalars -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_SCALAR_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_SCALAR_H

#include "Node.h"

namespace ohas::electronic {

using mlir::Value;

/// Arithmetic in the body of a loop, by the type of its operands. Integers
/// are signed unless it is told otherwise.
struct Scalar {
  mlir::OpBuilder &b;
  mlir::Location loc;
  bool isUnsigned = false;

  static bool isReal(Value x) {
    return llvm::isa<mlir::FloatType>(x.getType());
  }
  /// A number of the type of `like`.
  Value number(Value like, double value) const;
  Value index(int64_t value) const;

  Value add(Value x, Value y) const;
  Value sub(Value x, Value y) const;
  Value mul(Value x, Value y) const;
  /// Of integers by zero, which ONNX leaves open: 0, as NumPy has it.
  Value div(Value x, Value y) const;
  /// The sign is the dividend's, as in C; by zero as above.
  Value rem(Value x, Value y) const;
  /// NaN if an operand is NaN.
  Value min(Value x, Value y) const;
  Value max(Value x, Value y) const;
  Value neg(Value x) const;
  Value abs(Value x) const;

  Value less(Value x, Value y) const;
  Value lessEqual(Value x, Value y) const;
  Value equal(Value x, Value y) const;
  Value select(Value condition, Value x, Value y) const;
  Value logicalAnd(Value x, Value y) const;
  Value logicalOr(Value x, Value y) const;
  Value logicalNot(Value x) const;

  Value exp(Value x) const;
  Value log(Value x) const;
  Value sqrt(Value x) const;
  Value tanh(Value x) const;
  Value erf(Value x) const;
  Value pow(Value x, Value y) const;
  Value floor(Value x) const;
  Value ceil(Value x) const;
  Value roundEven(Value x) const;
  /// 1 / (1 + exp(-x)), without overflow.
  Value sigmoid(Value x) const;

  Value toFloat(Value x, mlir::Type type) const;
  Value toIndex(Value x) const;
  Value fromIndex(Value x, mlir::Type type) const;
  Value extract(Value tensor, mlir::ValueRange indices) const;

private:
  /// 1 for divisors that the host's division may not bear: 0, and -1 of the
  /// least number.
  Value safeDivisor(Value y) const;
};

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_SCALAR_H

//===- Scalar.cpp - Arithmetic on scalars -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas::electronic;

Value Scalar::number(Value like, double value) const {
  return scalarConstant(b, loc, like.getType(), value);
}

Value Scalar::index(int64_t value) const {
  return arith::ConstantIndexOp::create(b, loc, value);
}

Value Scalar::add(Value x, Value y) const {
  if (isReal(x))
    return arith::AddFOp::create(b, loc, x, y);
  return arith::AddIOp::create(b, loc, x, y);
}

Value Scalar::sub(Value x, Value y) const {
  if (isReal(x))
    return arith::SubFOp::create(b, loc, x, y);
  return arith::SubIOp::create(b, loc, x, y);
}

Value Scalar::mul(Value x, Value y) const {
  if (isReal(x))
    return arith::MulFOp::create(b, loc, x, y);
  return arith::MulIOp::create(b, loc, x, y);
}

Value Scalar::safeDivisor(Value y) const {
  Value traps = equal(y, number(y, 0));
  if (!isUnsigned)
    traps = logicalOr(traps, equal(y, number(y, -1)));
  return select(traps, number(y, 1), y);
}

Value Scalar::div(Value x, Value y) const {
  if (isReal(x))
    return arith::DivFOp::create(b, loc, x, y);
  Value isZero = equal(y, number(y, 0));
  if (isUnsigned)
    return select(isZero, number(x, 0),
                  arith::DivUIOp::create(b, loc, x, safeDivisor(y)));
  Value quotient = arith::DivSIOp::create(b, loc, x, safeDivisor(y));
  quotient = select(equal(y, number(y, -1)), neg(x), quotient);
  return select(isZero, number(x, 0), quotient);
}

Value Scalar::rem(Value x, Value y) const {
  if (isReal(x))
    return arith::RemFOp::create(b, loc, x, y);
  // Nothing is left of a division by 1.
  if (isUnsigned)
    return arith::RemUIOp::create(b, loc, x, safeDivisor(y));
  return arith::RemSIOp::create(b, loc, x, safeDivisor(y));
}

Value Scalar::min(Value x, Value y) const {
  if (isReal(x))
    return arith::MinimumFOp::create(b, loc, x, y);
  if (isUnsigned)
    return arith::MinUIOp::create(b, loc, x, y);
  return arith::MinSIOp::create(b, loc, x, y);
}

Value Scalar::max(Value x, Value y) const {
  if (isReal(x))
    return arith::MaximumFOp::create(b, loc, x, y);
  if (isUnsigned)
    return arith::MaxUIOp::create(b, loc, x, y);
  return arith::MaxSIOp::create(b, loc, x, y);
}

Value Scalar::neg(Value x) const {
  if (isReal(x))
    return arith::NegFOp::create(b, loc, x);
  return sub(number(x, 0), x);
}

Value Scalar::abs(Value x) const {
  if (isReal(x))
    return math::AbsFOp::create(b, loc, x);
  return isUnsigned ? x : Value(math::AbsIOp::create(b, loc, x));
}

Value Scalar::less(Value x, Value y) const {
  if (isReal(x))
    return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLT, x, y);
  return arith::CmpIOp::create(
      b, loc,
      isUnsigned ? arith::CmpIPredicate::ult : arith::CmpIPredicate::slt, x, y);
}

Value Scalar::lessEqual(Value x, Value y) const {
  if (isReal(x))
    return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLE, x, y);
  return arith::CmpIOp::create(
      b, loc,
      isUnsigned ? arith::CmpIPredicate::ule : arith::CmpIPredicate::sle, x, y);
}

Value Scalar::equal(Value x, Value y) const {
  if (isReal(x))
    return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ, x, y);
  return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, x, y);
}

Value Scalar::select(Value condition, Value x, Value y) const {
  return arith::SelectOp::create(b, loc, condition, x, y);
}

Value Scalar::logicalAnd(Value x, Value y) const {
  return arith::AndIOp::create(b, loc, x, y);
}

Value Scalar::logicalOr(Value x, Value y) const {
  return arith::OrIOp::create(b, loc, x, y);
}

Value Scalar::logicalNot(Value x) const {
  return arith::XOrIOp::create(b, loc, x, number(x, 1));
}

Value Scalar::exp(Value x) const { return math::ExpOp::create(b, loc, x); }
Value Scalar::log(Value x) const { return math::LogOp::create(b, loc, x); }
Value Scalar::sqrt(Value x) const { return math::SqrtOp::create(b, loc, x); }
Value Scalar::tanh(Value x) const { return math::TanhOp::create(b, loc, x); }
Value Scalar::erf(Value x) const { return math::ErfOp::create(b, loc, x); }
Value Scalar::floor(Value x) const { return math::FloorOp::create(b, loc, x); }
Value Scalar::ceil(Value x) const { return math::CeilOp::create(b, loc, x); }

Value Scalar::pow(Value x, Value y) const {
  return math::PowFOp::create(b, loc, x, y);
}

Value Scalar::roundEven(Value x) const {
  return math::RoundEvenOp::create(b, loc, x);
}

Value Scalar::sigmoid(Value x) const {
  // exp(-|x|) never overflows.
  Value one = number(x, 1);
  Value small = exp(neg(abs(x)));
  Value denominator = add(one, small);
  return select(less(x, number(x, 0)), div(small, denominator),
                div(one, denominator));
}

Value Scalar::toFloat(Value x, Type type) const {
  return convertScalar(b, loc, x, isUnsigned, type, false);
}

Value Scalar::toIndex(Value x) const {
  if (isUnsigned)
    return arith::IndexCastUIOp::create(b, loc, b.getIndexType(), x);
  return arith::IndexCastOp::create(b, loc, b.getIndexType(), x);
}

Value Scalar::fromIndex(Value x, Type type) const {
  if (isa<FloatType>(type)) {
    Value integer = arith::IndexCastOp::create(b, loc, b.getI64Type(), x);
    return arith::SIToFPOp::create(b, loc, type, integer);
  }
  return arith::IndexCastOp::create(b, loc, type, x);
}

Value Scalar::extract(Value tensor, ValueRange indices) const {
  return tensor::ExtractOp::create(b, loc, tensor, indices);
}

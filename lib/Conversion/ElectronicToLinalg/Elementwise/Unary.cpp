//===- Unary.cpp - Functions of one number ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// A function that an operation of the math dialect is.
template <typename Op> static Lowered function(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) -> Value {
    return Op::create(s.b, s.loc, x[0]);
  });
}

template <Value (Scalar::*method)(Value) const>
static Lowered apply(Node &node) {
  return elementwise(
      node, [](const Scalar &s, ValueRange x) { return (s.*method)(x[0]); });
}

static Lowered reciprocal(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    return s.div(s.number(x[0], 1), x[0]);
  });
}

static Lowered sign(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    Value zero = s.number(x[0], 0);
    Value one = s.number(x[0], 1);
    Value negative =
        s.isUnsigned ? zero : s.select(s.less(x[0], zero), s.neg(one), zero);
    return s.select(s.less(zero, x[0]), one, negative);
  });
}

static Lowered bitwiseNot(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) -> Value {
    return arith::XOrIOp::create(s.b, s.loc, x[0], s.number(x[0], -1));
  });
}

static Lowered binarizer(Node &node) {
  double threshold = node.getFloat("threshold");
  return elementwise(node, [&](const Scalar &s, ValueRange x) {
    return s.select(s.less(s.number(x[0], threshold), x[0]), s.number(x[0], 1),
                    s.number(x[0], 0));
  });
}

static Lowered isNaN(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) -> Value {
    return arith::CmpFOp::create(s.b, s.loc, arith::CmpFPredicate::UNO, x[0],
                                 x[0]);
  });
}

static Lowered isInf(Node &node) {
  bool takesPositive = node.getInt("detect_positive", 1) != 0;
  bool takesNegative = node.getInt("detect_negative", 1) != 0;
  return elementwise(node, [&](const Scalar &s, ValueRange x) -> Value {
    double infinity = std::numeric_limits<double>::infinity();
    Value result = arith::ConstantIntOp::create(s.b, s.loc, 0, 1);
    if (takesPositive)
      result = s.equal(x[0], s.number(x[0], infinity));
    if (takesNegative)
      result = s.logicalOr(result, s.equal(x[0], s.number(x[0], -infinity)));
    return result;
  });
}

static Lowered cast(Node &node) {
  bool from = node.isInputUnsigned(0), to = node.isResultUnsigned();
  return SmallVector<Value>{convertTensor(
      node, node.input(0), from, node.resultType().getElementType(), to)};
}

static Lowered bitCast(Node &node) {
  auto type = node.resultType();
  if (type.getShape() != node.shape(0) ||
      type.getElementTypeBitWidth() != node.type(0).getElementTypeBitWidth())
    return node.fail(misfit);
  return SmallVector<Value>{mapTensor(
      node, type, node.input(0), [&](const Scalar &s, ValueRange x) -> Value {
        if (x[0].getType() == type.getElementType())
          return x[0];
        return arith::BitcastOp::create(s.b, s.loc, type.getElementType(),
                                        x[0]);
      })};
}

static const Row rows[] = {
    {"Abs", apply<&Scalar::abs>},
    {"Neg", apply<&Scalar::neg>},
    {"Exp", apply<&Scalar::exp>},
    {"Log", apply<&Scalar::log>},
    {"Sqrt", apply<&Scalar::sqrt>},
    {"Erf", apply<&Scalar::erf>},
    {"Floor", apply<&Scalar::floor>},
    {"Ceil", apply<&Scalar::ceil>},
    {"Round", apply<&Scalar::roundEven>},
    {"Not", apply<&Scalar::logicalNot>},
    {"Reciprocal", reciprocal},
    {"Sign", sign},
    {"BitwiseNot", bitwiseNot},
    {"IsNaN", isNaN},
    {"IsInf", isInf},
    {"Sin", function<math::SinOp>},
    {"Cos", function<math::CosOp>},
    {"Tan", function<math::TanOp>},
    {"Asin", function<math::AsinOp>},
    {"Acos", function<math::AcosOp>},
    {"Atan", function<math::AtanOp>},
    {"Sinh", function<math::SinhOp>},
    {"Cosh", function<math::CoshOp>},
    {"Asinh", function<math::AsinhOp>},
    {"Acosh", function<math::AcoshOp>},
    {"Atanh", function<math::AtanhOp>},
    {"Cast", cast},
    {"CastLike", cast},
    {"BitCast", bitCast},
    {"ai.onnx.ml.Binarizer", binarizer},
};
llvm::ArrayRef<Row> ohas::electronic::unaryRows() { return rows; }

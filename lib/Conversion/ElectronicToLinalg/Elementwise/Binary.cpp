//===- Binary.cpp - Functions of several numbers ----------------*- C++ -*-===//
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

/// A method of Scalar, folded over all operands.
template <Value (Scalar::*method)(Value, Value) const>
static Lowered fold(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    Value result = x[0];
    for (Value operand : x.drop_front())
      result = (s.*method)(result, operand);
    return result;
  });
}

template <typename Op> static Lowered integerOp(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) -> Value {
    return Op::create(s.b, s.loc, x[0], x[1]);
  });
}

static Lowered mean(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    Value result = x[0];
    for (Value operand : x.drop_front())
      result = s.add(result, operand);
    return s.div(result, s.number(x[0], x.size()));
  });
}

static Lowered mod(Node &node) {
  bool isFmod = node.getInt("fmod") != 0;
  return elementwise(node, [&](const Scalar &s, ValueRange x) {
    Value rest = s.rem(x[0], x[1]);
    if (isFmod || s.isUnsigned)
      return rest;
    // As in Python: the sign is the divisor's.
    Value zero = s.number(rest, 0);
    Value differs = arith::XOrIOp::create(s.b, s.loc, s.less(rest, zero),
                                          s.less(x[1], zero));
    Value isOff = s.logicalAnd(differs, s.logicalNot(s.equal(rest, zero)));
    return s.select(isOff, s.add(rest, x[1]), rest);
  });
}

static Lowered pow(Node &node) {
  bool isExponentUnsigned = node.isInputUnsigned(1);
  return elementwise(node, [&](const Scalar &s, ValueRange x) -> Value {
    Type base = x[0].getType();
    Type wide = isa<FloatType>(base) ? base : Type(s.b.getF64Type());
    Value exponent =
        convertScalar(s.b, s.loc, x[1], isExponentUnsigned, wide, false);
    Value value = convertScalar(s.b, s.loc, x[0], s.isUnsigned, wide, false);
    return convertScalar(s.b, s.loc, s.pow(value, exponent), false, base,
                         s.isUnsigned);
  });
}

static Lowered bitShift(Node &node) {
  bool isLeft = node.getString("direction") == "LEFT";
  return elementwise(node, [&](const Scalar &s, ValueRange x) -> Value {
    unsigned width = x[0].getType().getIntOrFloatBitWidth();
    Value shifted = isLeft
                        ? Value(arith::ShLIOp::create(s.b, s.loc, x[0], x[1]))
                        : Value(arith::ShRUIOp::create(s.b, s.loc, x[0], x[1]));
    // Past the width all bits are gone.
    Value fits = arith::CmpIOp::create(s.b, s.loc, arith::CmpIPredicate::ult,
                                       x[1], s.number(x[1], width));
    return s.select(fits, shifted, s.number(x[0], 0));
  });
}

static Lowered dropout(Node &node) {
  if (node.numInputs() > 2) {
    auto training = node.constantInts(2);
    if (!training || (*training)[0])
      return node.fail("training");
  }
  SmallVector<Value> results = {node.input(0)};
  if (node.numResults() > 1 && !node.op->getResult(1).use_empty())
    results.push_back(filledTensor(node.b, node.loc, node.resultType(1), 1));
  return results;
}

static Lowered swiglu(Node &node) {
  double alpha = node.getFloat("alpha", 1);
  if (node.numInputs() != 2)
    return node.fail("one input");
  return elementwise(node, [&](const Scalar &s, ValueRange x) {
    Value gate = s.sigmoid(s.mul(x[0], s.number(x[0], alpha)));
    return s.mul(s.mul(x[0], gate), x[1]);
  });
}

static const Row rows[] = {
    {"Add", fold<&Scalar::add>},
    {"Sub", fold<&Scalar::sub>},
    {"Mul", fold<&Scalar::mul>},
    {"Div", fold<&Scalar::div>},
    {"Min", fold<&Scalar::min>},
    {"Max", fold<&Scalar::max>},
    {"Sum", fold<&Scalar::add>},
    {"BiasAdd", fold<&Scalar::add>},
    {"Mean", mean},
    {"Mod", mod},
    {"Pow", pow},
    {"And", integerOp<arith::AndIOp>},
    {"Or", integerOp<arith::OrIOp>},
    {"Xor", integerOp<arith::XOrIOp>},
    {"BitwiseAnd", integerOp<arith::AndIOp>},
    {"BitwiseOr", integerOp<arith::OrIOp>},
    {"BitwiseXor", integerOp<arith::XOrIOp>},
    {"BitShift", bitShift},
    {"Dropout", dropout},
    {"SwiGLU", swiglu},
};
llvm::ArrayRef<Row> ohas::electronic::binaryRows() { return rows; }

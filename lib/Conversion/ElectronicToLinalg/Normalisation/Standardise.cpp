//===- Standardise.cpp - Zero mean, unit variance ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Standardise.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

Value ohas::electronic::wideInput(Node &node, unsigned i) {
  if (!node.has(i))
    return nullptr;
  return convertTensor(node, node.input(i), node.isInputUnsigned(i),
                       computeType(node.element(i)));
}

Value ohas::electronic::narrow(Node &node, Value value, unsigned i) {
  return convertTensor(node, value, false, node.resultType(i).getElementType());
}

Value ohas::electronic::alongAxis(Node &node, Value vector, int64_t axis,
                                  int64_t rank) {
  SmallVector<int64_t> dims(rank - axis, 1);
  dims[0] = typeOf(vector).getNumElements();
  return reshapeTo(node.b, node.loc, vector, dims);
}

Standardised ohas::electronic::standardise(Node &node, Value value,
                                           ArrayRef<int64_t> axes,
                                           double epsilon, bool isCentred) {
  Standardised result;
  if (isCentred) {
    result.mean = meanOver(node, value, axes);
    value = mapTensor(
        node, typeOf(value), {value, result.mean},
        [](const Scalar &s, ValueRange x) { return s.sub(x[0], x[1]); });
  }
  Value square =
      mapTensor(node, typeOf(value), value, [](const Scalar &s, ValueRange x) {
        return s.mul(x[0], x[0]);
      });
  Value variance = meanOver(node, square, axes);
  result.inverse = mapTensor(
      node, typeOf(variance), variance, [&](const Scalar &s, ValueRange x) {
        Value root = s.sqrt(s.add(x[0], s.number(x[0], epsilon)));
        return s.div(s.number(x[0], 1), root);
      });
  result.value = mapTensor(
      node, typeOf(value), {value, result.inverse},
      [](const Scalar &s, ValueRange x) { return s.mul(x[0], x[1]); });
  return result;
}

Value ohas::electronic::scaleAndShift(Node &node, Value value, Value scale,
                                      Value bias) {
  SmallVector<Value> operands = {value};
  if (scale)
    operands.push_back(scale);
  if (bias)
    operands.push_back(bias);
  if (operands.size() == 1)
    return value;
  // Of mixed types the value's counts.
  Type element = typeOf(value).getElementType();
  return mapTensor(
      node, typeOf(value), operands, [&](const Scalar &s, ValueRange x) {
        auto wide = [&](Value y) {
          return convertScalar(s.b, s.loc, y, false, element, false);
        };
        Value y = scale ? s.mul(x[0], wide(x[1])) : x[0];
        return bias ? s.add(y, wide(x.back())) : y;
      });
}

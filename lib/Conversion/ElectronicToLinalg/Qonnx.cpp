//===- Qonnx.cpp - Quantisers of arbitrary precision ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Reduce.h"
#include "Table.h"
#include <cmath>

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Value rounded(const Scalar &s, Value x, StringRef mode) {
  if (mode == "CEIL")
    return s.ceil(x);
  if (mode == "FLOOR")
    return s.floor(x);
  return s.roundEven(x);
}

/// QONNX's and Brevitas': to the nearest of the numbers that so many bits have.
/// Inputs: x, a scale, a zero point and the bits.
static Lowered quant(Node &node) {
  if (node.numInputs() != 4)
    return node.fail(misfit);
  auto bits = node.constantFloats(3);
  StringRef mode = node.getString("rounding_mode", "ROUND");
  if (!bits || bits->size() != 1)
    return node.fail("bits that are not one constant");
  if (mode != "ROUND" && mode != "CEIL" && mode != "FLOOR")
    return node.fail("rounding as '" + mode.str() + "'");
  bool isSigned = node.getInt("signed", 1) != 0;
  bool isNarrow = node.getInt("narrow", 0) != 0;
  double half = std::exp2(bits->front() - 1);
  double low = isSigned ? -half + isNarrow : 0;
  double high = isSigned ? half - 1 : 2 * half - 1 - isNarrow;
  auto result = node.resultType();
  SmallVector<Value> inputs = {node.input(0), node.input(1), node.input(2)};
  if (!isa<FloatType>(result.getElementType()) || !broadcastTo(result, inputs))
    return node.fail(misfit);
  return SmallVector<Value>{
      mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
        Type wide = computeType(result.getElementType());
        auto real = [&](unsigned i) {
          return convertScalar(s.b, s.loc, x[i], node.isInputUnsigned(i), wide,
                               false);
        };
        Value scale = real(1), zero = real(2);
        Value steps = s.add(s.div(real(0), scale), zero);
        Value clamped =
            s.min(s.max(steps, s.number(steps, low)), s.number(steps, high));
        Value value = s.mul(s.sub(rounded(s, clamped, mode), zero), scale);
        return convertScalar(s.b, s.loc, value, false, result.getElementType(),
                             false);
      })};
}

/// One bit: the scale or its negative.
static Lowered bipolarQuant(Node &node) {
  if (node.numInputs() != 2 || !isa<FloatType>(node.element(0)) ||
      node.element(1) != node.element(0) ||
      !broadcastTo(node.resultType(), {node.input(0), node.input(1)}))
    return node.fail(misfit);
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    return s.select(s.less(x[0], s.number(x[0], 0)), s.neg(x[1]), x[1]);
  });
}

/// FINN's: how many thresholds of its channel an element reaches.
static Lowered multiThreshold(Node &node) {
  OpBuilder &b = node.b;
  auto type = node.resultType();
  if (node.numInputs() != 2 || node.rank(1) != 2 || node.rank(0) == 0 ||
      node.shape(0) != type.getShape() || !isa<FloatType>(node.element(0)) ||
      node.element(1) != node.element(0))
    return node.fail("thresholds of another form");
  bool isLast = node.getString("data_layout", "NCHW").ends_with("C");
  int64_t rank = type.getRank();
  int64_t axis = isLast || rank < 2 ? rank - 1 : 1;
  AffineExpr channel = node.shape(1)[0] == 1 ? b.getAffineConstantExpr(0)
                                             : b.getAffineDimExpr(axis);
  if (node.shape(1)[0] != 1 && node.shape(1)[0] != node.shape(0)[axis])
    return node.fail("thresholds of other channels");
  auto element = AffineMap::get(
      rank + 1, 0, b.getMultiDimIdentityMap(rank).getResults(), b.getContext());
  auto threshold = AffineMap::get(
      rank + 1, 0, {channel, b.getAffineDimExpr(rank)}, b.getContext());
  Type wide = computeType(node.element(0));
  Value count =
      accumulate(b, node.loc, filledTensor(b, node.loc, type.clone(wide), 0.0),
                 element, {node.input(0), node.input(1)}, {element, threshold},
                 [&](OpBuilder &inner, Location loc, ValueRange x) {
                   Scalar s{inner, loc};
                   Value isReached = s.lessEqual(x[1], x[0]);
                   return s.add(x[2], s.select(isReached, s.number(x[2], 1),
                                               s.number(x[2], 0)));
                 });
  double scale = node.getFloat("out_scale", 1),
         bias = node.getFloat("out_bias");
  return SmallVector<Value>{
      mapTensor(node, type, count, [&](const Scalar &s, ValueRange x) {
        Value value =
            s.add(s.mul(x[0], s.number(x[0], scale)), s.number(x[0], bias));
        return convertScalar(s.b, s.loc, value, false, type.getElementType(),
                             false);
      })};
}

// Each project has a domain of its own for the same operators.
static const Row rows[] = {
    {"brevitas.Quant", quant},
    {"brevitas.BipolarQuant", bipolarQuant},
    {"finn.custom_op.general.Quant", quant},
    {"finn.custom_op.general.BipolarQuant", bipolarQuant},
    {"finn.custom_op.general.MultiThreshold", multiThreshold},
    {"qonnx.custom_op.general.Quant", quant},
    {"qonnx.custom_op.general.IntQuant", quant},
    {"qonnx.custom_op.general.BipolarQuant", bipolarQuant},
    {"qonnx.custom_op.general.MultiThreshold", multiThreshold},
};
llvm::ArrayRef<Row> ohas::electronic::qonnxRows() { return rows; }

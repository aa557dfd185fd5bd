//===- ChannelNorms.cpp - Over images, or channels --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Table.h"
#include "Standardise.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Lowered batchNorm(Node &node) {
  if (node.getInt("training_mode") != 0 || node.numResults() > 1)
    return node.fail("training");
  double epsilon = node.getFloat("epsilon", 1e-5);
  int64_t rank = node.rank(0);
  Value x = wideInput(node, 0), scale = wideInput(node, 1),
        bias = wideInput(node, 2), mean = wideInput(node, 3),
        variance = wideInput(node, 4);
  Type element = getElementTypeOrSelf(x);
  auto wide = [&](const Scalar &s, Value y) {
    return convertScalar(s.b, s.loc, y, false, element, false);
  };
  // Two numbers a channel first: then it is a product and a sum an element.
  auto type = RankedTensorType::get(node.shape(1), element);
  Value factor = mapTensor(
      node, type, {scale, variance}, [&](const Scalar &s, ValueRange y) {
        Value shifted =
            s.add(wide(s, y[1]), scalarConstant(s.b, s.loc, element, epsilon));
        return s.div(wide(s, y[0]), s.sqrt(shifted));
      });
  Value shift = mapTensor(
      node, type, {bias, mean, factor}, [&](const Scalar &s, ValueRange y) {
        return s.sub(wide(s, y[0]), s.mul(wide(s, y[1]), y[2]));
      });
  int64_t channel = std::min<int64_t>(1, rank - 1);
  Value result = scaleAndShift(node, x, alongAxis(node, factor, channel, rank),
                               alongAxis(node, shift, channel, rank));
  return SmallVector<Value>{narrow(node, result)};
}

static Lowered instanceNorm(Node &node) {
  int64_t rank = node.rank(0);
  Standardised parts = standardise(node, wideInput(node, 0), axesFrom(2, rank),
                                   node.getFloat("epsilon", 1e-5));
  Value result = scaleAndShift(node, parts.value,
                               alongAxis(node, wideInput(node, 1), 1, rank),
                               alongAxis(node, wideInput(node, 2), 1, rank));
  return SmallVector<Value>{narrow(node, result)};
}

static Lowered groupNorm(Node &node) {
  ArrayRef<int64_t> dims = node.shape(0);
  int64_t groups = node.getInt("num_groups", 1), rank = node.rank(0);
  int64_t inner = node.type(0).getNumElements() / (dims[0] * groups);
  Value x =
      reshapeTo(node.b, node.loc, wideInput(node, 0), {dims[0], groups, inner});
  Standardised parts = standardise(node, x, 2, node.getFloat("epsilon", 1e-5));
  // Before opset 21 a scale is a group's, not a channel's.
  bool isPerGroup = node.shape(1)[0] == groups && groups != dims[1];
  if (isPerGroup) {
    Value result = scaleAndShift(node, parts.value,
                                 alongAxis(node, wideInput(node, 1), 1, 3),
                                 alongAxis(node, wideInput(node, 2), 1, 3));
    return SmallVector<Value>{
        narrow(node, reshapeTo(node.b, node.loc, result, dims))};
  }
  Value value = reshapeTo(node.b, node.loc, parts.value, dims);
  Value result =
      scaleAndShift(node, value, alongAxis(node, wideInput(node, 1), 1, rank),
                    alongAxis(node, wideInput(node, 2), 1, rank));
  return SmallVector<Value>{narrow(node, result)};
}

static Lowered meanVarianceNorm(Node &node) {
  auto axes = node.getInts("axes").value_or(SmallVector<int64_t>{0, 2, 3});
  for (int64_t &axis : axes)
    axis = Node::wrapAxis(axis, node.rank(0));
  Standardised parts = standardise(node, wideInput(node, 0), axes, 1e-9);
  return SmallVector<Value>{narrow(node, parts.value)};
}

static Lowered lpNorm(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis", -1), node.rank(0));
  bool isL1 = node.getInt("p", 2) == 1;
  Value x = wideInput(node, 0);
  Value total =
      reduceAxes(node, x, axis, 0, [&](const Scalar &s, Value sofar, Value y) {
        return s.add(sofar, isL1 ? s.abs(y) : s.mul(y, y));
      });
  Value result =
      mapTensor(node, cast<RankedTensorType>(x.getType()), {x, total},
                [&](const Scalar &s, ValueRange y) {
                  Value norm = isL1 ? y[1] : s.sqrt(y[1]);
                  Value zero = s.number(norm, 0);
                  return s.select(s.equal(norm, zero), zero, s.div(y[0], norm));
                });
  return SmallVector<Value>{narrow(node, result)};
}

/// Each element over a power of the sum of squares of channels around its.
static Lowered lrn(Node &node) {
  OpBuilder &b = node.b;
  int64_t size = node.getInt("size", 1), rank = node.rank(0);
  double alpha = node.getFloat("alpha", 1e-4),
         beta = node.getFloat("beta", .75), bias = node.getFloat("bias", 1);
  Value x = wideInput(node, 0);
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<int64_t> low(rank, 0), high(rank, 0);
  low[1] = (size - 1) / 2;
  high[1] = size - 1 - low[1];
  Value padded = padWith(b, node.loc, x, low, high,
                         scalarConstant(b, node.loc, type.getElementType(), 0));
  // Loops over x's dims, with one over the window after the channels'.
  SmallVector<AffineExpr> result = {b.getAffineDimExpr(0),
                                    b.getAffineDimExpr(1)};
  for (int64_t axis = 2; axis < rank; ++axis)
    result.push_back(b.getAffineDimExpr(axis + 1));
  SmallVector<AffineExpr> source(result);
  source[1] = b.getAffineDimExpr(1) + b.getAffineDimExpr(2);
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(rank + 1, 0, exprs, b.getContext());
  };
  Value extent =
      emptyTensor(b, node.loc, RankedTensorType::get(size, b.getF32Type()));
  Value squares =
      accumulate(b, node.loc, filledTensor(b, node.loc, type, 0.0), map(result),
                 {padded, extent}, {map(source), map(b.getAffineDimExpr(2))},
                 [](OpBuilder &inner, Location loc, ValueRange y) {
                   Scalar s{inner, loc};
                   return s.add(y[2], s.mul(y[0], y[0]));
                 });
  Value value =
      mapTensor(node, type, {x, squares}, [&](const Scalar &s, ValueRange y) {
        Value inner = s.add(s.mul(y[1], s.number(y[1], alpha / size)),
                            s.number(y[1], bias));
        return s.div(y[0], s.pow(inner, s.number(y[1], beta)));
      });
  return SmallVector<Value>{narrow(node, value)};
}

static const Row rows[] = {
    {"BatchNormalization", batchNorm},
    {"InstanceNormalization", instanceNorm},
    {"GroupNormalization", groupNorm},
    {"MeanVarianceNormalization", meanVarianceNorm},
    {"LpNormalization", lpNorm},
    {"LRN", lrn},
};
llvm::ArrayRef<Row> ohas::electronic::channelNormalisationRows() {
  return rows;
}

//===- Softmax.cpp - Softmax and its relatives ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Reduce.h"
#include "../Table.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// The axes that sum to 1: one, or all from one on before opset 13.
static SmallVector<int64_t> axesOf(Node &node) {
  bool isOld = node.opset() < 13;
  int64_t axis =
      Node::wrapAxis(node.getInt("axis", isOld ? 1 : -1), node.rank(0));
  if (isOld)
    return axesFrom(std::min(axis, node.rank(0)), node.rank(0));
  return {axis};
}

enum class Kind { Plain, Log, Masked };

template <Kind kind> static Lowered softmax(Node &node) {
  constexpr bool isLog = kind == Kind::Log;
  SmallVector<int64_t> axes = kind == Kind::Masked
                                  ? SmallVector<int64_t>{node.rank(0) - 1}
                                  : axesOf(node);
  Value x =
      convertTensor(node, node.input(0), false, computeType(node.element(0)));
  auto type = cast<RankedTensorType>(x.getType());
  Value most = maxOver(node, x, axes);
  // A row of nothing but minus infinities becomes zeros.
  if (kind == Kind::Masked)
    most = mapTensor(
        node, cast<RankedTensorType>(most.getType()), most,
        [&](const Scalar &s, ValueRange x) {
          Value least = s.number(x[0], lowest(x[0].getType(), false));
          return s.select(s.equal(x[0], least), s.number(x[0], 0), x[0]);
        });
  Value shifted =
      mapTensor(node, type, {x, most}, [](const Scalar &s, ValueRange x) {
        return s.sub(x[0], x[1]);
      });
  Value powers =
      mapTensor(node, type, shifted,
                [](const Scalar &s, ValueRange x) { return s.exp(x[0]); });
  Value total = sumOver(node, powers, axes);
  Value result =
      mapTensor(node, type, {isLog ? shifted : powers, total},
                [](const Scalar &s, ValueRange x) {
                  if (isLog)
                    return s.sub(x[0], s.log(x[1]));
                  if (kind == Kind::Plain)
                    return s.div(x[0], x[1]);
                  Value zero = s.number(x[1], 0);
                  return s.select(s.equal(x[1], zero), zero, s.div(x[0], x[1]));
                });
  return SmallVector<Value>{
      convertTensor(node, result, false, node.resultType().getElementType())};
}

/// 1 at the first of the greatest elements, 0 elsewhere.
static Lowered hardmax(Node &node) {
  SmallVector<int64_t> axes = axesOf(node);
  Value x = node.input(0);
  auto type = node.type(0);
  Value most = maxOver(node, x, axes);
  // Its place among the axes, counted row by row.
  auto placeOf = [&](OpBuilder &b, Location loc) {
    Scalar s{b, loc};
    Value place = s.index(0);
    for (int64_t axis : axes)
      place = s.add(s.mul(place, s.index(type.getDimSize(axis))),
                    linalg::IndexOp::create(b, loc, axis));
    return s.fromIndex(place, b.getI64Type());
  };
  Value places = mapTensor(node, type.clone(node.b.getI64Type()), {x, most},
                           [&](const Scalar &s, ValueRange x) {
                             Value place = placeOf(s.b, s.loc);
                             return s.select(s.equal(x[0], x[1]), place,
                                             s.number(place, 9e15));
                           });
  Value first = minOver(node, places, axes);
  return SmallVector<Value>{
      mapTensor(node, type, {x, first}, [&](const Scalar &s, ValueRange x) {
        Value isFirst = s.equal(placeOf(s.b, s.loc), x[1]);
        return s.select(isFirst, s.number(x[0], 1), s.number(x[0], 0));
      })};
}

static const Row rows[] = {
    {"Softmax", softmax<Kind::Plain>},
    {"LogSoftmax", softmax<Kind::Log>},
    {"ohas.MaskedSoftmax", softmax<Kind::Masked>},
    {"Hardmax", hardmax},
};
llvm::ArrayRef<Row> ohas::electronic::softmaxRows() { return rows; }

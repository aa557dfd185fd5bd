//===- Reductions.cpp - Reductions of ONNX ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Reduce.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

namespace {
/// What a Reduce* operator works on: a wide value, and the axes.
struct Operand {
  Value value;
  SmallVector<int64_t> axes;
  bool isUnsigned;
};
} // namespace

static std::optional<Operand> operandOf(Node &node) {
  auto axes = node.intsOf("axes", 1);
  if (node.has(1) && !axes) {
    if (node.getInt("keepdims", 1) == 0) {
      (void)node.fail("axes that are not constant");
      return std::nullopt;
    }
    // Which dims became 1 tells them; that of a size of 1 changes nothing.
    axes.emplace();
    for (int64_t axis = 0; axis < node.rank(0); ++axis)
      if (node.resultType().getDimSize(axis) == 1)
        axes->push_back(axis);
    if (axes->empty())
      return Operand{node.input(0), {}, node.isInputUnsigned(0)};
  }
  Operand operand;
  operand.isUnsigned = node.isInputUnsigned(0);
  if (axes)
    for (int64_t axis : *axes)
      operand.axes.push_back(Node::wrapAxis(axis, node.rank(0)));
  if (operand.axes.empty() && !node.getInt("noop_with_empty_axes"))
    operand.axes = axesFrom(0, node.rank(0));
  operand.value = convertTensor(node, node.input(0), operand.isUnsigned,
                                computeType(node.element(0)));
  return operand;
}

/// In the shape and type of the result.
static Lowered finish(Node &node, Value value, bool isUnsigned) {
  value = reshapeTo(node.b, node.loc, value, node.resultType().getShape());
  return SmallVector<Value>{convertTensor(
      node, value, isUnsigned, node.resultType().getElementType(), isUnsigned)};
}

using Unary = Value (*)(const Scalar &, Value);
static Value same(const Scalar &, Value x) { return x; }
static Value square(const Scalar &s, Value x) { return s.mul(x, x); }
static Value absolute(const Scalar &s, Value x) { return s.abs(x); }
static Value logarithm(const Scalar &s, Value x) { return s.log(x); }
static Value root(const Scalar &s, Value x) {
  if (Scalar::isReal(x))
    return s.sqrt(x);
  Value real = convertScalar(s.b, s.loc, x, false, s.b.getF64Type(), false);
  return convertScalar(s.b, s.loc, s.sqrt(real), false, x.getType(), false);
}

/// The sum of `before` each element, then `after` of the sum.
template <Unary before, Unary after> static Lowered sum(Node &node) {
  auto operand = operandOf(node);
  if (!operand)
    return failure();
  Value total = reduceAxes(
      node, operand->value, operand->axes, 0,
      [](const Scalar &s, Value sofar, Value x) {
        return s.add(sofar, before(s, x));
      },
      operand->isUnsigned);
  Value result =
      mapTensor(node, cast<RankedTensorType>(total.getType()), total,
                [](const Scalar &s, ValueRange x) { return after(s, x[0]); });
  return finish(node, result, operand->isUnsigned);
}

static Lowered mean(Node &node) {
  auto operand = operandOf(node);
  if (!operand)
    return failure();
  return finish(node, meanOver(node, operand->value, operand->axes),
                operand->isUnsigned);
}

static Lowered prod(Node &node) {
  auto operand = operandOf(node);
  if (!operand)
    return failure();
  Value result = reduceAxes(
      node, operand->value, operand->axes, 1,
      [](const Scalar &s, Value sofar, Value x) { return s.mul(sofar, x); });
  return finish(node, result, operand->isUnsigned);
}

template <decltype(maxOver) *over> static Lowered extreme(Node &node) {
  auto operand = operandOf(node);
  if (!operand)
    return failure();
  return finish(node,
                over(node, operand->value, operand->axes, operand->isUnsigned),
                operand->isUnsigned);
}

static Lowered logSumExp(Node &node) {
  auto operand = operandOf(node);
  if (!operand)
    return failure();
  Value most = maxOver(node, operand->value, operand->axes);
  auto type = cast<RankedTensorType>(most.getType());
  double infinity = std::numeric_limits<double>::infinity();
  Value shift = mapTensor(node, type, most, [&](const Scalar &s, ValueRange x) {
    Value isFinite = s.less(s.abs(x[0]), s.number(x[0], infinity));
    return s.select(isFinite, x[0], s.number(x[0], 0));
  });
  Value shifted =
      mapTensor(node, cast<RankedTensorType>(operand->value.getType()),
                {operand->value, shift}, [](const Scalar &s, ValueRange x) {
                  return s.exp(s.sub(x[0], x[1]));
                });
  Value total = sumOver(node, shifted, operand->axes);
  Value result =
      mapTensor(node, type, {total, shift}, [](const Scalar &s, ValueRange x) {
        return s.add(s.log(x[0]), x[1]);
      });
  return finish(node, result, false);
}

/// The first or last index of the least or greatest element.
template <bool isMax> static Lowered argument(Node &node) {
  OpBuilder &b = node.b;
  int64_t axis = Node::wrapAxis(node.getInt("axis"), node.rank(0));
  bool isLast = node.getInt("select_last_index") != 0;
  bool isUnsigned = node.isInputUnsigned(0);
  Value value = node.input(0);
  Value best = isMax ? maxOver(node, value, axis, isUnsigned)
                     : minOver(node, value, axis, isUnsigned);
  auto type = node.type(0);
  SmallVector<int64_t> kept(type.getShape());
  kept.erase(kept.begin() + axis);
  SmallVector<AffineExpr> exprs;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (dim != axis)
      exprs.push_back(b.getAffineDimExpr(dim));
  auto map = AffineMap::get(type.getRank(), 0, exprs, b.getContext());
  best = reshapeTo(b, node.loc, best, kept);
  int64_t worst = isLast ? -1 : type.getDimSize(axis);
  Value initial = filledTensor(
      b, node.loc, RankedTensorType::get(kept, b.getI64Type()), worst);
  Value index =
      accumulate(b, node.loc, initial, map, {value, best},
                 {b.getMultiDimIdentityMap(type.getRank()), map},
                 [&](OpBuilder &inner, Location loc, ValueRange x) {
                   Scalar s{inner, loc};
                   Value at =
                       s.fromIndex(linalg::IndexOp::create(inner, loc, axis),
                                   inner.getI64Type());
                   Value better = isLast ? s.max(at, x[2]) : s.min(at, x[2]);
                   return s.select(s.equal(x[0], x[1]), better, x[2]);
                 });
  return SmallVector<Value>{
      reshapeTo(b, node.loc, index, node.resultType().getShape())};
}

static const Row rows[] = {
    {"ReduceSum", sum<same, same>},
    {"ReduceSumSquare", sum<square, same>},
    {"ReduceL1", sum<absolute, same>},
    {"ReduceL2", sum<square, root>},
    {"ReduceLogSum", sum<same, logarithm>},
    {"ReduceLogSumExp", logSumExp},
    {"ReduceMean", mean},
    {"ReduceProd", prod},
    {"ReduceMax", extreme<maxOver>},
    {"ReduceMin", extreme<minOver>},
    {"ArgMax", argument<true>},
    {"ArgMin", argument<false>},
};
llvm::ArrayRef<Row> ohas::electronic::reductionRows() { return rows; }

//===- Unpooling.cpp - Images of windows ------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "KernelWindow.h"
#include "Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// Puts elements back where indices say that a pooling found them.
static Lowered maxUnpool(Node &node) {
  OpBuilder &b = node.b;
  auto type = node.resultType();
  int64_t rank = node.rank(0) - 2;
  auto window = kernelWindow(
      node, node.getInts("kernel_shape").value_or(SmallVector<int64_t>()),
      rank);
  if (!window || type.getRank() != node.rank(0) ||
      node.shape(0) != node.shape(1))
    return node.fail(misfit);
  // Indices count in what was pooled, which the result may be wider than.
  SmallVector<int64_t> pooled(node.shape(0).take_front(2));
  SmallVector<int64_t> low(2 + rank, 0), high(2 + rank, 0);
  for (int64_t axis = 0; axis < rank; ++axis) {
    pooled.push_back((node.shape(0)[2 + axis] - 1) * window->strides[axis] +
                     window->kernel[axis] - window->low[axis] -
                     window->high[axis]);
    if (pooled.back() < 1)
      return node.fail(misfit);
    high[2 + axis] = type.getDimSize(2 + axis) - pooled.back();
  }
  auto pooledType = type.clone(pooled);
  int64_t count = node.type(0).getNumElements();
  int64_t places = pooledType.getNumElements();
  if (count == 0 || places <= 0)
    return SmallVector<Value>{filledTensor(b, node.loc, type, 0.0)};
  Value values = reshapeTo(b, node.loc, node.input(0), {count});
  Value indices = reshapeTo(b, node.loc, node.input(1), {count});
  Scalar outer{b, node.loc};
  auto loop = scf::ForOp::create(
      b, node.loc, outer.index(0), outer.index(count), outer.index(1),
      filledTensor(b, node.loc, pooledType.clone({places}), 0.0),
      [&](OpBuilder &inner, Location loc, Value at, ValueRange state) {
        Scalar s{inner, loc};
        Value place = s.toIndex(s.extract(indices, at));
        place = s.min(s.max(place, s.index(0)), s.index(places - 1));
        Value changed = tensor::InsertOp::create(
            inner, loc, s.extract(values, at), state[0], place);
        scf::YieldOp::create(inner, loc, changed);
      });
  Value unpooled = reshapeTo(b, node.loc, loop.getResult(0), pooled);
  return SmallVector<Value>{
      padWith(b, node.loc, unpooled, low, high,
              scalarConstant(b, node.loc, type.getElementType(), 0))};
}

/// Sums of columns at the places of an image that they were taken from.
static Lowered col2Im(Node &node) {
  OpBuilder &b = node.b;
  auto type = node.resultType();
  auto block = node.constantInts(2);
  int64_t rank = type.getRank() - 2;
  if (!block)
    return node.fail("blocks that are not constant");
  auto window = kernelWindow(node, *block, rank);
  if (!window || node.rank(0) != 3)
    return node.fail(misfit);
  SmallVector<int64_t> windows;
  int64_t allWindows = 1;
  for (int64_t axis = 0; axis < rank; ++axis) {
    int64_t reach = (window->kernel[axis] - 1) * window->dilations[axis] + 1;
    int64_t padded =
        type.getDimSize(2 + axis) + window->low[axis] + window->high[axis];
    windows.push_back(
        padded < reach ? 0 : (padded - reach) / window->strides[axis] + 1);
    allWindows *= windows.back();
  }
  if (node.shape(0)[1] != type.getDimSize(1) * window->size() ||
      node.shape(0)[2] != allWindows)
    return node.fail(misfit);
  Type wide = computeType(type.getElementType());
  Value columns = convertTensor(node, node.input(0), false, wide);
  // Loops: the image, and the positions in a block.
  unsigned numDims = 2 + 2 * rank;
  SmallVector<AffineExpr> image, inBlock;
  for (int64_t i = 0; i < 2 + rank; ++i)
    image.push_back(b.getAffineDimExpr(i));
  for (unsigned i = 2 + rank; i < numDims; ++i)
    inBlock.push_back(b.getAffineDimExpr(i));
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(numDims, 0, exprs, b.getContext());
  };
  // Only its shape counts.
  Value extent =
      emptyTensor(b, node.loc, RankedTensorType::get(window->kernel, wide));
  Value sum = accumulate(
      b, node.loc, filledTensor(b, node.loc, type.clone(wide), 0.0), map(image),
      extent, map(inBlock), [&](OpBuilder &inner, Location loc, ValueRange x) {
        Scalar s{inner, loc};
        auto at = [&](unsigned dim) -> Value {
          return linalg::IndexOp::create(inner, loc, dim);
        };
        Value channel = at(1), number = s.index(0);
        Value isTaken;
        for (int64_t axis = 0; axis < rank; ++axis) {
          Value tap = at(2 + rank + axis);
          channel = s.add(s.mul(channel, s.index(window->kernel[axis])), tap);
          Value place = s.sub(s.add(at(2 + axis), s.index(window->low[axis])),
                              s.mul(tap, s.index(window->dilations[axis])));
          Value stride = s.index(window->strides[axis]);
          Value here = s.div(place, stride);
          Value isHere =
              s.logicalAnd(s.logicalAnd(s.lessEqual(s.index(0), place),
                                        s.less(here, s.index(windows[axis]))),
                           s.equal(s.rem(place, stride), s.index(0)));
          isTaken = isTaken ? s.logicalAnd(isTaken, isHere) : isHere;
          here = s.select(isHere, here, s.index(0));
          number = s.add(s.mul(number, s.index(windows[axis])), here);
        }
        Value term = s.extract(columns, {at(0), channel, number});
        return s.add(x[1], s.select(isTaken, term, s.number(term, 0)));
      });
  return SmallVector<Value>{
      convertTensor(node, sum, false, type.getElementType())};
}

static const Row rows[] = {
    {"MaxUnpool", maxUnpool},
    {"Col2Im", col2Im},
};
llvm::ArrayRef<Row> ohas::electronic::unpoolingRows() { return rows; }

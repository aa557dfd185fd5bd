//===- Unpooling.cpp - Images of windows ------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
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
  auto kernel = node.getInts("kernel_shape");
  unsigned rank = node.rank(0) - 2;
  if (!kernel || kernel->size() != rank)
    return node.fail("a kernel of unknown shape");
  SmallVector<int64_t> ones(rank, 1), zeros(2 * rank, 0);
  auto strides = node.getInts("strides").value_or(ones);
  auto pads = node.getInts("pads").value_or(zeros);
  // Indices count in what was pooled, which the result may be wider than.
  SmallVector<int64_t> pooled(node.shape(0).take_front(2));
  SmallVector<int64_t> low(2 + rank, 0), high(2 + rank, 0);
  for (unsigned axis = 0; axis < rank; ++axis) {
    pooled.push_back((node.shape(0)[2 + axis] - 1) * strides[axis] +
                     (*kernel)[axis] - pads[axis] - pads[rank + axis]);
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
  unsigned rank = type.getRank() - 2;
  if (!block || block->size() != rank)
    return node.fail("blocks that are not constant");
  SmallVector<int64_t> ones(rank, 1), zeros(2 * rank, 0);
  auto strides = node.getInts("strides").value_or(ones);
  auto dilations = node.getInts("dilations").value_or(ones);
  auto pads = node.getInts("pads").value_or(zeros);
  SmallVector<int64_t> windows;
  int64_t positions = 1, allWindows = 1;
  for (unsigned axis = 0; axis < rank; ++axis) {
    int64_t reach = ((*block)[axis] - 1) * dilations[axis] + 1;
    int64_t padded = type.getDimSize(2 + axis) + pads[axis] + pads[rank + axis];
    windows.push_back((padded - reach) / strides[axis] + 1);
    positions *= (*block)[axis];
    allWindows *= windows.back();
  }
  if (node.shape(0)[1] != type.getDimSize(1) * positions ||
      node.shape(0)[2] != allWindows)
    return node.fail("columns that do not fit its image");
  Type wide = computeType(type.getElementType());
  Value columns = convertTensor(node, node.input(0), false, wide);
  // Loops: the image, and the positions in a block.
  unsigned numDims = 2 + 2 * rank;
  SmallVector<AffineExpr> image, inBlock;
  for (unsigned i = 0; i < 2 + rank; ++i)
    image.push_back(b.getAffineDimExpr(i));
  for (unsigned i = 2 + rank; i < numDims; ++i)
    inBlock.push_back(b.getAffineDimExpr(i));
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(numDims, 0, exprs, b.getContext());
  };
  // Only its shape counts.
  Value extent = emptyTensor(b, node.loc, RankedTensorType::get(*block, wide));
  Value sum = accumulate(
      b, node.loc, filledTensor(b, node.loc, type.clone(wide), 0.0), map(image),
      extent, map(inBlock), [&](OpBuilder &inner, Location loc, ValueRange x) {
        Scalar s{inner, loc};
        auto at = [&](unsigned dim) -> Value {
          return linalg::IndexOp::create(inner, loc, dim);
        };
        Value channel = at(1), window = s.index(0);
        Value isTaken;
        for (unsigned axis = 0; axis < rank; ++axis) {
          Value tap = at(2 + rank + axis);
          channel = s.add(s.mul(channel, s.index((*block)[axis])), tap);
          Value place = s.sub(s.add(at(2 + axis), s.index(pads[axis])),
                              s.mul(tap, s.index(dilations[axis])));
          Value number = s.div(place, s.index(strides[axis]));
          Value isHere = s.logicalAnd(
              s.logicalAnd(s.lessEqual(s.index(0), place),
                           s.less(number, s.index(windows[axis]))),
              s.equal(s.rem(place, s.index(strides[axis])), s.index(0)));
          isTaken = isTaken ? s.logicalAnd(isTaken, isHere) : isHere;
          number = s.select(isHere, number, s.index(0));
          window = s.add(s.mul(window, s.index(windows[axis])), number);
        }
        Value term = s.extract(columns, {at(0), channel, window});
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

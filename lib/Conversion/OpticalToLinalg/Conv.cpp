//===- Conv.cpp - Convolutions as loops -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

static SmallVector<int64_t> withGroups(ArrayRef<int64_t> shape, unsigned axis,
                                       int64_t groups) {
  SmallVector<int64_t> result(shape);
  result[axis] /= groups;
  result.insert(result.begin() + axis, groups);
  return result;
}

/// `N x C x spatial` with zeros around it, as `N x G x C/group x spatial`.
static Value paddedGroups(OpBuilder &b, Location loc, Value value,
                          ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                          int64_t groups) {
  SmallVector<int64_t> begin = {0, 0}, end = {0, 0};
  begin.append(low.begin(), low.end());
  end.append(high.begin(), high.end());
  Value padded =
      padWith(b, loc, value, begin, end,
              scalarConstant(b, loc, getElementTypeOrSelf(value.getType()), 0));
  auto type = cast<RankedTensorType>(padded.getType());
  return reshapeTo(b, loc, padded, withGroups(type.getShape(), 1, groups));
}

Value ohas::lowerConv(OpBuilder &b, optical::ConvOp op) {
  Location loc = op.getLoc();
  Factor input = factorOf(b, loc, op.getInput());
  Factor weight = factorOf(b, loc, op.getWeight());
  int64_t groups = op.getGroup();
  auto pads = op.padsOrDefault();
  ArrayRef<int64_t> all(pads);
  unsigned rank = op.getSpatialRank();
  input.value = paddedGroups(b, loc, input.value, all.take_front(rank),
                             all.take_back(rank), groups);
  weight.value =
      reshapeTo(b, loc, weight.value,
                withGroups(op.getWeight().getType().getShape(), 0, groups));
  Value sum = convolve(b, loc, input, weight, op.stridesOrDefault(),
                       op.dilationsOrDefault(),
                       signlessTensor(op.getResult().getType()));
  return recast(b, loc, sum, op.getResult().getType());
}

/// `C x M/group x kernel` as `G x M/group x C/group x kernel`, back to front.
static Value reversedKernel(OpBuilder &b, Location loc, Value weight,
                            int64_t groups) {
  auto type = cast<RankedTensorType>(weight.getType());
  weight = reshapeTo(b, loc, weight, withGroups(type.getShape(), 0, groups));
  SmallVector<int64_t> dims = {groups, type.getDimSize(1),
                               type.getDimSize(0) / groups};
  SmallVector<AffineExpr> source = {
      b.getAffineDimExpr(0), b.getAffineDimExpr(2), b.getAffineDimExpr(1)};
  for (int64_t size : type.getShape().drop_front(2)) {
    source.push_back(size - 1 - b.getAffineDimExpr(dims.size()));
    dims.push_back(size);
  }
  return mapElements(b, loc, type.clone(dims), weight,
                     AffineMap::get(dims.size(), 0, source, b.getContext()),
                     [](OpBuilder &, Location, ValueRange x) { return x[0]; });
}

/// A convolution of the input with zeros between its elements.
Value ohas::lowerConvTranspose(OpBuilder &b, optical::ConvTransposeOp op) {
  Location loc = op.getLoc();
  Factor input = factorOf(b, loc, op.getInput());
  Factor weight = factorOf(b, loc, op.getWeight());
  int64_t groups = op.getGroup();
  unsigned rank = op.getSpatialRank();
  auto strides = op.stridesOrDefault();
  auto dilations = op.dilationsOrDefault();
  auto pads = op.padsOrDefault();
  auto outputPadding = op.outputPaddingOrDefault();
  auto type = cast<RankedTensorType>(input.value.getType());

  SmallVector<int64_t> spread(type.getShape()), steps = {1, 1}, low, high;
  for (unsigned axis = 0; axis < rank; ++axis) {
    steps.push_back(strides[axis]);
    spread[2 + axis] = (type.getDimSize(2 + axis) - 1) * strides[axis] + 1;
    int64_t reach =
        dilations[axis] *
        (cast<RankedTensorType>(weight.value.getType()).getDimSize(2 + axis) -
         1);
    low.push_back(reach - pads[axis]);
    high.push_back(reach - pads[rank + axis] + outputPadding[axis]);
  }
  Value between = input.value;
  if (ArrayRef<int64_t>(spread) != type.getShape())
    between = insertInto(b, loc, input.value,
                         filledTensor(b, loc, type.clone(spread), 0),
                         SmallVector<int64_t>(2 + rank, 0), steps);
  input.value = paddedGroups(b, loc, between, low, high, groups);
  weight.value = reversedKernel(b, loc, weight.value, groups);
  Value sum = convolve(b, loc, input, weight, SmallVector<int64_t>(rank, 1),
                       dilations, signlessTensor(op.getResult().getType()));
  return recast(b, loc, sum, op.getResult().getType());
}

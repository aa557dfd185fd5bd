//===- Convolve.cpp - Loops of a convolution --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

/// Below this many output channels a group, windows are not worth gathering.
static constexpr int64_t minChannelsToGather = 4;

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// Position in the input of each window's element: stride * p + dilation * r,
/// where dims `outputs` count windows and dims `kernels` count in a window.
static SmallVector<AffineExpr> positions(OpBuilder &b, unsigned outputs,
                                         unsigned kernels,
                                         ArrayRef<int64_t> strides,
                                         ArrayRef<int64_t> dilations) {
  SmallVector<AffineExpr> result;
  for (auto [axis, stride] : llvm::enumerate(strides))
    result.push_back(b.getAffineDimExpr(outputs + axis) * stride +
                     b.getAffineDimExpr(kernels + axis) * dilations[axis]);
  return result;
}

static AffineMap dimsMap(OpBuilder &b, unsigned numDims,
                         ArrayRef<unsigned> dims) {
  auto exprs = llvm::map_to_vector(
      dims, [&](unsigned dim) { return b.getAffineDimExpr(dim); });
  return AffineMap::get(numDims, 0, exprs, b.getContext());
}

/// Loops n, g, m, c, kernel, output: nothing is copied.
static Value convolveInPlace(OpBuilder &b, Location loc, Factor input,
                             Factor weight, ArrayRef<int64_t> strides,
                             ArrayRef<int64_t> dilations,
                             RankedTensorType result) {
  unsigned rank = strides.size(), numDims = 4 + 2 * rank;
  SmallVector<unsigned> weightDims = {1, 2, 3}, resultDims = {0, 1, 2};
  for (unsigned axis = 0; axis < rank; ++axis) {
    weightDims.push_back(4 + axis);
    resultDims.push_back(4 + rank + axis);
  }
  SmallVector<AffineExpr> inputExprs = {
      b.getAffineDimExpr(0), b.getAffineDimExpr(1), b.getAffineDimExpr(3)};
  inputExprs.append(positions(b, 4 + rank, 4, strides, dilations));
  input.map = AffineMap::get(numDims, 0, inputExprs, b.getContext());
  weight.map = dimsMap(b, numDims, weightDims);
  return sumOfProducts(b, loc, result, dimsMap(b, numDims, resultDims), weight,
                       input);
}

/// `N x G x C x kernel x output`: every window as a column.
static Value gatherWindows(OpBuilder &b, Location loc, Value input,
                           ArrayRef<int64_t> kernel, ArrayRef<int64_t> output,
                           ArrayRef<int64_t> strides,
                           ArrayRef<int64_t> dilations) {
  auto type = cast<RankedTensorType>(input.getType());
  unsigned rank = kernel.size();
  SmallVector<int64_t> dims(type.getShape().take_front(3));
  dims.append(kernel.begin(), kernel.end());
  dims.append(output.begin(), output.end());
  SmallVector<AffineExpr> exprs = {b.getAffineDimExpr(0), b.getAffineDimExpr(1),
                                   b.getAffineDimExpr(2)};
  exprs.append(positions(b, 3 + rank, 3, strides, dilations));
  return mapElements(b, loc, type.clone(dims), input,
                     AffineMap::get(dims.size(), 0, exprs, b.getContext()),
                     [](OpBuilder &, Location, ValueRange x) { return x[0]; });
}

Value ohas::convolve(OpBuilder &b, Location loc, Factor input, Factor weight,
                     ArrayRef<int64_t> strides, ArrayRef<int64_t> dilations,
                     RankedTensorType result) {
  auto inputType = cast<RankedTensorType>(input.value.getType());
  auto weightType = cast<RankedTensorType>(weight.value.getType());
  int64_t batch = inputType.getDimSize(0), groups = inputType.getDimSize(1);
  int64_t channels = weightType.getDimSize(1);
  ArrayRef<int64_t> kernel = weightType.getShape().drop_front(3);
  ArrayRef<int64_t> output = result.getShape().take_back(strides.size());
  SmallVector<int64_t> grouped = {batch, groups, channels};
  grouped.append(output.begin(), output.end());
  auto groupedType = result.clone(grouped);
  if (channels < minChannelsToGather) {
    Value sum =
        convolveInPlace(b, loc, input, weight, strides, dilations, groupedType);
    return reshapeTo(b, loc, sum, result.getShape());
  }
  bool isPointwise = product(kernel) == 1 && product(strides) == 1;
  if (!isPointwise)
    input.value =
        gatherWindows(b, loc, input.value, kernel, output, strides, dilations);
  int64_t inner = weightType.getDimSize(2) * product(kernel);
  int64_t columns = product(output);
  input.value = reshapeTo(b, loc, input.value, {batch, groups, inner, columns});
  weight.value = reshapeTo(b, loc, weight.value, {groups, channels, inner});
  // Loops n, g, m, k, column.
  weight.map = dimsMap(b, 5, {1, 2, 3});
  input.map = dimsMap(b, 5, {0, 1, 3, 4});
  Value sum =
      sumOfProducts(b, loc, result.clone({batch, groups, channels, columns}),
                    dimsMap(b, 5, {0, 1, 2, 4}), weight, input);
  return reshapeTo(b, loc, sum, result.getShape());
}

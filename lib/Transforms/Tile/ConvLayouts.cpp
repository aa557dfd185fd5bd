//===- ConvLayouts.cpp - Convolutions in canonical dims ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layouts.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

/// The axis of the window pairs (height, width, depth) that spatial axis i is:
/// three axes begin with depth.
static unsigned pairOf(unsigned axis, unsigned axes) {
  return axes == 3 ? (axis + 2) % 3 : axis;
}

static SmallVector<int64_t> shapeOf(Value value) {
  return SmallVector<int64_t>(
      cast<RankedTensorType>(value.getType()).getShape());
}

/// Splits an axis by groups, adds axes of 1 to have three behind the first
/// three, and brings them into the order of the window pairs.
static Value expand(OpBuilder &b, Location loc, Value value, unsigned axis,
                    int64_t groups, SmallVector<int64_t> leading) {
  SmallVector<int64_t> shape = shapeOf(value);
  unsigned axes = shape.size() - 2;
  shape[axis] /= groups;
  shape.insert(shape.begin() + axis, groups);
  shape.resize(6, 1);
  value = reshapeTo(b, loc, value, shape);
  for (unsigned pair = 0; pair < 3; ++pair)
    leading.push_back(axes == 3 ? 3 + (pair + 1) % 3 : 3 + pair);
  return transposed(b, loc, value, leading);
}

/// The other way round, for sums.
static Value collapse(OpBuilder &b, Location loc, Value sums, unsigned axes) {
  if (axes == 3)
    sums = transposed(b, loc, sums, {0, 1, 2, 5, 3, 4});
  SmallVector<int64_t> shape = shapeOf(sums);
  SmallVector<int64_t> merged = {shape[0], shape[1] * shape[2]};
  merged.append(shape.begin() + 3, shape.begin() + 3 + axes);
  return reshapeTo(b, loc, sums, merged);
}

/// Elements that the windows span along each spatial axis of an operation.
template <typename Op>
static SmallVector<int64_t> spans(Op op, const cost::Workload &workload) {
  SmallVector<int64_t> result;
  unsigned axes = op.getSpatialRank();
  for (unsigned axis = 0; axis < axes; ++axis) {
    unsigned pair = pairOf(axis, axes);
    auto dims = cost::windowPairs[pair];
    result.push_back(
        (workload.size(dims.first) - 1) * workload.strides[pair] +
        (workload.size(dims.second) - 1) * workload.dilations[pair] + 1);
  }
  return result;
}

CanonicalOperands ohas::toCanonical(OpBuilder &b, optical::ConvOp op,
                                    const cost::Workload &workload) {
  Location loc = op.getLoc();
  Value input = signlessValue(b, op.getInput());
  SmallVector<int64_t> begin = {0, 0}, shape = shapeOf(input);
  unsigned axes = op.getSpatialRank();
  shape.resize(2);
  // A stride may leave elements at the end that no window touches.
  llvm::append_range(shape, spans(op, workload));
  SmallVector<int64_t, 6> pads = op.padsOrDefault();
  for (unsigned axis = 0; axis < axes; ++axis)
    begin.push_back(-pads[axis]);
  input = fitted(b, loc, input, begin, shape);
  int64_t groups = op.getGroup();
  return {
      expand(b, loc, signlessValue(b, op.getWeight()), 0, groups, {0, 1, 2}),
      expand(b, loc, input, 1, groups, {0, 1, 2})};
}

CanonicalOperands ohas::toCanonical(OpBuilder &b, optical::ConvTransposeOp op,
                                    const cost::Workload &) {
  Location loc = op.getLoc();
  int64_t groups = op.getGroup();
  // The weight has input channels first.
  return {
      expand(b, loc, signlessValue(b, op.getWeight()), 0, groups, {0, 2, 1}),
      expand(b, loc, signlessValue(b, op.getInput()), 1, groups, {0, 1, 2})};
}

Value ohas::fromCanonical(OpBuilder &b, optical::ConvOp op, Value sums) {
  return collapse(b, op.getLoc(), sums, op.getSpatialRank());
}

Value ohas::fromCanonical(OpBuilder &b, optical::ConvTransposeOp op,
                          Value sums) {
  unsigned axes = op.getSpatialRank();
  sums = collapse(b, op.getLoc(), sums, axes);
  FailureOr<RankedTensorType> result = op.inferResultType(
      op.getInput().getType(), op.getWeight().getType(), op.getStrides(),
      op.getDilations(), op.getPads(), op.getOutputPadding(), op.getGroup());
  SmallVector<int64_t> begin = {0, 0};
  SmallVector<int64_t, 6> pads = op.padsOrDefault();
  begin.append(pads.begin(), pads.begin() + axes);
  return fitted(b, op.getLoc(), sums, begin, result->getShape());
}

//===- Reduce.cpp - Reductions of tensors -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reduce.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

double ohas::electronic::lowest(Type element, bool isUnsigned) {
  if (isa<FloatType>(element))
    return -std::numeric_limits<double>::infinity();
  return isUnsigned ? 0 : -std::ldexp(1.0, element.getIntOrFloatBitWidth() - 1);
}

double ohas::electronic::highest(Type element, bool isUnsigned) {
  if (isa<FloatType>(element))
    return std::numeric_limits<double>::infinity();
  unsigned width = element.getIntOrFloatBitWidth();
  // Those of 64 bits are no doubles; -1 has all bits, as the unsigned one.
  if (width == 64)
    return isUnsigned ? -1.0 : 9223372036854774784.0;
  return std::ldexp(1.0, isUnsigned ? width : width - 1) - 1;
}

SmallVector<int64_t> ohas::electronic::axesFrom(int64_t first, int64_t rank) {
  return llvm::to_vector(llvm::seq<int64_t>(first, rank));
}

Value ohas::electronic::reduceAxes(Node &node, Value value,
                                   ArrayRef<int64_t> axes, double initial,
                                   ReduceBody body, bool isUnsigned) {
  OpBuilder &b = node.b;
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> kept, dims(type.getShape());
  SmallVector<AffineExpr> exprs;
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    if (llvm::is_contained(axes, axis)) {
      dims[axis] = 1;
      continue;
    }
    kept.push_back(type.getDimSize(axis));
    exprs.push_back(b.getAffineDimExpr(axis));
  }
  Value start = filledTensor(b, node.loc, type.clone(kept), initial);
  auto map = AffineMap::get(type.getRank(), 0, exprs, b.getContext());
  Value reduced = accumulate(
      b, node.loc, start, map, value, b.getMultiDimIdentityMap(type.getRank()),
      [&](OpBuilder &inner, Location loc, ValueRange x) {
        return body(Scalar{inner, loc, isUnsigned}, x[1], x[0]);
      });
  return reshapeTo(b, node.loc, reduced, dims);
}

Value ohas::electronic::sumOver(Node &node, Value value,
                                ArrayRef<int64_t> axes) {
  return reduceAxes(
      node, value, axes, 0,
      [](const Scalar &s, Value sofar, Value x) { return s.add(sofar, x); });
}

Value ohas::electronic::meanOver(Node &node, Value value,
                                 ArrayRef<int64_t> axes) {
  Value sum = sumOver(node, value, axes);
  auto type = cast<RankedTensorType>(value.getType());
  int64_t count = 1;
  for (int64_t axis : axes)
    count *= type.getDimSize(axis);
  return mapTensor(node, cast<RankedTensorType>(sum.getType()), sum,
                   [&](const Scalar &s, ValueRange x) {
                     return s.div(x[0], s.number(x[0], count));
                   });
}

Value ohas::electronic::maxOver(Node &node, Value value, ArrayRef<int64_t> axes,
                                bool isUnsigned) {
  Type element = getElementTypeOrSelf(value);
  return reduceAxes(
      node, value, axes, lowest(element, isUnsigned),
      [](const Scalar &s, Value sofar, Value x) { return s.max(sofar, x); },
      isUnsigned);
}

Value ohas::electronic::minOver(Node &node, Value value, ArrayRef<int64_t> axes,
                                bool isUnsigned) {
  Type element = getElementTypeOrSelf(value);
  return reduceAxes(
      node, value, axes, highest(element, isUnsigned),
      [](const Scalar &s, Value sofar, Value x) { return s.min(sofar, x); },
      isUnsigned);
}

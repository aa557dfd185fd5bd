//===- Layouts.cpp - Moving elements ----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layouts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

Value ohas::signlessValue(OpBuilder &b, Value value) {
  return recast(b, value.getLoc(), value, signlessTensor(value.getType()));
}

Value ohas::transposed(OpBuilder &b, Location loc, Value value,
                       ArrayRef<int64_t> permutation) {
  auto type = cast<RankedTensorType>(value.getType());
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, type.getRank())))
    return value;
  SmallVector<int64_t> shape;
  for (int64_t axis : permutation)
    shape.push_back(type.getDimSize(axis));
  Value empty = tensor::EmptyOp::create(b, loc, shape, type.getElementType());
  return linalg::TransposeOp::create(b, loc, value, empty, permutation)
      ->getResult(0);
}

Value ohas::fitted(OpBuilder &b, Location loc, Value value,
                   ArrayRef<int64_t> begin, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<OpFoldResult> offsets, sizes, low, high;
  SmallVector<int64_t> kept;
  bool isCut = false, isWider = false;
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    int64_t size = type.getDimSize(axis);
    int64_t from = std::min(std::max<int64_t>(0, begin[axis]), size);
    int64_t before = std::max<int64_t>(0, -begin[axis]);
    // The begin may be padding only.
    before = std::min(before, shape[axis]);
    int64_t left = std::min(size - from, shape[axis] - before);
    isCut |= left != size;
    isWider |= left != shape[axis];
    kept.push_back(left);
    offsets.push_back(b.getIndexAttr(from));
    sizes.push_back(b.getIndexAttr(left));
    low.push_back(b.getIndexAttr(before));
    high.push_back(b.getIndexAttr(shape[axis] - before - left));
  }
  if (llvm::is_contained(kept, 0)) {
    // Windows see nothing but padding.
    Value zero =
        arith::ConstantOp::create(b, loc, b.getZeroAttr(type.getElementType()));
    return tensor::SplatOp::create(b, loc, zero, type.clone(shape));
  }
  if (isCut) {
    SmallVector<OpFoldResult> steps(offsets.size(), b.getIndexAttr(1));
    value = tensor::ExtractSliceOp::create(b, loc, type.clone(kept), value,
                                           offsets, sizes, steps);
  }
  if (!isWider)
    return value;
  Value zero =
      arith::ConstantOp::create(b, loc, b.getZeroAttr(type.getElementType()));
  return tensor::PadOp::create(b, loc, type.clone(shape), value, low, high,
                               zero);
}

//===- Slices.cpp - One step of a tensor, read and written ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Slices.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

namespace {
/// The operands that both operations take for one step along `axis`.
struct Step {
  Step(OpBuilder &builder, Location loc, Value whole, int64_t axis, Value at)
      : sizes(tensor::getMixedSizes(builder, loc, whole)),
        offsets(sizes.size(), builder.getIndexAttr(0)),
        strides(sizes.size(), builder.getIndexAttr(1)) {
    offsets[axis] = at;
    sizes[axis] = builder.getIndexAttr(1);
  }

  SmallVector<OpFoldResult> sizes, offsets, strides;
};
} // namespace

bool ohas::onnx::isStepOf(Type step, Type whole, int64_t axis) {
  auto part = dyn_cast<RankedTensorType>(step);
  auto all = dyn_cast<RankedTensorType>(whole);
  if (!part || !all || part.getElementType() != all.getElementType() ||
      axis < 0 || axis >= all.getRank())
    return false;
  SmallVector<int64_t> dims(all.getShape());
  dims.erase(dims.begin() + axis);
  return part.getShape() == ArrayRef<int64_t>(dims);
}

Value ohas::onnx::extractStep(OpBuilder &builder, Location loc,
                              RankedTensorType type, Value whole, int64_t axis,
                              Value at) {
  Step step(builder, loc, whole, axis, at);
  return tensor::ExtractSliceOp::create(builder, loc, type, whole, step.offsets,
                                        step.sizes, step.strides);
}

Value ohas::onnx::insertStep(OpBuilder &builder, Location loc, Value value,
                             Value whole, int64_t axis, Value at) {
  Step step(builder, loc, whole, axis, at);
  return tensor::InsertSliceOp::create(builder, loc, value, whole, step.offsets,
                                       step.sizes, step.strides);
}

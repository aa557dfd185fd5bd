//===- Quantization.cpp - Types of (de)quantization -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// A scale is one for the tensor, one for each position along `axis`, or (with
/// a block size) one for each block.
static LogicalResult checkScale(NodeContext &node) {
  auto input = node.inputShape(0), scale = node.inputShape(1);
  if (!input || !scale || scale->size() != 1 || node.getInt("block_size", 0))
    return success();
  Dim length = (*scale)[0];
  if (!length.isKnown() || length.size == 1)
    return success();
  auto axis = normalizeAxis(node.getInt("axis", 1), input->size());
  if (!axis && input->size() == 1)
    axis = 0;
  if (!axis)
    return node.emitError() << "axis " << node.getInt("axis", 1)
                            << " is out of range for " << toString(*input);
  if ((*input)[*axis].isKnown() && (*input)[*axis].size != length.size)
    return node.emitError() << "it has " << length.size << " scales for "
                            << toString(*input) << " along axis " << *axis;
  return success();
}

static LogicalResult inferAs(NodeContext &node, int32_t type) {
  if (auto shape = node.inputShape(0))
    node.setOutput(0, type, *shape);
  else
    node.setOutput(0, type);
  return checkScale(node);
}

static LogicalResult inferQuantize(NodeContext &node) {
  int32_t type = node.getInt("output_dtype", Undefined);
  if (node.hasInput(2))
    type = node.inputType(2);
  else if (!isElementType(type))
    type = UInt8;
  if (type == Float || type == Double)
    return node.emitError()
           << "its zero point is of type " << elementTypeInfo(type).name;
  return inferAs(node, type);
}

static LogicalResult inferDequantize(NodeContext &node) {
  int32_t type = node.getInt("output_dtype", Undefined);
  if (!isElementType(type))
    type = node.inputType(1);
  return inferAs(node, type);
}

void ohas::onnx::addQuantizationInference(InferTable &table) {
  table.addAll({"QuantizeLinear"}, inferQuantize);
  table.addAll({"DequantizeLinear"}, inferDequantize);
}

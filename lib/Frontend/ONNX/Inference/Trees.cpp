//===- Trees.cpp - Types of ai.onnx.ml operators ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// One row a sample, one column a target.
static LogicalResult inferTreeEnsemble(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto input = node.inputShape(0);
  if (input && !input->empty())
    node.setOutput(0, node.inputType(0),
                   {input->front(), Dim(node.getInt("n_targets", 1))});
  return success();
}

/// The input with labels for its elements; their type is that of the values.
static LogicalResult inferLabelEncoder(NodeContext &node) {
  int32_t type = Undefined;
  if (const AttributeProto *values = node.attribute("values_tensor");
      values && values->has_t())
    type = values->t().data_type();
  else if (node.attribute("values_strings"))
    type = String;
  else if (node.attribute("values_int64s"))
    type = Int64;
  else if (node.attribute("values_floats"))
    type = Float;
  else if (node.opset < 2) // classes_strings maps strings and numbers
    type = node.inputType(0) == String ? Int64 : String;
  if (auto shape = node.inputShape(0))
    node.setOutput(0, type, *shape);
  else
    node.setOutput(0, type);
  return success();
}

void ohas::onnx::addTreeInference(InferTable &table) {
  table.addAll({"TreeEnsemble"}, inferTreeEnsemble, "ai.onnx.ml");
  table.addAll({"LabelEncoder"}, inferLabelEncoder, "ai.onnx.ml");
}

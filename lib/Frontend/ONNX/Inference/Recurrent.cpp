//===- Recurrent.cpp - Shapes of recurrent layers ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As libonnx infers them, but for its functions of old opsets, which read dims
// that the input may not have.
//
//===----------------------------------------------------------------------===//

#include "../Operators.h"

using namespace ohas::onnx;
using namespace mlir;

/// All steps, and one or two last states.
static LogicalResult inferRecurrent(NodeContext &node) {
  Dim steps, batch, directions, hidden;
  bool batchFirst = node.getInt("layout", 0) != 0;
  if (auto input = node.inputShape(0)) {
    if (input->size() != 3)
      return node.emitError() << "its input is " << toString(*input)
                              << "; steps, batch and features are needed";
    steps = (*input)[batchFirst];
    batch = (*input)[!batchFirst];
  }
  StringRef kind = node.getString("direction", "forward");
  if (kind == "forward" || kind == "reverse")
    directions = 1;
  else if (kind == "bidirectional")
    directions = 2;
  if (int64_t size = node.getInt("hidden_size", 0); size > 0)
    hidden = size;
  int32_t type = node.inputType(0);
  if (batchFirst)
    node.setOutput(0, type, {batch, steps, directions, hidden});
  else
    node.setOutput(0, type, {steps, directions, batch, hidden});
  for (size_t i : {1, 2}) {
    if (batchFirst)
      node.setOutput(i, type, {batch, directions, hidden});
    else
      node.setOutput(i, type, {directions, batch, hidden});
  }
  return success();
}

void ohas::onnx::addRecurrentInference(InferTable &table) {
  table.addAll({"LSTM", "GRU", "RNN"}, inferRecurrent);
}

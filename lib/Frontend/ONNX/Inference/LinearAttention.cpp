//===- LinearAttention.cpp - Types of stateful sequence layers --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Attention.h"
#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// Output as the values with the queries' heads; state of [batch, heads, key
/// size, value size].
static LogicalResult inferLinearAttention(NodeContext &node) {
  int32_t type = node.inputType(0);
  node.setOutput(0, type);
  node.setOutput(1, node.hasInput(3) ? node.inputType(3) : type);
  auto form = analyzeLinearAttention(node);
  if (failed(form))
    return failure();
  node.setOutput(
      0, type,
      {form->batch, form->queries, productOf(form->heads, form->valueSize)});
  node.setOutput(1, node.hasInput(3) ? node.inputType(3) : type,
                 {form->batch, form->kvHeads, form->size, form->valueSize});
  return success();
}

/// The input's shape; the state is as long as the kernel reaches back.
static LogicalResult inferCausalConv(NodeContext &node) {
  int32_t type = node.inputType(0);
  node.setOutput(1, type);
  if (failed(inferSameAsFirst(node)))
    return failure();
  auto input = node.inputShape(0), weight = node.inputShape(1);
  if (!input || !weight)
    return success();
  if (input->size() != 3 || weight->size() != 3)
    return node.emitError()
           << "its input is " << toString(*input) << " and its weight "
           << toString(*weight) << "; three dims are needed";
  Dim channels = (*input)[1], filters = (*weight)[0], reach = (*weight)[2];
  if (channels.isKnown() && filters.isKnown() && channels.size != filters.size)
    return node.emitError() << "its input has " << channels.size
                            << " channels, its weight " << filters.size;
  if (reach.isKnown() && reach.size < 1)
    return node.emitError() << "its kernel is empty";
  if (reach.isKnown())
    reach = reach.size - 1;
  node.setOutput(1, type, {(*input)[0], channels, reach});
  return success();
}

void ohas::onnx::addLinearAttentionInference(InferTable &table) {
  table.addAll({"LinearAttention"}, inferLinearAttention);
  table.addAll({"CausalConvWithState"}, inferCausalConv);
}

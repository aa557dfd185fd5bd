//===- Transformer.cpp - Types of attention ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Attention.h"
#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// Opset 23's Attention: Q, K, V with heads of their own (4-D) or packed into
/// the last dim (3-D); outputs Y, the grown cache, and the scores.
static LogicalResult inferAttention(NodeContext &node) {
  for (size_t i : {0, 3})
    node.setOutput(i, node.inputType(0));
  node.setOutput(1, node.inputType(1));
  node.setOutput(2, node.inputType(2));
  auto form = analyzeAttention(node);
  if (failed(form))
    return failure();
  auto q = node.inputShape(0), k = node.inputShape(1);
  if (!q || !k || !node.inputShape(2))
    return success();
  bool isPacked = q->size() == 3;
  Dim heads = isPacked ? Dim(form->heads) : (*q)[1];
  Dim kvHeads = isPacked ? Dim(form->kvHeads) : (*k)[1];
  Dim total = form->totalKeys();
  int32_t type = node.inputType(0);
  if (isPacked)
    node.setOutput(
        0, type,
        {form->batch, form->queries, productOf(heads, form->valueSize)});
  else
    node.setOutput(0, type,
                   {form->batch, heads, form->queries, form->valueSize});
  node.setOutput(1, node.inputType(1),
                 {form->batch, kvHeads, total, form->size});
  node.setOutput(2, node.inputType(2),
                 {form->batch, kvHeads, total, form->valueSize});
  node.setOutput(3, type, {form->batch, heads, form->queries, total});
  return success();
}

static LogicalResult inferScaledDotProduct(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto form = analyzeScaledDotProduct(node);
  if (failed(form))
    return failure();
  if (auto shape = node.inputShape(0); shape && shape->size() == 4) {
    shape->back() = form->valueSize;
    node.setOutput(0, node.inputType(0), *shape);
  }
  return success();
}

/// Normalization with the mean and deviation of the last axes as outputs.
static LogicalResult inferLayerNormalization(NodeContext &node) {
  if (failed(inferSameAsFirst(node)))
    return failure();
  auto input = node.inputShape(0);
  int32_t stash = node.getInt("stash_type", Float);
  for (size_t i = 1; i < node.numOutputs(); ++i)
    node.setOutput(i, stash);
  if (!input)
    return success();
  auto axis = normalizeAxis(node.getInt("axis", -1), input->size());
  if (!axis)
    return node.emitError() << "axis " << node.getInt("axis", -1)
                            << " is out of range for " << toString(*input);
  Shape statistics = *input;
  std::fill(statistics.begin() + *axis, statistics.end(), Dim(1));
  for (size_t i = 1; i < node.numOutputs(); ++i)
    node.setOutput(i, stash, statistics);
  return success();
}

void ohas::onnx::addTransformerInference(InferTable &table) {
  table.addAll({"Attention"}, inferAttention);
  for (StringRef domain : scaledDotProductDomains)
    for (StringRef name : scaledDotProductNames)
      table.add(name, 1, inferScaledDotProduct, domain);
  table.addAll({"LayerNormalization"}, inferLayerNormalization);
}

//===- Transformer.cpp - Types of attention ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

static Dim sum(const Dim &a, const Dim &b) {
  return a.isKnown() && b.isKnown() ? Dim(a.size + b.size) : Dim();
}

static Dim quotient(const Dim &a, int64_t b) {
  return a.isKnown() && b > 0 ? Dim(a.size / b) : Dim();
}

static Dim product(const Dim &a, const Dim &b) {
  int64_t result;
  if (!a.isKnown() || !b.isKnown() || llvm::MulOverflow(a.size, b.size, result))
    return Dim();
  return result;
}

/// Opset 23's Attention: Q, K, V with heads of their own (4-D) or packed into
/// the last dim (3-D); outputs Y and the grown cache.
static LogicalResult inferAttention(NodeContext &node) {
  int32_t type = node.inputType(0);
  for (size_t i = 0; i < node.numOutputs(); ++i)
    node.setOutput(i, type);
  auto q = node.inputShape(0), k = node.inputShape(1), v = node.inputShape(2);
  if (!q || !k || !v || q->size() != k->size() || q->size() != v->size() ||
      (q->size() != 3 && q->size() != 4))
    return success();
  bool packed = q->size() == 3;
  int64_t qHeads = node.getInt("q_num_heads", 0);
  int64_t kvHeads = node.getInt("kv_num_heads", 0);
  if (packed && (qHeads < 1 || kvHeads < 1))
    return node.emitError() << "packed heads need q_num_heads and kv_num_heads";
  Dim batch = (*q)[0], qLength = (*q)[packed ? 1 : 2];
  Dim heads = packed ? Dim(qHeads) : (*q)[1];
  Dim cacheHeads = packed ? Dim(kvHeads) : (*k)[1];
  Dim kSize = packed ? quotient((*k)[2], kvHeads) : (*k)[3];
  Dim vSize = packed ? quotient((*v)[2], kvHeads) : (*v)[3];
  Dim total = (*k)[packed ? 1 : 2];
  if (auto past = node.inputShape(4); past && past->size() == 4)
    total = sum(total, (*past)[2]);
  if (packed)
    node.setOutput(0, type, {batch, qLength, product(heads, vSize)});
  else
    node.setOutput(0, type, {batch, heads, qLength, vSize});
  node.setOutput(1, node.inputType(1), {batch, cacheHeads, total, kSize});
  node.setOutput(2, node.inputType(2), {batch, cacheHeads, total, vSize});
  node.setOutput(3, type, {batch, heads, qLength, total});
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
  table.addAll({"LayerNormalization"}, inferLayerNormalization);
}

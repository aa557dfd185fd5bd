//===- ContribAttention.cpp - Types of ONNX Runtime's attentions -*- C++ -*-==//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Attention.h"
#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// The output of all heads beside each other.
static Shape joined(const AttentionForm &form) {
  return {form.batch, form.queries, productOf(form.heads, form.valueSize)};
}

/// Output 0 and, as outputs 1 and 2, the grown caches of keys and values.
static LogicalResult setOutputs(NodeContext &node, const AttentionForm &form) {
  int32_t type = node.inputType(0);
  node.setOutput(0, type, joined(form));
  Dim total = form.totalKeys();
  node.setOutput(1, type, {form.batch, form.kvHeads, total, form.size});
  node.setOutput(2, type, {form.batch, form.kvHeads, total, form.valueSize});
  return success();
}

static LogicalResult inferProjected(NodeContext &node) {
  auto form = analyzeProjectedAttention(node);
  if (failed(form))
    return failure();
  // QAttention takes integers; its scales have the type of the result.
  int32_t type = node.inputType(node.opType() == "QAttention" ? 3 : 0);
  node.setOutput(0, type, joined(*form));
  node.setOutput(
      1, type,
      {Dim(2), form->batch, form->heads, form->totalKeys(), form->size});
  return success();
}

static LogicalResult inferMultiHead(NodeContext &node) {
  auto form = analyzeMultiHeadAttention(node);
  if (failed(form))
    return failure();
  node.setOutput(3, node.inputType(0),
                 {form->batch, form->heads, form->queries, form->totalKeys()});
  return setOutputs(node, *form);
}

static LogicalResult inferGroupQuery(NodeContext &node) {
  auto form = analyzeGroupQueryAttention(node);
  if (failed(form))
    return failure();
  // A cache that is allocated once keeps its length.
  if (auto past = node.inputShape(3); past && past->size() == 4) {
    Dim total = form->totalKeys();
    if (total.isKnown() && (*past)[2].isKnown() && total.size < (*past)[2].size)
      form->past = sumOf((*past)[2], -form->keys.size);
  }
  return setOutputs(node, *form);
}

/// Sequences of different lengths one after the other, without padding.
static LogicalResult inferPacked(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto input = node.inputShape(0), weight = node.inputShape(1);
  if (!input || input->empty())
    return success();
  Dim width;
  SmallVector<int64_t> sizes = node.getInts("qkv_hidden_sizes");
  if (failed(checkHiddenSizes(node, sizes)))
    return failure();
  if (node.opType() == "PackedMultiHeadAttention")
    width = input->size() == 2   ? (*input)[1]
            : input->size() == 4 ? productOf((*input)[1], (*input)[3])
                                 : Dim();
  else if (sizes.size() == 3)
    width = sizes[2];
  else if (weight && weight->size() == 2)
    width = quotientOf((*weight)[1], 3);
  node.setOutput(0, node.inputType(0), {(*input)[0], width});
  return success();
}

void ohas::onnx::addContribAttentionInference(InferTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"Attention", "QAttention", "DecoderMaskedSelfAttention"},
               inferProjected, ms);
  table.addAll({"MultiHeadAttention", "DecoderMaskedMultiHeadAttention"},
               inferMultiHead, ms);
  table.addAll({"GroupQueryAttention"}, inferGroupQuery, ms);
  table.addAll({"PackedAttention", "PackedMultiHeadAttention"}, inferPacked,
               ms);
  table.addAll({"LongformerAttention"}, inferSameAsFirst, ms);
}

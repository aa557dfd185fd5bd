//===- ContribAttention.cpp - ONNX Runtime's attentions ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "Attention.h"

using namespace ohas::onnx;
using namespace mlir;

/// One projection makes queries, keys and values.
static FailureOr<Results> importProjected(NodeContext &node) {
  auto form = analyzeProjectedAttention(node);
  if (failed(form))
    return failure();
  size_t past = pastInputOfProjected(node);
  if (!form->isStatic() || !areStatic(node, {0, 1, 2, past}))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, *form, outputElement(node));
  Value input = node.ir(0), weight = node.ir(1);
  int64_t size = form->heads * form->size.size;
  int64_t valueSize = form->heads * form->valueSize.size;
  int64_t width = 2 * size + valueSize;
  if (builder.dimsOf(weight).size() != 2 ||
      builder.dimsOf(weight)[1] != width ||
      builder.dimsOf(weight)[0] != builder.dimsOf(input)[2])
    return node.emitError()
           << "its weight is " << toString(*node.inputShape(1))
           << " for an input " << toString(*node.inputShape(0));
  SmallVector<int64_t> dims = {form->batch.size, form->queries.size, width};
  Value all;
  if (node.opType() == "QAttention") {
    Type sum = RankedTensorType::get(dims, node.builder().getI32Type());
    SmallVector<Value> scales = {matmul(node, input, weight, sum)};
    for (size_t i : {3, 4, 6, 7})
      if (node.hasInput(i))
        scales.push_back(node.ir(i));
    all = electronic(node, "ohas.Rescale", scales, builder.type(dims));
  } else {
    all = matmul(node, input, weight, builder.type(dims));
  }
  if (node.hasInput(2))
    all = electronic(node, "Add", {all, node.ir(2)}, all.getType());
  Value q = builder.splitHeads(builder.part(all, 2, 0, size), form->heads);
  Value k = builder.splitHeads(builder.part(all, 2, size, size), form->heads);
  Value v = builder.splitHeads(builder.part(all, 2, 2 * size, valueSize),
                               form->heads);
  if (node.getInt("do_rotary", 0)) {
    q = electronic(node, "RotaryEmbedding", q, q.getType());
    k = electronic(node, "RotaryEmbedding", k, k.getType());
  }
  Value present;
  if (Value cache = optionalInput(node, past); cache && form->past.size > 0) {
    k = builder.append(builder.part(cache, 0, 0, 1, /*drop=*/true), k);
    v = builder.append(builder.part(cache, 0, 1, 1, /*drop=*/true), v);
  }
  if (node.hasOutput(1)) {
    SmallVector<int64_t> one = {1, form->batch.size, form->heads,
                                form->totalKeys().size, form->size.size};
    SmallVector<int64_t> both = one;
    both[0] = 2;
    present = electronic(node, "ohas.Stack",
                         {reshape(node, k, one), reshape(node, v, one)},
                         builder.type(both));
  }
  size_t bias = node.opType() == "QAttention" ? 9 : 5;
  builder.keyMask = optionalInput(node, node.opType() == "QAttention" ? 5 : 3);
  Value y = builder.attend(q, k, v, optionalInput(node, bias),
                           node.getInt("unidirectional", 0) != 0);
  return askedOf(node, {builder.joinHeads(y), present});
}

static FailureOr<Results> importMultiHead(NodeContext &node) {
  auto form = analyzeMultiHeadAttention(node);
  if (failed(form))
    return failure();
  bool isDecoder = node.opType().starts_with("Decoder");
  size_t bias = isDecoder ? 10 : 3, mask = isDecoder ? 4 : 5,
         past = isDecoder ? 5 : 6;
  if (!form->isStatic() || !areStatic(node, {0, 1, 2, bias, past, past + 1}))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, *form, outputElement(node));
  int64_t heads = form->heads, size = heads * form->size.size;
  Value q = node.ir(0), k = optionalInput(node, 1), v = optionalInput(node, 2);
  Value offsets = optionalInput(node, bias);
  auto unpack = [&](Value packed, int64_t n) {
    // [batch, length, heads, parts, size]
    Value own = builder.part(packed, 3, n, 1, /*drop=*/true);
    return relayout(node, own, {0, 2, 1, 3});
  };
  if (builder.dimsOf(q).size() == 5) {
    Value packed = q;
    q = unpack(packed, 0);
    k = unpack(packed, 1);
    v = unpack(packed, 2);
  } else {
    if (!k)
      return importUnsupported(node, "its keys are absent");
    q = builder.splitHeads(builder.addBias(q, offsets, 0), heads);
    if (builder.dimsOf(k).size() == 5) {
      Value packed = k;
      k = unpack(packed, 0);
      v = unpack(packed, 1);
    } else if (!v) {
      return importUnsupported(node, "its values are absent");
    } else if (builder.dimsOf(k).size() == 3) {
      k = builder.splitHeads(builder.addBias(k, offsets, size), heads);
      v = builder.splitHeads(builder.addBias(v, offsets, 2 * size), heads);
    }
  }
  k = builder.append(optionalInput(node, past), k);
  v = builder.append(optionalInput(node, past + 1), v);
  builder.keyMask = optionalInput(node, isDecoder ? 3 : 4);
  Value y = builder.attend(q, k, v, optionalInput(node, mask),
                           node.getInt("unidirectional", 0) != 0);
  return askedOf(node, {builder.joinHeads(y), k, v, builder.scores});
}

static FailureOr<Results> importGroupQuery(NodeContext &node) {
  auto form = analyzeGroupQueryAttention(node);
  if (failed(form))
    return failure();
  if (!form->isStatic() || !areStatic(node, {0, 1, 2, 3, 4}))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, *form, outputElement(node));
  int64_t size = form->heads * form->size.size;
  int64_t kvSize = form->kvHeads * form->size.size;
  Value q = node.ir(0), k = optionalInput(node, 1), v = optionalInput(node, 2);
  if (!k || !v) {
    Value packed = q;
    q = builder.part(packed, 2, 0, size);
    k = builder.part(packed, 2, size, kvSize);
    v = builder.part(packed, 2, size + kvSize, kvSize);
  }
  q = builder.splitHeads(q, form->heads);
  k = builder.splitHeads(k, form->kvHeads);
  v = builder.splitHeads(v, form->kvHeads);
  if (node.getInt("do_rotary", 0)) {
    auto rotate = [&](Value value) {
      SmallVector<Value> inputs = {value};
      for (size_t i : {7, 8})
        if (node.hasInput(i))
          inputs.push_back(node.ir(i));
      Builder &b = node.builder();
      auto number = [&](StringRef name, int64_t n) {
        return b.getNamedAttr(name, b.getI64IntegerAttr(n));
      };
      // Positions go on from those of the cache.
      return electronic(
          node, "RotaryEmbedding", inputs, value.getType(),
          {number("first_position", form->past.isKnown() ? form->past.size : 0),
           number("interleaved", node.getInt("rotary_interleaved", 0))});
    };
    q = rotate(q);
    k = rotate(k);
  }
  k = builder.append(optionalInput(node, 3), k);
  v = builder.append(optionalInput(node, 4), v);
  // What only names what is done: it costs as much as any other mask.
  Value lengths = form->batch.size > 1 ? optionalInput(node, 5) : Value();
  int64_t window = node.getInt("local_window_size", -1);
  builder.changeScores = [&](Value scores) {
    if (lengths)
      scores = electronic(node, "ohas.RaggedMask", {scores, lengths},
                          scores.getType());
    if (window > 0)
      scores =
          electronic(node, "ohas.WindowMask", scores, scores.getType(),
                     node.builder().getNamedAttr(
                         "size", node.builder().getI64IntegerAttr(window)));
    return scores;
  };
  if (node.hasInput(11) || node.getInt("smooth_softmax", 0) > 0)
    builder.changeWeights = [&](Value weights) {
      return electronic(node, "ohas.AttentionSink", weights, weights.getType());
    };
  Value y = builder.attend(q, k, v, optionalInput(node, 10), /*isCausal=*/true);
  // Caches that are longer than what is in use take the new keys in place.
  SmallVector<Value> results = {builder.joinHeads(y), k, v};
  for (size_t i : {1, 2})
    if (node.hasOutput(i) && node.hasInput(i + 2) &&
        results[i].getType() != node.outputIrType(i))
      results[i] =
          electronic(node, "ohas.UpdateCache", {node.ir(i + 2), results[i]},
                     node.outputIrType(i));
  return askedOf(node, results);
}

/// Padding is taken out before the projection, and put in for the attention.
static FailureOr<Results> importPackedAttention(NodeContext &node) {
  auto offsets = node.inputShape(3);
  AttentionForm form;
  form.heads = form.kvHeads = node.getInt("num_heads", 0);
  if (offsets && offsets->size() == 2) {
    form.batch = (*offsets)[0];
    form.queries = form.keys = (*offsets)[1];
  }
  SmallVector<int64_t> sizes = node.getInts("qkv_hidden_sizes");
  if (failed(checkHiddenSizes(node, sizes)))
    return failure();
  auto weight = node.inputShape(1);
  if (weight && weight->size() == 2) {
    Dim third = quotientOf((*weight)[1], 3);
    form.size =
        quotientOf(sizes.size() == 3 ? Dim(sizes[0]) : third, form.heads);
    form.valueSize =
        quotientOf(sizes.size() == 3 ? Dim(sizes[2]) : third, form.heads);
  }
  if (!form.isStatic() || !areStatic(node, {0, 1, 2}))
    return importUnsupported(node, unknownShapes);
  AttentionBuilder builder(node, form, outputElement(node));
  Value input = node.ir(0), weightValue = node.ir(1);
  int64_t tokens = builder.dimsOf(input, 2)[0];
  int64_t width = builder.dimsOf(weightValue, 2)[1];
  int64_t size = form.heads * form.size.size;
  int64_t valueSize = form.heads * form.valueSize.size;
  if (2 * size + valueSize != width)
    return node.emitError() << "its weight is " << toString(*weight)
                            << ", which its heads do not divide";
  Value all = matmul(node, input, weightValue, builder.type({tokens, width}));
  if (node.hasInput(2))
    all = electronic(node, "Add", {all, node.ir(2)}, all.getType());
  all = electronic(node, "ohas.RestorePadding", {all, node.ir(3)},
                   builder.type({form.batch.size, form.queries.size, width}));
  Value q = builder.splitHeads(builder.part(all, 2, 0, size), form.heads);
  Value k = builder.splitHeads(builder.part(all, 2, size, size), form.heads);
  Value v =
      builder.splitHeads(builder.part(all, 2, 2 * size, valueSize), form.heads);
  Value y = builder.joinHeads(
      builder.attend(q, k, v, optionalInput(node, 5), /*isCausal=*/false));
  return Results{electronic(node, "ohas.RemovePadding", {y, node.ir(3)},
                            builder.type({tokens, valueSize}))};
}

void ohas::onnx::addContribAttentionHandlers(ImportTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"Attention", "QAttention", "DecoderMaskedSelfAttention"},
               importProjected, ms);
  table.addAll({"MultiHeadAttention", "DecoderMaskedMultiHeadAttention"},
               importMultiHead, ms);
  table.addAll({"GroupQueryAttention"}, importGroupQuery, ms);
  table.addAll({"PackedAttention"}, importPackedAttention, ms);
}

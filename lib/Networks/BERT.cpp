//===- BERT.cpp -------------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Devlin et al., "BERT: pre-training of deep bidirectional transformers for
// language understanding", arXiv 1810.04805: the base and the large model
// (uncased) with a pooler and a classifier of two classes, in Hugging Face's
// form.
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "Builders.h"
#include <limits>

using namespace ohas::networks;

static constexpr float epsilon = 1e-12f;
static constexpr int64_t vocabulary = 30522, positions = 512;

static Value embeddings(GraphBuilder &b, const Scope &scope, const Value &ids,
                        const Value &types, int64_t width) {
  auto table = [&](llvm::StringRef name, int64_t rows, const Value &indices) {
    Scope child = scope.child(name);
    return embed(b, child, b.weight(child.weight("weight"), {rows, width}),
                 indices);
  };
  Value x = table("word_embeddings", vocabulary, ids);
  x = binary(b, "Add", scope, x, table("token_type_embeddings", 2, types));
  Value place = table("position_embeddings", positions, tokenNumbers(b, scope));
  x = binary(b, "Add", scope, x, place);
  return layerNorm(b, scope.child("LayerNorm"), x, epsilon);
}

/// What is added to the scores: 0 where the mask is 1, else the least float.
static Value additiveMask(GraphBuilder &b, const Scope &bert,
                          const Value &mask) {
  int64_t tokens = mask.shape[1];
  Value m = b.op("Unsqueeze", bert, {mask, b.vector(bert, {1, 2})},
                 {b.batch(), 1, 1, tokens});
  m = b.op("Cast", bert, {m}, m.shape,
           {{"to", int64_t(onnx::TensorProto::FLOAT)}},
           onnx::TensorProto::FLOAT);
  m = b.op("Sub", bert, {b.scalar(bert, 1.0f), m}, m.shape);
  return binary(b, "Mul", bert, m,
                b.scalar(bert, std::numeric_limits<float>::lowest()));
}

/// The dense layer, residual and normalisation that end both halves.
static Value output(GraphBuilder &b, const Scope &scope, Value x,
                    const Value &residual) {
  x = linear(b, scope.child("dense"), x, residual.shape.back());
  x = binary(b, "Add", scope, x, residual);
  return layerNorm(b, scope.child("LayerNorm"), x, epsilon);
}

static Value layer(GraphBuilder &b, const Scope &scope, const Value &x,
                   const Value &mask, int64_t heads) {
  int64_t width = x.shape.back();
  Scope attention = scope.child("attention"), self = attention.child("self");
  auto project = [&](llvm::StringRef name) {
    return splitHeads(b, self, linear(b, self.child(name), x, width), heads);
  };
  Value q = project("query"), k = project("key"), v = project("value");
  Value mixed = attend(b, self, q, k, v, &mask);
  Value attended = output(b, attention.child("output"), mixed, x);
  Scope intermediate = scope.child("intermediate");
  Value hidden = linear(b, intermediate.child("dense"), attended, 4 * width);
  hidden = gelu(b, intermediate.child("intermediate_act_fn"), hidden);
  return output(b, scope.child("output"), hidden, attended);
}

static void buildBERT(GraphBuilder &b, int64_t layers, int64_t width,
                      int64_t heads) {
  Scope root, bert = root.child("bert");
  Shape text = {b.batch(), b.sequence()};
  Value ids = b.input("input_ids", text, onnx::TensorProto::INT64);
  Value mask = b.input("attention_mask", text, onnx::TensorProto::INT64);
  Value types = b.input("token_type_ids", text, onnx::TensorProto::INT64);
  Value added = additiveMask(b, bert, mask);
  Value x = embeddings(b, bert.child("embeddings"), ids, types, width);
  for (int64_t i = 0; i < layers; ++i)
    x = layer(b, bert.child("encoder").child("layer." + llvm::Twine(i)), x,
              added, heads);
  Scope pooler = bert.child("pooler");
  x = gemm(b, pooler.child("dense"), select(b, pooler, x, 1, 0), width);
  x = unary(b, "Tanh", pooler.child("activation"), x);
  b.output("logits", gemm(b, root.child("classifier"), x, 2));
}

void ohas::networks::buildBERTBase(GraphBuilder &b) {
  buildBERT(b, 12, 768, 12);
}

void ohas::networks::buildBERTLarge(GraphBuilder &b) {
  buildBERT(b, 24, 1024, 16);
}

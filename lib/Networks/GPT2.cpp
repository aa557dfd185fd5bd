//===- GPT2.cpp -------------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Radford et al., "Language models are unsupervised multitask learners", 2019:
// the small model (124 M) with its language-model head, reading a whole prompt
// without a cache, in Hugging Face's form.
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "Builders.h"
#include <limits>

using namespace ohas::networks;

static constexpr float epsilon = 1e-5f;
static constexpr int64_t width = 768, heads = 12, layers = 12,
                         vocabulary = 50257, positions = 1024;

/// Hugging Face's Conv1D: a Gemm over all tokens, the weight as [in, out].
static Value conv1D(GraphBuilder &b, const Scope &scope, const Value &x,
                    int64_t features) {
  int64_t in = x.shape[2], rows = x.shape[0] * x.shape[1];
  Value flat = reshape(b, scope, x, {rows, in});
  Value weight = b.weight(scope.weight("weight"), {in, features});
  Value bias = b.weight(scope.weight("bias"), {features});
  Value product = b.op("Gemm", scope, {flat, weight, bias}, {rows, features});
  return reshape(b, scope, product, {x.shape[0], x.shape[1], features});
}

/// x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
static Value geluTanh(GraphBuilder &b, const Scope &scope, const Value &x) {
  Value half = binary(b, "Mul", scope, x, b.scalar(scope, 0.5f));
  Value cube = binary(b, "Pow", scope, x, b.scalar(scope, 3.0f));
  cube = binary(b, "Mul", scope, cube, b.scalar(scope, 0.044715f));
  Value sum = binary(b, "Add", scope, x, cube);
  sum = binary(b, "Mul", scope, sum, b.scalar(scope, 0.797884583f));
  Value tanh = unary(b, "Tanh", scope, sum);
  tanh = binary(b, "Add", scope, tanh, b.scalar(scope, 1.0f));
  return binary(b, "Mul", scope, half, tanh);
}

/// What is added to the scores: 0 for earlier tokens, else the least float.
static Value causalMask(GraphBuilder &b, const Scope &scope) {
  Shape square = {b.sequence(), b.sequence()};
  onnx::TensorProto lowest;
  lowest.set_data_type(onnx::TensorProto::FLOAT);
  lowest.add_dims(1);
  lowest.add_float_data(std::numeric_limits<float>::lowest());
  Value full = b.op("ConstantOfShape", scope, {b.vector(scope, square)}, square,
                    {{"value", lowest}}, onnx::TensorProto::FLOAT);
  return b.op("Trilu", scope, {full, b.index(scope, 1)}, square,
              {{"upper", int64_t(1)}});
}

static Value attention(GraphBuilder &b, const Scope &scope, const Value &x,
                       const Value &mask) {
  Value qkv = conv1D(b, scope.child("c_attn"), x, 3 * width);
  qkv =
      reshape(b, scope, qkv, {x.shape[0], x.shape[1], 3, heads, width / heads});
  qkv = transpose(b, scope, qkv, {2, 0, 3, 1, 4});
  Value q = select(b, scope, qkv, 0, 0);
  Value k = select(b, scope, qkv, 0, 1);
  Value v = select(b, scope, qkv, 0, 2);
  Value mixed = attend(b, scope, q, k, v, &mask);
  return conv1D(b, scope.child("c_proj"), mixed, width);
}

void ohas::networks::buildGPT2(GraphBuilder &b) {
  Scope root, transformer = root.child("transformer");
  Value ids =
      b.input("input_ids", {b.batch(), b.sequence()}, onnx::TensorProto::INT64);
  auto table = [&](llvm::StringRef name, int64_t rows, const Value &indices) {
    Scope child = transformer.child(name);
    return embed(b, child, b.weight(child.weight("weight"), {rows, width}),
                 indices);
  };
  Value x = table("wte", vocabulary, ids);
  x = binary(b, "Add", transformer, x,
             table("wpe", positions, tokenNumbers(b, transformer)));
  Value mask = causalMask(b, transformer);
  for (int64_t i = 0; i < layers; ++i) {
    Scope block = transformer.child("h." + llvm::Twine(i));
    Value y = layerNorm(b, block.child("ln_1"), x, epsilon);
    y = attention(b, block.child("attn"), y, mask);
    x = binary(b, "Add", block, y, x);
    Scope mlp = block.child("mlp");
    y = layerNorm(b, block.child("ln_2"), x, epsilon);
    y = conv1D(b, mlp.child("c_fc"), y, 4 * width);
    y = conv1D(b, mlp.child("c_proj"), geluTanh(b, mlp.child("act"), y), width);
    x = binary(b, "Add", block, x, y);
  }
  x = layerNorm(b, transformer.child("ln_f"), x, epsilon);
  // The embedding's table again, transposed: exporters write it out as a
  // second weight.
  Scope head = root.child("lm_head");
  Value weight = b.weight(head.weight("weight"), {width, vocabulary});
  b.output("logits", matmul(b, head, x, weight));
}

//===- DeiT.cpp -------------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Touvron et al., "Training data-efficient image transformers and distillation
// through attention", arXiv 2012.12877, without the distillation token, in
// timm's form: 16x16 patches of a 224x224 image, 197 tokens.
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include "Builders.h"

using namespace ohas::networks;

static constexpr float epsilon = 1e-6f;

static Value attention(GraphBuilder &b, const Scope &scope, const Value &x,
                       int64_t heads) {
  int64_t tokens = x.shape[1], width = x.shape[2];
  Value qkv = linear(b, scope.child("qkv"), x, 3 * width);
  qkv = reshape(b, scope, qkv, {x.shape[0], tokens, 3, heads, width / heads});
  qkv = transpose(b, scope, qkv, {2, 0, 3, 1, 4});
  Value q = select(b, scope, qkv, 0, 0);
  Value k = select(b, scope, qkv, 0, 1);
  Value v = select(b, scope, qkv, 0, 2);
  Value mixed = attend(b, scope, q, k, v, /*mask=*/nullptr);
  return linear(b, scope.child("proj"), mixed, width);
}

static Value mlp(GraphBuilder &b, const Scope &scope, const Value &x) {
  int64_t width = x.shape[2];
  Value hidden = linear(b, scope.child("fc1"), x, 4 * width);
  hidden = gelu(b, scope.child("act"), hidden);
  return linear(b, scope.child("fc2"), hidden, width);
}

/// The class token, once per image of the batch.
static Value classTokens(GraphBuilder &b, const Scope &root, int64_t width,
                         const Value &patches) {
  Value token = b.weight("cls_token", {1, 1, width});
  Value shape;
  if (b.batch() > 0) {
    shape = b.vector(root, {b.batch(), 1, width});
  } else {
    Value batch = b.op("Shape", root, {patches}, {1},
                       {{"start", int64_t(0)}, {"end", int64_t(1)}},
                       onnx::TensorProto::INT64);
    shape = b.op("Concat", root, {batch, b.vector(root, {1, width})}, {3},
                 {{"axis", int64_t(0)}});
  }
  return b.op("Expand", root, {token, shape}, {b.batch(), 1, width});
}

static void buildDeiT(GraphBuilder &b, int64_t width, int64_t heads) {
  Scope root, embed = root.child("patch_embed");
  Value image = b.input("input", {b.batch(), 3, 224, 224});
  Value x = conv(b, embed.child("proj"), image, width, {16, 16, 0});
  x = reshape(b, embed, x, {b.batch(), width, x.shape[2] * x.shape[3]});
  x = transpose(b, embed, x, {0, 2, 1});
  Shape tokens = {b.batch(), x.shape[1] + 1, width};
  x = b.op("Concat", root, {classTokens(b, root, width, x), x}, tokens,
           {{"axis", int64_t(1)}});
  x = binary(b, "Add", root, x, b.weight("pos_embed", {1, tokens[1], width}));
  for (unsigned i = 0; i < 12; ++i) {
    Scope block = root.child("blocks").at(i);
    Value y = layerNorm(b, block.child("norm1"), x, epsilon);
    y = attention(b, block.child("attn"), y, heads);
    x = binary(b, "Add", block, x, y);
    y = layerNorm(b, block.child("norm2"), x, epsilon);
    x = binary(b, "Add", block, x, mlp(b, block.child("mlp"), y));
  }
  x = layerNorm(b, root.child("norm"), x, epsilon);
  x = gemm(b, root.child("head"), select(b, root, x, 1, 0), 1000);
  b.output("output", x);
}

void ohas::networks::buildDeiTTiny(GraphBuilder &b) { buildDeiT(b, 192, 3); }

void ohas::networks::buildDeiTSmall(GraphBuilder &b) { buildDeiT(b, 384, 6); }

void ohas::networks::buildDeiTBase(GraphBuilder &b) { buildDeiT(b, 768, 12); }

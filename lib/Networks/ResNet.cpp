//===- ResNet.cpp -----------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// He et al., "Deep residual learning for image recognition", arXiv 1512.03385,
// in torchvision's form: the bottleneck's stride is in its 3x3 convolution
// ("v1.5"), which has 4.089 instead of 3.858 billion multiply-accumulates.
//
//===----------------------------------------------------------------------===//

#include "Builders.h"
#include "Layers.h"

using namespace ohas::networks;

static Value relu(GraphBuilder &b, const Scope &block, const Value &x) {
  return unary(b, "Relu", block.child("relu"), x);
}

/// Two 3x3 convolutions; returns the branch without its last ReLU.
static Value basic(GraphBuilder &b, const Scope &block, Value x, int64_t width,
                   int64_t stride) {
  x = relu(b, block, conv(b, block.child("conv1"), x, width, {3, stride, 1}));
  return conv(b, block.child("conv2"), x, width, {3, 1, 1});
}

/// 1x1, 3x3, 1x1 with four times the width at the end.
static Value bottleneck(GraphBuilder &b, const Scope &block, Value x,
                        int64_t width, int64_t stride) {
  x = relu(b, block, conv(b, block.child("conv1"), x, width, {1, 1, 0}));
  x = relu(b, block, conv(b, block.child("conv2"), x, width, {3, stride, 1}));
  return conv(b, block.child("conv3"), x, 4 * width, {1, 1, 0});
}

static void buildResNet(GraphBuilder &b, llvm::ArrayRef<unsigned> depths,
                        decltype(basic) *branch) {
  Scope root;
  Value x = b.input("input", {b.batch(), 3, 224, 224});
  x = conv(b, root.child("conv1"), x, 64, {7, 2, 3});
  x = relu(b, root, x);
  x = maxPool(b, root.child("maxpool"), x, {3, 2, 1});
  for (size_t stage = 0; stage < depths.size(); ++stage) {
    Scope layer = root.child("layer" + llvm::Twine(stage + 1));
    for (unsigned i = 0; i < depths[stage]; ++i) {
      Scope block = layer.at(i);
      int64_t stride = stage > 0 && i == 0 ? 2 : 1;
      Value residual = branch(b, block, x, int64_t(64) << stage, stride);
      Value shortcut = x;
      if (residual.shape != x.shape)
        shortcut = conv(b, block.child("downsample").at(0), x,
                        residual.shape[1], {1, stride, 0});
      x = relu(b, block, binary(b, "Add", block, residual, shortcut));
    }
  }
  x = globalAveragePool(b, root.child("avgpool"), x);
  x = gemm(b, root.child("fc"), flatten(b, root, x), 1000);
  b.output("output", x);
}

void ohas::networks::buildResNet18(GraphBuilder &b) {
  buildResNet(b, {2, 2, 2, 2}, basic);
}

void ohas::networks::buildResNet50(GraphBuilder &b) {
  buildResNet(b, {3, 4, 6, 3}, bottleneck);
}

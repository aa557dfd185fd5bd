//===- MobileNet.cpp --------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks",
// arXiv 1801.04381, in torchvision's form.
//
//===----------------------------------------------------------------------===//

#include "Builders.h"
#include "Layers.h"

using namespace ohas::networks;

/// Convolution and ReLU6 of one module: positions 0 and 2, around the batch
/// normalisation that was folded.
static Value convRelu6(GraphBuilder &b, const Scope &scope, Value x,
                       int64_t channels, Window window, int64_t groups = 1) {
  x = conv(b, scope.at(0), x, channels, window, groups);
  Scope clip = scope.at(2);
  return b.op("Clip", clip, {x, b.scalar(clip, 0), b.scalar(clip, 6)}, x.shape);
}

static Value invertedResidual(GraphBuilder &b, const Scope &scope,
                              const Value &x, int64_t channels, int64_t stride,
                              int64_t expansion) {
  Scope layers = scope.child("conv");
  int64_t hidden = x.shape[1] * expansion;
  unsigned at = 0;
  Value y = x;
  if (expansion != 1)
    y = convRelu6(b, layers.at(at++), y, hidden, {1, 1, 0});
  y = convRelu6(b, layers.at(at++), y, hidden, {3, stride, 1}, hidden);
  y = conv(b, layers.at(at), y, channels, {1, 1, 0});
  return y.shape == x.shape ? binary(b, "Add", scope, x, y) : y;
}

void ohas::networks::buildMobileNetV2(GraphBuilder &b) {
  Scope root, features = root.child("features");
  Value x = b.input("input", {b.batch(), 3, 224, 224});
  unsigned at = 0;
  x = convRelu6(b, features.at(at++), x, 32, {3, 2, 1});
  struct Stage {
    int64_t expansion, channels, repeats, stride;
  };
  static constexpr Stage stages[] = {
      {1, 16, 1, 1}, {6, 24, 2, 2},  {6, 32, 3, 2}, {6, 64, 4, 2},
      {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}};
  for (const Stage &stage : stages)
    for (int64_t i = 0; i < stage.repeats; ++i)
      x = invertedResidual(b, features.at(at++), x, stage.channels,
                           i == 0 ? stage.stride : 1, stage.expansion);
  x = convRelu6(b, features.at(at), x, 1280, {1, 1, 0});
  x = flatten(b, root, globalAveragePool(b, root, x));
  x = gemm(b, root.child("classifier").at(1), x, 1000);
  b.output("output", x);
}

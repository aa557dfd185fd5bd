//===- AlexNet.cpp ----------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Krizhevsky, "One weird trick for parallelizing convolutional neural
// networks", arXiv 1404.5997, in torchvision's form.
//
//===----------------------------------------------------------------------===//

#include "Builders.h"
#include "Layers.h"

using namespace ohas::networks;

void ohas::networks::buildAlexNet(GraphBuilder &b) {
  Scope root, features = root.child("features");
  Value x = b.input("input", {b.batch(), 3, 224, 224});
  unsigned at = 0;
  auto convRelu = [&](int64_t channels, Window window) {
    x = conv(b, features.at(at++), x, channels, window);
    x = unary(b, "Relu", features.at(at++), x);
  };
  auto pool = [&] { x = maxPool(b, features.at(at++), x, {3, 2, 0}); };
  convRelu(64, {11, 4, 2});
  pool();
  convRelu(192, {5, 1, 2});
  pool();
  convRelu(384, {3, 1, 1});
  convRelu(256, {3, 1, 1});
  convRelu(256, {3, 1, 1});
  pool();
  // The adaptive pooling to 6x6 is given 6x6.
  x = averagePool(b, root.child("avgpool"), x, {});
  x = flatten(b, root, x);
  // Positions 0 and 3 are dropouts, which inference leaves out.
  Scope classifier = root.child("classifier");
  x = gemm(b, classifier.at(1), x, 4096);
  x = unary(b, "Relu", classifier.at(2), x);
  x = gemm(b, classifier.at(4), x, 4096);
  x = unary(b, "Relu", classifier.at(5), x);
  x = gemm(b, classifier.at(6), x, 1000);
  b.output("output", x);
}

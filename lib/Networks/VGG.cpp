//===- VGG.cpp --------------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Simonyan and Zisserman, "Very deep convolutional networks for large-scale
// image recognition", arXiv 1409.1556, in torchvision's form.
//
//===----------------------------------------------------------------------===//

#include "Builders.h"
#include "Layers.h"

using namespace ohas::networks;

void ohas::networks::buildVGG16(GraphBuilder &b) {
  Scope root, features = root.child("features");
  Value x = b.input("input", {b.batch(), 3, 224, 224});
  struct Stage {
    int64_t channels;
    unsigned convolutions;
  };
  unsigned at = 0;
  for (Stage stage : {Stage{64, 2}, Stage{128, 2}, Stage{256, 3}, Stage{512, 3},
                      Stage{512, 3}}) {
    for (unsigned i = 0; i < stage.convolutions; ++i) {
      x = conv(b, features.at(at++), x, stage.channels, {3, 1, 1});
      x = unary(b, "Relu", features.at(at++), x);
    }
    x = maxPool(b, features.at(at++), x, {2, 2, 0});
  }
  // The adaptive pooling to 7x7 is given 7x7.
  x = averagePool(b, root.child("avgpool"), x, {});
  x = flatten(b, root, x);
  // Positions 2 and 5 are dropouts, which inference leaves out.
  Scope classifier = root.child("classifier");
  x = gemm(b, classifier.at(0), x, 4096);
  x = unary(b, "Relu", classifier.at(1), x);
  x = gemm(b, classifier.at(3), x, 4096);
  x = unary(b, "Relu", classifier.at(4), x);
  x = gemm(b, classifier.at(6), x, 1000);
  b.output("output", x);
}

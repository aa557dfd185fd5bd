//===- Windows.cpp - Windows of signals -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <cmath>

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// A sum of cosines over as many samples as the result has; a periodic window
/// is a symmetric one without its last sample.
static Lowered window(Node &node, ArrayRef<double> weights) {
  auto type = node.resultType();
  int64_t count = type.getNumElements();
  bool isPeriodic = node.getInt("periodic", 1) != 0;
  int64_t period = std::max<int64_t>(1, isPeriodic ? count : count - 1);
  SmallVector<float> values;
  for (int64_t i = 0; i < count; ++i) {
    double value = 0;
    for (auto [harmonic, weight] : llvm::enumerate(weights))
      value += weight * std::cos(2 * M_PI * harmonic * i / period);
    values.push_back(value);
  }
  auto wide = type.clone(node.b.getF32Type());
  Value samples = arith::ConstantOp::create(
      node.b, node.loc, DenseElementsAttr::get(wide, ArrayRef<float>(values)));
  return SmallVector<Value>{
      convertTensor(node, samples, false, type.getElementType())};
}

// Coefficients: ONNX's definitions of these operators (opset 17).
static Lowered hann(Node &node) { return window(node, {0.5, -0.5}); }
static Lowered hamming(Node &node) {
  return window(node, {25.0 / 46, -21.0 / 46});
}
static Lowered blackman(Node &node) { return window(node, {0.42, -0.5, 0.08}); }

static const Row rows[] = {
    {"HannWindow", hann},
    {"HammingWindow", hamming},
    {"BlackmanWindow", blackman},
};
llvm::ArrayRef<Row> ohas::electronic::windowRows() { return rows; }

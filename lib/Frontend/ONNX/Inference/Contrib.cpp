//===- Contrib.cpp - Types of operators beyond ONNX -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX Runtime writes operators of its own into optimised models, quantisers
// write theirs. Those whose types are plain keep the shapes after them known.
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

static LogicalResult inferArithmetic(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto a = node.inputShape(0), b = node.inputShape(1);
  if (!a || !b)
    return success();
  if (auto both = broadcastShapes(*a, *b))
    node.setOutput(0, node.inputType(0), *both);
  return success();
}

/// Quantised sums and products: A with scale and zero point, then B with its.
static LogicalResult inferQuantizedArithmetic(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto a = node.inputShape(0), b = node.inputShape(3);
  if (!a || !b)
    return success();
  if (auto both = broadcastShapes(*a, *b))
    node.setOutput(0, node.inputType(0), *both);
  return success();
}

static LogicalResult inferQuantize(NodeContext &node) {
  int32_t type = node.hasInput(2) ? node.inputType(2) : int32_t(UInt8);
  if (auto shape = node.inputShape(0))
    node.setOutput(0, type, *shape);
  return success();
}

static LogicalResult inferDequantize(NodeContext &node) {
  if (auto shape = node.inputShape(0))
    node.setOutput(0, node.inputType(1), *shape);
  return success();
}

void ohas::onnx::addContribInference(InferTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"Gelu", "FastGelu", "QuickGelu", "BiasGelu", "BiasSplitGelu",
                "LayerNormalization", "SimplifiedLayerNormalization",
                "SkipLayerNormalization", "SkipSimplifiedLayerNormalization",
                "RotaryEmbedding", "QLinearLeakyRelu", "QLinearSigmoid",
                "QLinearSoftmax", "BiasSoftmax", "BiasDropout"},
               inferSameAsFirst, ms);
  // ONNX Runtime keeps these in ONNX's own domain.
  table.addAll({"SimplifiedLayerNormalization"}, inferSameAsFirst);
  table.addAll({"BiasAdd"}, inferArithmetic, ms);
  table.addAll({"QLinearAdd", "QLinearMul"}, inferQuantizedArithmetic, ms);
  table.addAll({"QuantizeLinear"}, inferQuantize, ms);
  table.addAll({"DequantizeLinear"}, inferDequantize, ms);
  for (StringRef domain :
       {"onnx.brevitas", "qonnx.custom_op.general", "finn.custom_op.general"})
    table.addAll(
        {"Quant", "IntQuant", "BipolarQuant", "Trunc", "MultiThreshold"},
        inferSameAsFirst, domain);
}

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

#include "../Window.h"
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

/// A sum with the input before the normalisation as a last output.
static LogicalResult inferSkipNormalization(NodeContext &node) {
  auto shape = node.inputShape(0);
  for (size_t i : {0, 3})
    if (shape)
      node.setOutput(i, node.inputType(0), *shape);
    else
      node.setOutput(i, node.inputType(0));
  if (!shape || shape->empty())
    return success();
  // Mean and deviation of the last axis.
  shape->back() = 1;
  node.setOutput(1, Float, *shape);
  node.setOutput(2, Float, *shape);
  return success();
}

/// Embeddings of words, positions and segments: [batch, length, width].
static LogicalResult inferEmbedNormalization(NodeContext &node) {
  auto ids = node.inputShape(0), words = node.inputShape(2);
  int32_t type = node.inputType(2);
  for (size_t i : {0, 2})
    node.setOutput(i, type);
  node.setOutput(1, Int32);
  if (!ids || !words || ids->size() != 2 || words->size() != 2)
    return success();
  for (size_t i : {0, 2})
    node.setOutput(i, type, {(*ids)[0], (*ids)[1], (*words)[1]});
  node.setOutput(1, Int32, {(*ids)[0]});
  return success();
}

/// Halves the last dim: one half gates the other.
static LogicalResult inferBiasSplitGelu(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto shape = node.inputShape(0);
  if (!shape || shape->empty())
    return success();
  Dim &last = shape->back();
  last = last.isKnown() && last.size % 2 == 0 ? Dim(last.size / 2) : Dim();
  node.setOutput(0, node.inputType(0), *shape);
  return success();
}

static void setSpatialOnes(NodeContext &node, Shape &shape) {
  bool last = node.getInt("channels_last", 0) != 0;
  for (size_t axis = last ? 1 : 2; axis + last < shape.size(); ++axis)
    shape[axis] = 1;
}

/// Input, scale, zero point, then the output's scale and zero point.
static LogicalResult inferQuantizedGlobalPool(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto shape = node.inputShape(0);
  if (!shape)
    return success();
  setSpatialOnes(node, *shape);
  node.setOutput(0, node.inputType(0), *shape);
  return success();
}

/// Pooling of integers, and with the channels last.
static LogicalResult inferPool(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto shape = node.inputShape(0);
  bool last = node.opType() == "NhwcMaxPool" || node.getInt("channels_last", 0);
  SmallVector<int64_t> kernel = node.getInts("kernel_shape");
  if (!shape || shape->size() < 3 || kernel.size() + 2 != shape->size())
    return success();
  if (last)
    std::rotate(shape->begin() + 1, shape->end() - 1, shape->end());
  auto window = slidingWindow(node, ArrayRef<Dim>(*shape).drop_front(2),
                              Shape(kernel.begin(), kernel.end()));
  if (failed(window))
    return failure();
  llvm::copy(window->output, shape->begin() + 2);
  if (last)
    std::rotate(shape->begin() + 1, shape->begin() + 2, shape->end());
  node.setOutput(0, node.inputType(0), *shape);
  return success();
}

/// The output's scale and zero point, then triples of an input with its own.
static LogicalResult inferQuantizedConcat(NodeContext &node) {
  node.setOutput(0, node.inputType(1));
  std::optional<Shape> sum;
  for (size_t i = 2; i < node.numInputs(); i += 3) {
    auto shape = node.inputShape(i);
    if (!shape)
      return success();
    auto axis = normalizeAxis(node.getInt("axis", 1), shape->size());
    if (!axis || (sum && sum->size() != shape->size()))
      return node.emitError() << "its inputs cannot be joined";
    if (!sum) {
      sum = shape;
      continue;
    }
    Dim &dim = (*sum)[*axis];
    Dim other = (*shape)[*axis];
    dim = dim.isKnown() && other.isKnown() ? Dim(dim.size + other.size) : Dim();
  }
  if (sum)
    node.setOutput(0, node.inputType(1), *sum);
  return success();
}

/// Gradients look like what they are gradients of: input `like`.
template <size_t like> static LogicalResult inferSameAs(NodeContext &node) {
  int32_t type = node.inputType(like);
  if (auto shape = node.inputShape(like))
    node.setOutput(0, type, *shape);
  else
    node.setOutput(0, type);
  return success();
}

/// dY, X, scale, mean, deviation to gradients of X, scale and bias.
static LogicalResult inferNormalizationGrad(NodeContext &node) {
  for (size_t i : {1, 2}) {
    node.setOutput(i, node.inputType(2));
    if (auto scale = node.inputShape(2))
      node.setOutput(i, node.inputType(2), *scale);
  }
  return inferSameAs<1>(node);
}

void ohas::onnx::addContribInference(InferTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"Gelu",
                "FastGelu",
                "QuickGelu",
                "BiasGelu",
                "LayerNormalization",
                "SimplifiedLayerNormalization",
                "RotaryEmbedding",
                "QLinearLeakyRelu",
                "QLinearSigmoid",
                "QLinearSoftmax",
                "BiasSoftmax",
                "BiasDropout",
                "BitmaskDropout",
                "BitmaskBiasDropout",
                "GroupNorm",
                "SkipGroupNorm",
                "Inverse",
                "Trilu",
                "MoE",
                "QMoE",
                "NGramRepeatBlock",
                "DropoutGrad"},
               inferSameAsFirst, ms);
  // ONNX Runtime keeps these in ONNX's own domain.
  table.addAll({"SimplifiedLayerNormalization"}, inferSameAsFirst);
  table.addAll({"SkipLayerNormalization", "SkipSimplifiedLayerNormalization"},
               inferSkipNormalization, ms);
  table.addAll({"EmbedLayerNormalization"}, inferEmbedNormalization, ms);
  table.addAll({"BiasSplitGelu"}, inferBiasSplitGelu, ms);
  table.addAll({"QLinearGlobalAveragePool"}, inferQuantizedGlobalPool, ms);
  table.addAll({"QLinearAveragePool", "NhwcMaxPool"}, inferPool, ms);
  table.addAll({"QLinearConcat"}, inferQuantizedConcat, ms);
  table.addAll({"SoftmaxCrossEntropyLossGrad", "ReluGrad", "GeluGrad",
                "FastGeluGrad", "QuickGeluGrad", "SoftmaxGrad",
                "SoftmaxGrad_13", "LogSoftmaxGrad", "SigmoidGrad", "TanhGrad"},
               inferSameAs<1>, ms);
  table.addAll({"LayerNormalizationGrad", "SimplifiedLayerNormalizationGrad",
                "BatchNormalizationGrad"},
               inferNormalizationGrad, ms);
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

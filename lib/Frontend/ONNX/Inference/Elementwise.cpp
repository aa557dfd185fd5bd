//===- Elementwise.cpp - Types of what works on single elements -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// `a` and `b` with opset 6's `axis`: `b` starts there, and 1s follow it.
static std::optional<Shape> legacyBroadcast(NodeContext &node, ArrayRef<Dim> a,
                                            ArrayRef<Dim> b) {
  if (!node.getInt("broadcast", 0))
    return broadcastShapes(a, b);
  Shape aligned(b.begin(), b.end());
  if (const AttributeProto *axis = node.attribute("axis")) {
    auto at = normalizeAxis(axis->i(), a.size());
    if (!at || *at + b.size() > a.size())
      return std::nullopt;
    aligned.append(a.size() - *at - b.size(), Dim(1));
  }
  return broadcastShapes(a, aligned);
}

/// Any number of inputs broadcast to one output of type `type` (that of the
/// first input if undefined).
static LogicalResult inferBroadcast(NodeContext &node, int32_t type) {
  if (type == Undefined)
    type = node.inputType(0);
  node.setOutput(0, type);
  std::optional<Shape> shape = node.inputShape(0);
  for (size_t i = 1; shape && i < node.numInputs(); ++i) {
    if (!node.hasInput(i))
      continue;
    auto other = node.inputShape(i);
    if (!other)
      return success();
    auto both = node.opset < 7 ? legacyBroadcast(node, *shape, *other)
                               : broadcastShapes(*shape, *other);
    if (!both)
      return node.emitError() << "cannot broadcast " << toString(*shape)
                              << " and " << toString(*other);
    shape = both;
  }
  if (shape)
    node.setOutput(0, type, *shape);
  return success();
}

static LogicalResult inferArithmetic(NodeContext &node) {
  return inferBroadcast(node, Undefined);
}

static LogicalResult inferComparison(NodeContext &node) {
  return inferBroadcast(node, Bool);
}

static LogicalResult inferCast(NodeContext &node) {
  int64_t to = node.getInt("to", 0);
  const AttributeProto *attribute = node.attribute("to");
  // Opset 1 wrote the name.
  if (attribute && attribute->has_s())
    for (int32_t type = 1; type < numElementTypes; ++type)
      if (elementTypeInfo(type).name.equals_insensitive(attribute->s()))
        to = type;
  if (to < 0 || to >= numElementTypes || !isElementType(to))
    return node.emitError()
           << "it casts to type " << to << ", which ONNX does not define";
  if (auto shape = node.inputShape(0))
    node.setOutput(0, to, *shape);
  else
    node.setOutput(0, to);
  return success();
}

static LogicalResult inferConstant(NodeContext &node) {
  auto list = [&](int32_t type, int64_t count) {
    node.setOutput(0, type, {Dim(count)});
    return success();
  };
  for (const AttributeProto &attribute : node.proto.attribute()) {
    StringRef name = attribute.name();
    if (name == "value" && attribute.has_t()) {
      const TensorProto &tensor = attribute.t();
      node.setOutput(0, tensor.data_type(),
                     Shape(tensor.dims().begin(), tensor.dims().end()));
      return success();
    }
    if (name == "value_int" || name == "value_float" ||
        name == "value_string") {
      node.setOutput(0,
                     name == "value_int"     ? Int64
                     : name == "value_float" ? Float
                                             : String,
                     ArrayRef<Dim>());
      return success();
    }
    if (name == "value_ints")
      return list(Int64, attribute.ints_size());
    if (name == "value_floats")
      return list(Float, attribute.floats_size());
    if (name == "value_strings")
      return list(String, attribute.strings_size());
    if (name == "sparse_value") {
      const SparseTensorProto &sparse = attribute.sparse_tensor();
      node.setOutput(0, sparse.values().data_type(),
                     Shape(sparse.dims().begin(), sparse.dims().end()));
      return success();
    }
  }
  return node.emitError() << "it has no value";
}

/// Scale, bias and statistics have one element a channel.
static LogicalResult inferChannelwise(NodeContext &node) {
  auto input = node.inputShape(0);
  for (size_t i = 1; input && i < node.numInputs(); ++i) {
    auto shape = node.inputShape(i);
    if (!shape || input->size() < 2)
      continue;
    if (shape->size() != 1 || ((*shape)[0].isKnown() && (*input)[1].isKnown() &&
                               (*shape)[0].size != (*input)[1].size))
      return node.emitError()
             << "its input " << i << " is " << toString(*shape) << " for "
             << toString({(*input)[1]}) << " channels";
    // Statistics of a training step.
    if (i < 5)
      node.setOutput(i, node.inputType(i), *shape);
  }
  return inferSameAsFirst(node);
}

/// Axes of normalizing operators must be there.
static LogicalResult inferSoftmax(NodeContext &node) {
  auto shape = node.inputShape(0);
  int64_t axis = node.getInt("axis", node.opset < 13 ? 1 : -1);
  // Before opset 13 the axis is where a matrix begins, and may be the rank.
  int64_t rank = shape ? shape->size() : 0;
  if (shape && (axis < -rank || axis >= rank + (node.opset < 13)) &&
      !(rank == 0 && axis == -1))
    return node.emitError()
           << "axis " << axis << " is out of range for " << toString(*shape);
  return inferSameAsFirst(node);
}

void ohas::onnx::addElementwiseInference(InferTable &table) {
  table.addAll({"Add", "Sub", "Mul", "Div", "Pow", "Mod", "Min", "Max", "Sum",
                "Mean", "And", "Or", "Xor", "BitShift", "BitwiseAnd",
                "BitwiseOr", "BitwiseXor", "StringConcat"},
               inferArithmetic);
  table.addAll({"Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"},
               inferComparison);
  table.addAll({"BitwiseNot", "Mish", "Gelu", "Swish", "GroupNormalization",
                "RMSNormalization", "RotaryEmbedding", "CumProd", "Identity",
                "SwiGLU", "GeluGrad", "HardSwish", "Celu", "ThresholdedRelu"},
               inferSameAsFirst);
  table.addAll({"BatchNormalization", "InstanceNormalization"},
               inferChannelwise);
  table.addAll({"Cast"}, inferCast);
  table.addAll({"Constant"}, inferConstant);
  table.addAll({"Softmax", "LogSoftmax", "Hardmax"}, inferSoftmax);
}

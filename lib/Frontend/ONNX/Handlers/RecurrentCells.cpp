//===- RecurrentCells.cpp - Gates of LSTM, GRU and RNN ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "Recurrent.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

Value RecurrentLayer::unary(StringRef op, Value value) const {
  return electronic(node, op, value, value.getType());
}

Value RecurrentLayer::binary(StringRef op, Value a, Value b) const {
  // Biases and peepholes have one row, the steps are whole matrices.
  bool aIsLarger = cast<RankedTensorType>(a.getType()).getRank() >=
                   cast<RankedTensorType>(b.getType()).getRank();
  return electronic(node, op, {a, b}, aIsLarger ? a.getType() : b.getType());
}

namespace {
/// An activation of the recurrent operators, and which of `activation_alpha`
/// and `activation_beta` it takes a value of.
struct RecurrentActivation {
  StringLiteral name;
  bool takesAlpha = false, takesBeta = false;
};
} // namespace

/// Names are compared without their case, as exporters write them in any; null
/// of others.
static const RecurrentActivation *activationOf(StringRef name) {
  static constexpr RecurrentActivation known[] = {
      {"Relu"},
      {"Tanh"},
      {"Sigmoid"},
      {"Softsign"},
      {"Softplus"},
      {"Affine", true, true},
      {"LeakyRelu", true},
      {"ThresholdedRelu", true},
      {"ScaledTanh", true, true},
      {"HardSigmoid", true, true},
      {"Elu", true},
  };
  const auto *found = llvm::find_if(known, [&](const auto &activation) {
    return activation.name.equals_insensitive(name);
  });
  return found == std::end(known) ? nullptr : found;
}

/// The value of `list` for the activation at a place: each that takes one has
/// the next.
static void addParameter(const NodeContext &node, size_t at, StringRef list,
                         StringRef name, bool RecurrentActivation::*takes,
                         SmallVectorImpl<NamedAttribute> &attributes) {
  const AttributeProto *values = node.attribute(list);
  const AttributeProto *names = node.attribute("activations");
  if (!values || !names)
    return;
  int next = 0;
  for (size_t i = 0; i < at; ++i)
    if (const auto *before = activationOf(names->strings(i)))
      next += before->*takes;
  if (next >= values->floats_size())
    return;
  Builder &builder = node.importer.builder;
  attributes.push_back(builder.getNamedAttr(
      name, builder.getF32FloatAttr(values->floats(next))));
}

Value RecurrentLayer::activation(unsigned direction, unsigned n,
                                 Value value) const {
  static constexpr StringLiteral lstm[] = {"Sigmoid", "Tanh", "Tanh"};
  static constexpr StringLiteral gru[] = {"Sigmoid", "Tanh"};
  static constexpr StringLiteral rnn[] = {"Tanh"};
  ArrayRef<StringLiteral> defaults = gates == 4 ? ArrayRef<StringLiteral>(lstm)
                                     : gates == 3
                                         ? ArrayRef<StringLiteral>(gru)
                                         : ArrayRef<StringLiteral>(rnn);
  StringRef name = defaults[n];
  const AttributeProto *given = node.attribute("activations");
  size_t at = direction * defaults.size() + n;
  if (given && at < static_cast<size_t>(given->strings_size()))
    name = given->strings(at);
  if (double clip = node.getFloat("clip", 0); clip > 0) {
    OpBuilder &builder = node.builder();
    value = electronic(
        node, "Clip", value, value.getType(),
        {builder.getNamedAttr("min", builder.getF32FloatAttr(-clip)),
         builder.getNamedAttr("max", builder.getF32FloatAttr(clip))});
  }
  const RecurrentActivation *known = activationOf(name);
  if (!known)
    return unary(name, value);
  SmallVector<NamedAttribute> parameters;
  if (known->takesAlpha)
    addParameter(node, at, "activation_alpha", "alpha",
                 &RecurrentActivation::takesAlpha, parameters);
  if (known->takesBeta)
    addParameter(node, at, "activation_beta", "beta",
                 &RecurrentActivation::takesBeta, parameters);
  return electronic(node, known->name, value, value.getType(), parameters);
}

Value RecurrentLayer::gate(Value all, int64_t n) const {
  OpBuilder &builder = node.builder();
  SmallVector<OpFoldResult> offsets = {builder.getIndexAttr(0),
                                       builder.getIndexAttr(n * hidden)};
  SmallVector<OpFoldResult> sizes = {builder.getIndexAttr(batch),
                                     builder.getIndexAttr(hidden)};
  SmallVector<OpFoldResult> strides(2, builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, node.loc(), all, offsets,
                                        sizes, strides);
}

/// state x R^T, with the bias that stays inside.
static Value recur(const RecurrentLayer &layer, Value state, Value weight,
                   Value bias) {
  int64_t rows = cast<RankedTensorType>(weight.getType()).getDimSize(0);
  Value product = matmul(layer.node, state, weight,
                         layer.type({layer.batch, rows}), false, true);
  return bias ? layer.binary("Add", product, bias) : product;
}

void ohas::onnx::stepLSTM(const RecurrentLayer &layer,
                          const RecurrentDirection &direction, Value input,
                          SmallVectorImpl<Value> &state) {
  unsigned d = direction.index;
  Value h = state[0], c = state[1];
  Value gates = layer.binary(
      "Add", input,
      recur(layer, h, direction.recurrence, direction.recurrenceBias));
  Value in = layer.gate(gates, 0), out = layer.gate(gates, 1),
        forget = layer.gate(gates, 2), cell = layer.gate(gates, 3);
  auto peep = [&](Value gate, int64_t n, Value from) {
    if (!direction.peepholes)
      return gate;
    OpBuilder &builder = layer.node.builder();
    Value row = tensor::ExtractSliceOp::create(
        builder, layer.node.loc(), direction.peepholes,
        SmallVector<OpFoldResult>{builder.getIndexAttr(n * layer.hidden)},
        SmallVector<OpFoldResult>{builder.getIndexAttr(layer.hidden)},
        SmallVector<OpFoldResult>{builder.getIndexAttr(1)});
    return layer.binary("Add", gate, layer.binary("Mul", from, row));
  };
  in = layer.activation(d, 0, peep(in, 0, c));
  if (layer.node.getInt("input_forget", 0)) {
    Value one = layer.node.importer.materialize(
        KnownTensor::scalar(layer.node.inputType(0), Element::of(1.0)));
    forget = electronic(layer.node, "Sub", {one, in}, in.getType());
  } else {
    forget = layer.activation(d, 0, peep(forget, 2, c));
  }
  cell = layer.activation(d, 1, cell);
  c = layer.binary("Add", layer.binary("Mul", forget, c),
                   layer.binary("Mul", in, cell));
  out = layer.activation(d, 0, peep(out, 1, c));
  state[0] = layer.binary("Mul", out, layer.activation(d, 2, c));
  state[1] = c;
}

void ohas::onnx::stepGRU(const RecurrentLayer &layer,
                         const RecurrentDirection &direction, Value input,
                         SmallVectorImpl<Value> &state) {
  unsigned d = direction.index;
  Value h = state[0];
  Value update, reset, hidden;
  if (direction.resetRecurrence) {
    // The reset gate applies to the state: two products, one after the other.
    Value part = recur(layer, h, direction.recurrence, nullptr);
    update = layer.binary("Add", layer.gate(input, 0), layer.gate(part, 0));
    reset = layer.binary("Add", layer.gate(input, 1), layer.gate(part, 1));
    reset = layer.activation(d, 0, reset);
    hidden = recur(layer, layer.binary("Mul", reset, h),
                   direction.resetRecurrence, nullptr);
  } else {
    Value part =
        recur(layer, h, direction.recurrence, direction.recurrenceBias);
    update = layer.binary("Add", layer.gate(input, 0), layer.gate(part, 0));
    reset = layer.binary("Add", layer.gate(input, 1), layer.gate(part, 1));
    reset = layer.activation(d, 0, reset);
    hidden = layer.binary("Mul", reset, layer.gate(part, 2));
  }
  update = layer.activation(d, 0, update);
  hidden =
      layer.activation(d, 1, layer.binary("Add", layer.gate(input, 2), hidden));
  // (1 - z) h' + z h = h' + z (h - h').
  state[0] =
      layer.binary("Add", hidden,
                   layer.binary("Mul", update, layer.binary("Sub", h, hidden)));
}

void ohas::onnx::stepRNN(const RecurrentLayer &layer,
                         const RecurrentDirection &direction, Value input,
                         SmallVectorImpl<Value> &state) {
  Value sum = layer.binary(
      "Add", input,
      recur(layer, state[0], direction.recurrence, direction.recurrenceBias));
  state[0] = layer.activation(direction.index, 0, sum);
}

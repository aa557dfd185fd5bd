//===- CausalConv.cpp - Convolutions that look back only --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "Conv.h"

using namespace ohas::onnx;
using namespace mlir;

/// CausalConvWithState: a depthwise convolution along one axis, after what is
/// left of the step before, or after zeros.
static FailureOr<Results> importCausalConv(NodeContext &node) {
  auto input = node.inputShape(0), weight = node.inputShape(1);
  auto isStatic = [](const std::optional<Shape> &shape) {
    return shape && shape->size() == 3 && numElements(*shape).value_or(0) > 0;
  };
  if (!isStatic(input) || !isStatic(weight) ||
      (node.hasInput(3) && !isContractible(node.ir(3))))
    return importUnsupported(node, unknownShapes);
  int64_t channels = (*input)[1].size, length = (*input)[2].size;
  int64_t back = (*weight)[2].size - 1;
  Value signal = node.ir(0);
  auto type = rankedType(node, signal, 3);
  auto longer = tensorType(node, {type.getDimSize(0), channels, back + length},
                           type.getElementType());
  Builder &builder = node.builder();
  Window window;
  window.strides = window.dilations = {1};
  window.pads = {back, 0};
  if (node.hasInput(3) && back > 0) {
    window.pads = {0, 0};
    signal =
        electronic(node, "Concat", {node.ir(3), signal}, longer,
                   builder.getNamedAttr("axis", builder.getI64IntegerAttr(2)));
  }
  Value result =
      createConv(node, signal, node.ir(1), window, channels, type, false);
  if (node.hasInput(2))
    result = addBias(node, result, node.ir(2), 1);
  StringRef activation = node.getString("activation", "none");
  if (activation == "silu" || activation == "swish")
    result = electronic(node, "Swish", result, type);
  else if (activation != "none")
    return node.emitError() << "attribute 'activation' is '" << activation
                            << "', which is no activation of it";
  Value state;
  if (node.hasOutput(1)) {
    if (!node.hasInput(3) && length < back) {
      // Zeros before a signal that is shorter than the state.
      signal =
          electronic(node, "Pad", signal, longer,
                     builder.getNamedAttr("pads", builder.getDenseI64ArrayAttr(
                                                      {0, 0, back, 0, 0, 0})));
    }
    int64_t all = rankedType(node, signal, 3).getDimSize(2);
    state = sliceView(node, signal, 2, all - back, back);
  }
  return Results{result, state};
}

void ohas::onnx::addCausalConvHandlers(ImportTable &table) {
  table.addAll({"CausalConvWithState"}, importCausalConv);
}

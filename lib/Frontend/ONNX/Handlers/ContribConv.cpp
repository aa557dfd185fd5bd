//===- ContribConv.cpp - ONNX Runtime's convolutions ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fused with a sum and an activation, or with the channels last. Where they
// are is a matter of addressing: the convolution is the same.
//
//===----------------------------------------------------------------------===//

#include "Conv.h"

using namespace ohas::onnx;
using namespace mlir;

/// FusedConv, NhwcFusedConv, NhwcConv and Conv of com.microsoft.nchwc.
/// Inputs: X, W, B, and Z, which is added before the activation.
static FailureOr<Results> importFusedConv(NodeContext &node) {
  StringRef why;
  auto product = buildConv(node, 1, node.outputIrType(0), why);
  if (failed(product))
    return failure();
  if (!*product)
    return importUnsupported(node, why);
  Value result = *product;
  auto type = cast<RankedTensorType>(result.getType());
  if (node.hasInput(2))
    result = addBias(node, result, node.ir(2),
                     convLayout(node).channelsLast ? type.getRank() - 1 : 1);
  if (node.hasInput(3))
    result = electronic(node, "Add", {result, node.ir(3)}, result.getType());
  auto activated = activate(node, result);
  if (failed(activated))
    return failure();
  return Results{*activated};
}

/// Its pads are an input, besides the attribute.
static FailureOr<Results>
importConvTransposeWithDynamicPads(NodeContext &node) {
  return importUnsupported(node, "its pads are data");
}

void ohas::onnx::addContribConvHandlers(ImportTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"FusedConv", "NhwcFusedConv", "NhwcConv"}, importFusedConv, ms);
  table.addAll({"Conv"}, importFusedConv, "com.microsoft.nchwc");
  table.addAll({"ConvTransposeWithDynamicPads"},
               importConvTransposeWithDynamicPads, ms);
}

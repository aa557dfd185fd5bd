//===- Conv.cpp - Convolutions ----------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conv.h"

using namespace ohas::onnx;
using namespace mlir;
namespace optical = ohas::optical;

static FailureOr<Results> importWithBias(NodeContext &node, bool transposed) {
  StringRef why;
  auto product = buildConv(node, 1, node.outputIrType(0), why, transposed);
  if (failed(product))
    return failure();
  if (!*product)
    return importUnsupported(node, why);
  if (!node.hasInput(2))
    return Results{*product};
  return Results{addBias(node, *product, node.ir(2), 1)};
}

static FailureOr<Results> importConv(NodeContext &node) {
  return importWithBias(node, /*transposed=*/false);
}

static FailureOr<Results> importConvTranspose(NodeContext &node) {
  return importWithBias(node, /*transposed=*/true);
}

/// The accumulated product of an integer convolution, before zero points and
/// scales; null if it has none of the dialect's forms.
static FailureOr<Value> integerConv(NodeContext &node, size_t weight,
                                    StringRef &why) {
  Type type = node.outputIrType(0);
  if (auto ranked = dyn_cast<RankedTensorType>(type))
    type = ranked.clone(node.builder().getI32Type());
  return buildConv(node, weight, type, why);
}

static FailureOr<Results> importConvInteger(NodeContext &node) {
  StringRef why;
  auto sum = integerConv(node, 1, why);
  if (failed(sum))
    return failure();
  if (!*sum)
    return importUnsupported(node, why);
  return Results{subtractZeroPoints(node, *sum, {0, 2}, {1, 3})};
}

static FailureOr<Results> importQLinearConv(NodeContext &node) {
  StringRef why;
  auto sum = integerConv(node, 3, why);
  if (failed(sum))
    return failure();
  if (!*sum)
    return importUnsupported(node, why);
  Value biased = subtractZeroPoints(node, *sum, {0, 2}, {3, 5});
  int64_t rank = cast<RankedTensorType>(biased.getType()).getRank();
  int64_t axis = convLayout(node).channelsLast ? rank - 1 : 1;
  if (node.hasInput(8))
    biased = addBias(node, biased, node.ir(8), axis);
  return Results{requantize(node, biased, {1, 4, 6, 7}, axis)};
}

/// What says where the positions of a bent kernel are.
static SmallVector<NamedAttribute> windowAttributes(NodeContext &node,
                                                    ArrayRef<int64_t> kernel) {
  OpBuilder &builder = node.builder();
  SmallVector<NamedAttribute> attributes = {builder.getNamedAttr(
      "kernel_shape", builder.getDenseI64ArrayAttr(kernel))};
  for (StringRef name : {"strides", "dilations", "pads"})
    if (auto given = node.getInts(name); !given.empty())
      attributes.push_back(
          builder.getNamedAttr(name, builder.getDenseI64ArrayAttr(given)));
  attributes.push_back(builder.getNamedAttr(
      "offset_group",
      builder.getI64IntegerAttr(node.getInt("offset_group", 1))));
  return attributes;
}

/// Bent windows are gathered by electronics, kernel positions beside each
/// other as channels; what is left is a convolution of kernel 1.
static FailureOr<Results> importDeformConv(NodeContext &node) {
  Value input = node.ir(0), weight = node.ir(1);
  auto output = dyn_cast<RankedTensorType>(node.outputIrType(0));
  if (!output || output.getRank() > 5 || !isContractible(input) ||
      !isContractible(weight))
    return importUnsupported(node, "the rank of its operands is not known");
  auto inputType = cast<RankedTensorType>(input.getType());
  auto weightType = cast<RankedTensorType>(weight.getType());
  if (!weightType.hasStaticShape() || inputType.isDynamicDim(1) ||
      weightType.getDimSize(1) < 1 || inputType.getDimSize(1) < 1)
    return importUnsupported(node, "its shapes are not known, or empty");
  ArrayRef<int64_t> kernel = weightType.getShape().drop_front(2);
  int64_t positions = 1;
  for (int64_t size : kernel)
    if (llvm::MulOverflow(positions, size, positions))
      return node.emitError() << "its kernel is too large";
  int64_t channels = inputType.getDimSize(1);
  int64_t taken = weightType.getDimSize(1);
  if (channels % taken != 0 || weightType.getDimSize(0) % (channels / taken))
    return node.emitError()
           << "its weight takes " << taken << " of " << channels << " channels";
  if (output.getRank() < 3 || inputType.getRank() != output.getRank() ||
      weightType.getRank() != output.getRank())
    return node.emitError() << "its input, weight and output have different "
                               "ranks";
  SmallVector<int64_t> gathered(output.getShape());
  gathered[1] = multiply(node, channels, positions);
  SmallVector<Value> inputs = {input, node.ir(2)};
  if (node.hasInput(4))
    inputs.push_back(node.ir(4));
  Value columns =
      electronic(node, "ohas.DeformableIm2Col", inputs,
                 tensorType(node, gathered, inputType.getElementType()),
                 windowAttributes(node, kernel));
  SmallVector<int64_t> flat(output.getRank(), 1);
  flat[0] = weightType.getDimSize(0);
  flat[1] = multiply(node, taken, positions);
  auto op = optical::ConvOp::create(node.builder(), node.loc(), columns,
                                    reshape(node, weight, flat),
                                    ArrayRef<int64_t>(), ArrayRef<int64_t>(),
                                    ArrayRef<int64_t>(), channels / taken);
  op.getResult().setType(output);
  checkContraction(node, op);
  Value result = op;
  if (node.hasInput(3))
    result = addBias(node, result, node.ir(3), 1);
  return Results{result};
}

void ohas::onnx::addConvHandlers(ImportTable &table) {
  table.addAll({"Conv"}, importConv);
  table.addAll({"ConvTranspose"}, importConvTranspose);
  table.addAll({"DeformConv"}, importDeformConv);
  table.addAll({"ConvInteger"}, importConvInteger);
  table.addAll({"QLinearConv"}, importQLinearConv);
  table.addAll({"QLinearConv"}, importQLinearConv, "com.microsoft");
}

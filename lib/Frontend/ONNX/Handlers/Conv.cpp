//===- Conv.cpp - Convolutions ----------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Window.h"
#include "Build.h"

using namespace ohas::onnx;
using namespace mlir;
namespace optical = ohas::optical;

/// Why the operands are no convolution of the dialect, or an empty string.
static StringRef obstacle(Value input, Value weight, const Window &window) {
  if (!isContractible(input) || !isContractible(weight))
    return "the rank or type of its operands is not known";
  auto type = cast<RankedTensorType>(input.getType());
  if (type.getRank() > 5)
    return "it has more than three spatial axes";
  if (!window.padsAreKnown)
    return "its padding depends on dims that are not known (give them with "
           "--dim)";
  auto hasEmptyAxis = [](Value value, unsigned from) {
    auto type = cast<RankedTensorType>(value.getType());
    return llvm::is_contained(type.getShape().drop_front(from), 0);
  };
  if (hasEmptyAxis(input, 1) || hasEmptyAxis(weight, 0))
    return "its operands are empty";
  return "";
}

/// Empty where all entries are `value`, which is the dialect's default.
static ArrayRef<int64_t> unlessAll(ArrayRef<int64_t> values, int64_t value) {
  return llvm::all_of(values, [=](int64_t x) { return x == value; })
             ? ArrayRef<int64_t>()
             : values;
}

static FailureOr<Results> importConv(NodeContext &node) {
  auto convolution = analyzeConvolution(node, 1);
  if (failed(convolution))
    return failure();
  Value input = node.ir(0), weight = node.ir(1);
  const Window &window = convolution->window;
  if (StringRef why = obstacle(input, weight, window); !why.empty())
    return importUnsupported(node, why);
  auto op = optical::ConvOp::create(
      node.builder(), node.loc(), input, weight, unlessAll(window.strides, 1),
      unlessAll(window.dilations, 1), unlessAll(window.pads, 0),
      convolution->group);
  op.getResult().setType(cast<RankedTensorType>(node.outputIrType(0)));
  setPrecision(op, weight, input);
  Value result = op;
  if (node.hasInput(2))
    result = addBias(node, result, node.ir(2), 1);
  return Results{result};
}

static FailureOr<Results> importConvTranspose(NodeContext &node) {
  auto convolution = analyzeConvolution(node, 1, /*transposed=*/true);
  if (failed(convolution))
    return failure();
  Value input = node.ir(0), weight = node.ir(1);
  const Window &window = convolution->window;
  if (StringRef why = obstacle(input, weight, window); !why.empty())
    return importUnsupported(node, why);
  auto op = optical::ConvTransposeOp::create(
      node.builder(), node.loc(), input, weight, unlessAll(window.strides, 1),
      unlessAll(window.dilations, 1), unlessAll(window.pads, 0),
      unlessAll(window.outputPadding, 0), convolution->group);
  op.getResult().setType(cast<RankedTensorType>(node.outputIrType(0)));
  setPrecision(op, weight, input);
  Value result = op;
  if (node.hasInput(2))
    result = addBias(node, result, node.ir(2), 1);
  return Results{result};
}

/// The accumulated product of an integer convolution, before zero points and
/// scales; null (with a warning) if it has none of the dialect's forms.
static FailureOr<Value> accumulate(NodeContext &node, size_t weightInput) {
  auto convolution = analyzeConvolution(node, weightInput);
  if (failed(convolution))
    return failure();
  Value input = node.ir(0), weight = node.ir(weightInput);
  const Window &window = convolution->window;
  if (!obstacle(input, weight, window).empty())
    return Value();
  auto op = optical::ConvOp::create(
      node.builder(), node.loc(), input, weight, unlessAll(window.strides, 1),
      unlessAll(window.dilations, 1), unlessAll(window.pads, 0),
      convolution->group);
  auto type = cast<RankedTensorType>(node.outputIrType(0));
  op.getResult().setType(
      type.clone(IntegerType::get(node.builder().getContext(), 32)));
  return Value(op);
}

/// Zero points that are not known to be 0 are subtracted electronically.
static Value subtractZeroPoints(NodeContext &node, Value sum, size_t first,
                                size_t second) {
  SmallVector<Value> inputs = {sum};
  for (size_t i : {first, second}) {
    if (!node.hasInput(i))
      continue;
    auto known = node.knownInts(i);
    if (!known || llvm::any_of(*known, [](int64_t zero) { return zero != 0; }))
      inputs.push_back(node.ir(i));
  }
  if (inputs.size() == 1)
    return sum;
  inputs.append({node.ir(0), node.ir(1)});
  return electronic(node, "ZeroPointCorrection", inputs, sum.getType());
}

static FailureOr<Results> importConvInteger(NodeContext &node) {
  auto sum = accumulate(node, 1);
  if (failed(sum))
    return failure();
  if (!*sum)
    return importUnsupported(node, "its shapes are not known well enough");
  return Results{subtractZeroPoints(node, *sum, 2, 3)};
}

static FailureOr<Results> importQLinearConv(NodeContext &node) {
  auto sum = accumulate(node, 3);
  if (failed(sum))
    return failure();
  if (!*sum)
    return importUnsupported(node, "its shapes are not known well enough");
  Value biased = *sum;
  if (node.hasInput(8))
    biased = addBias(node, biased, node.ir(8), 1);
  // What is left: scales and zero points of x, w and y.
  SmallVector<Value> inputs = {biased};
  for (size_t i : {1, 2, 4, 5, 6, 7})
    if (node.hasInput(i))
      inputs.push_back(node.ir(i));
  return Results{electronic(node, "Requantize", inputs, node.outputIrType(0))};
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
      weightType.getDimSize(1) < 1)
    return importUnsupported(node, "its shapes are not known");
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
  SmallVector<int64_t> gathered(output.getShape());
  gathered[1] = channels * positions;
  SmallVector<Value> inputs = {input, node.ir(2)};
  if (node.hasInput(4))
    inputs.push_back(node.ir(4));
  Value columns =
      electronic(node, "DeformableIm2Col", inputs,
                 RankedTensorType::get(gathered, inputType.getElementType()));
  SmallVector<int64_t> flat(output.getRank(), 1);
  flat[0] = weightType.getDimSize(0);
  flat[1] = taken * positions;
  auto op = optical::ConvOp::create(node.builder(), node.loc(), columns,
                                    reshape(node, weight, flat),
                                    ArrayRef<int64_t>(), ArrayRef<int64_t>(),
                                    ArrayRef<int64_t>(), channels / taken);
  op.getResult().setType(output);
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
}

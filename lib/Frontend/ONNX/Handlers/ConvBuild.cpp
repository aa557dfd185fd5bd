//===- ConvBuild.cpp - Building convolutions --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conv.h"

using namespace ohas::onnx;
using namespace mlir;
namespace optical = ohas::optical;

ArrayRef<int64_t> ohas::onnx::unlessAll(ArrayRef<int64_t> values,
                                        int64_t value) {
  return llvm::all_of(values, [=](int64_t x) { return x == value; })
             ? ArrayRef<int64_t>()
             : values;
}

static ArrayRef<int64_t> dimsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Why the operands are no convolution of the dialect, or an empty string.
static StringRef obstacle(Value input, Value weight, const Window &window) {
  if (!isContractible(input) || !isContractible(weight))
    return "the rank or type of its operands is not known";
  auto isStatic = [](Value value) {
    return cast<RankedTensorType>(value.getType()).hasStaticShape();
  };
  if (dimsOf(input).size() > 5 && !(isStatic(input) && isStatic(weight)))
    return "it has more than three spatial axes, and its shapes are not known "
           "(give open dims with --dim)";
  if (!window.padsAreKnown)
    return "its padding depends on dims that are not known (give them with "
           "--dim)";
  if (llvm::is_contained(dimsOf(input).drop_front(), 0) ||
      llvm::is_contained(dimsOf(weight), 0))
    return "its operands are empty";
  return "";
}

Value ohas::onnx::createConv(NodeContext &node, Value input, Value weight,
                             const Window &window, int64_t group, Type type,
                             bool transposed) {
  Operation *op;
  if (transposed)
    op = optical::ConvTransposeOp::create(
        node.builder(), node.loc(), input, weight, unlessAll(window.strides, 1),
        unlessAll(window.dilations, 1), unlessAll(window.pads, 0),
        unlessAll(window.outputPadding, 0), group);
  else
    op = optical::ConvOp::create(
        node.builder(), node.loc(), input, weight, unlessAll(window.strides, 1),
        unlessAll(window.dilations, 1), unlessAll(window.pads, 0), group);
  op->getResult(0).setType(type);
  setPrecision(op, weight, input);
  checkContraction(node, op);
  return op->getResult(0);
}

Value ohas::onnx::channelsFirst(NodeContext &node, Value value) {
  int64_t rank = dimsOf(value).size();
  SmallVector<int64_t> permutation = {0, rank - 1};
  llvm::append_range(permutation, llvm::seq<int64_t>(1, rank - 1));
  return relayout(node, value, permutation);
}

Value ohas::onnx::channelsLast(NodeContext &node, Value value) {
  int64_t rank = dimsOf(value).size();
  SmallVector<int64_t> permutation = {0};
  llvm::append_range(permutation, llvm::seq<int64_t>(2, rank));
  permutation.push_back(1);
  return relayout(node, value, permutation);
}

FailureOr<Value> ohas::onnx::buildConv(NodeContext &node, size_t weightInput,
                                       Type type, StringRef &why,
                                       bool transposed) {
  auto convolution = analyzeConvolution(node, weightInput, transposed);
  if (failed(convolution))
    return failure();
  Value input = node.ir(0), weight = node.ir(weightInput);
  const Window &window = convolution->window;
  why = obstacle(input, weight, window);
  auto result = dyn_cast<RankedTensorType>(type);
  if (why.empty() && !result)
    why = "the rank of its output is not known";
  if (!why.empty())
    return Value();
  if (result.getRank() != rankedType(node, input).getRank())
    return node.emitError()
           << "its output has " << result.getRank() << " dims, its input "
           << rankedType(node, input).getRank();
  ConvLayout layout = convLayout(node);
  if (layout.weightLast)
    weight = channelsFirst(node, weight);
  if (layout.channelsLast) {
    input = channelsFirst(node, input);
    SmallVector<int64_t> dims(result.getShape());
    std::rotate(dims.begin() + 1, dims.end() - 1, dims.end());
    result = RankedTensorType::get(dims, result.getElementType());
  }
  Value product =
      dimsOf(input).size() > 5
          ? buildHighRankConv(node, input, weight, window, convolution->group,
                              result, transposed)
          : createConv(node, input, weight, window, convolution->group, result,
                       transposed);
  return layout.channelsLast ? channelsLast(node, product) : product;
}

//===----------------------------------------------------------------------===//
// More than three spatial axes
//===----------------------------------------------------------------------===//

Value ohas::onnx::buildHighRankConv(NodeContext &node, Value input,
                                    Value weight, const Window &window,
                                    int64_t group, RankedTensorType type,
                                    bool transposed) {
  size_t axes = window.strides.size(), unfolded = axes - 3;
  ArrayRef<int64_t> in = dimsOf(input), kernel = dimsOf(weight),
                    out = type.getShape();
  // Where windows begin: output positions, or input positions if transposed.
  ArrayRef<int64_t> positions = transposed ? in : out;
  int64_t numPositions = 1, numTaps = 1;
  for (size_t axis = 0; axis < unfolded; ++axis) {
    numPositions = multiply(node, numPositions, positions[axis + 2]);
    numTaps = multiply(node, numTaps, kernel[axis + 2]);
  }
  Window rest;
  rest.strides.assign(window.strides.end() - 3, window.strides.end());
  rest.dilations.assign(window.dilations.end() - 3, window.dilations.end());
  rest.pads.assign(window.pads.begin() + unfolded, window.pads.begin() + axes);
  rest.pads.append(window.pads.end() - 3, window.pads.end());
  if (transposed)
    rest.outputPadding.assign(window.outputPadding.end() - 3,
                              window.outputPadding.end());

  Builder &builder = node.builder();
  auto list = [&](StringRef name, ArrayRef<int64_t> values) {
    return builder.getNamedAttr(name, builder.getDenseI64ArrayAttr(values));
  };
  SmallVector<int64_t> pads(window.pads.begin(),
                            window.pads.begin() + unfolded);
  pads.append(window.pads.begin() + axes,
              window.pads.begin() + axes + unfolded);
  SmallVector<NamedAttribute> how = {
      list("kernel_shape", kernel.slice(2, unfolded)),
      list("strides", ArrayRef<int64_t>(window.strides).take_front(unfolded)),
      list("dilations",
           ArrayRef<int64_t>(window.dilations).take_front(unfolded)),
      list("pads", pads)};

  // Images x positions, channels (x taps), the last three axes.
  auto withDims = [](int64_t images, int64_t channels, ArrayRef<int64_t> last) {
    SmallVector<int64_t> dims = {images, channels};
    dims.append(last.begin(), last.end());
    return dims;
  };
  SmallVector<int64_t> flat = withDims(
      kernel[0], multiply(node, kernel[1], numTaps), kernel.take_back(3));
  weight = reshape(node, weight, flat);
  Type element = cast<RankedTensorType>(input.getType()).getElementType();
  int64_t images = multiply(node, in[0], numPositions);
  if (!transposed) {
    input =
        electronic(node, "ohas.Im2Col", input,
                   tensorType(node,
                              withDims(images, multiply(node, in[1], numTaps),
                                       in.take_back(3)),
                              element),
                   how);
    Value product =
        createConv(node, input, weight, rest, group,
                   tensorType(node, withDims(images, out[1], out.take_back(3)),
                              type.getElementType()),
                   false);
    SmallVector<int64_t> grown = {out[0]};
    llvm::append_range(grown, out.slice(2, unfolded));
    grown.push_back(out[1]);
    llvm::append_range(grown, out.take_back(3));
    product = reshape(node, product, grown);
    SmallVector<int64_t> permutation = {0, static_cast<int64_t>(unfolded) + 1};
    llvm::append_range(permutation, llvm::seq<int64_t>(1, unfolded + 1));
    llvm::append_range(permutation,
                       llvm::seq<int64_t>(unfolded + 2, out.size()));
    return relayout(node, product, permutation);
  }
  // Every input position gives a window of outputs, which then are added.
  SmallVector<int64_t> permutation = {0};
  llvm::append_range(permutation, llvm::seq<int64_t>(2, unfolded + 2));
  permutation.push_back(1);
  llvm::append_range(permutation, llvm::seq<int64_t>(unfolded + 2, in.size()));
  Value folded = reshape(node, relayout(node, input, permutation),
                         withDims(images, in[1], in.take_back(3)));
  Value product =
      createConv(node, folded, weight, rest, group,
                 tensorType(node,
                            withDims(images, multiply(node, out[1], numTaps),
                                     out.take_back(3)),
                            type.getElementType()),
                 true);
  return electronic(node, "ohas.Col2Im", product, type, how);
}

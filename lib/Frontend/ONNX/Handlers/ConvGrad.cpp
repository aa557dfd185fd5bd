//===- ConvGrad.cpp - Gradients of a convolution ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Training graphs of ONNX Runtime have ConvGrad(dY, X, W) -> dX, dW, dB.
//   dX: every gradient adds a kernel to the input: a transposed convolution.
//   dW: a convolution of X with dY as its kernel, where images are channels,
//       channels images, strides dilations and dilations strides.
//   dB: a sum.
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "../Window.h"
#include "Conv.h"

using namespace ohas::onnx;
using namespace mlir;
namespace optical = ohas::optical;

namespace {
struct Gradient {
  NodeContext &node;
  Value dY, x, weight;
  Window window; // of the convolution forwards
  int64_t group;

  ArrayRef<int64_t> dimsOf(Value value) const {
    return rankedType(node, value).getShape();
  }
  RankedTensorType type(ArrayRef<int64_t> dims) const {
    return tensorType(node, dims, rankedType(node, x).getElementType());
  }
  Value ofInput() const;
  FailureOr<Value> ofWeight() const;
  Value ofBias() const;
};
} // namespace

Value Gradient::ofInput() const {
  // The input may reach further than the last window: output_padding.
  SmallVector<int64_t> padding;
  size_t axes = window.strides.size();
  for (size_t axis = 0; axis < axes; ++axis) {
    int64_t covered = (dimsOf(dY)[axis + 2] - 1) * window.strides[axis] +
                      (dimsOf(weight)[axis + 2] - 1) * window.dilations[axis] +
                      1;
    int64_t padded =
        dimsOf(x)[axis + 2] + window.pads[axis] + window.pads[axis + axes];
    padding.push_back(padded - covered);
  }
  auto op = optical::ConvTransposeOp::create(
      node.builder(), node.loc(), dY, weight, unlessAll(window.strides, 1),
      unlessAll(window.dilations, 1), unlessAll(window.pads, 0),
      unlessAll(padding, 0), group);
  op.getResult().setType(type(dimsOf(x)));
  checkContraction(node, op);
  setPrecision(op, weight, dY);
  return op;
}

FailureOr<Value> Gradient::ofWeight() const {
  ArrayRef<int64_t> in = dimsOf(x), kernel = dimsOf(weight);
  int64_t images = in[0], channels = in[1] / group, outputs = kernel[0];
  size_t axes = window.strides.size();
  // What the windows do not reach is left out, so that the result is as large
  // as the kernel.
  Value input = x;
  SmallVector<int64_t> pads(window.pads.begin(), window.pads.end());
  for (size_t axis = 0; axis < axes; ++axis) {
    int64_t covered = (dimsOf(dY)[axis + 2] - 1) * window.strides[axis] +
                      (kernel[axis + 2] - 1) * window.dilations[axis] + 1;
    int64_t extra = in[axis + 2] + pads[axis] + pads[axis + axes] - covered;
    int64_t fromPads = std::min(extra, pads[axis + axes]);
    pads[axis + axes] -= fromPads;
    if (extra > fromPads)
      input = sliceView(node, input, axis + 2, 0,
                        dimsOf(input)[axis + 2] - (extra - fromPads));
  }
  // [N, g C, ...] to [C, g N, ...]: images are channels of every group.
  SmallVector<int64_t> split = {images, group, channels};
  split.append(dimsOf(input).begin() + 2, dimsOf(input).end());
  SmallVector<int64_t> permutation = {2, 1, 0};
  for (size_t axis = 0; axis < axes; ++axis)
    permutation.push_back(axis + 3);
  input = relayout(node, reshape(node, input, split), permutation);
  SmallVector<int64_t> merged = {channels, group * images};
  merged.append(dimsOf(input).begin() + 3, dimsOf(input).end());
  input = reshape(node, input, merged);
  SmallVector<int64_t> swap =
      llvm::to_vector(llvm::seq<int64_t>(0, static_cast<int64_t>(axes) + 2));
  std::swap(swap[0], swap[1]);
  Value gradient = relayout(node, dY, swap);
  auto op = optical::ConvOp::create(node.builder(), node.loc(), input, gradient,
                                    unlessAll(window.dilations, 1),
                                    unlessAll(window.strides, 1),
                                    unlessAll(pads, 0), group);
  SmallVector<int64_t> result = {channels, outputs};
  result.append(kernel.begin() + 2, kernel.end());
  op.getResult().setType(type(result));
  checkContraction(node, op);
  setPrecision(op, gradient, input);
  return relayout(node, op, swap);
}

Value Gradient::ofBias() const {
  SmallVector<int64_t> axes = {0};
  for (size_t axis = 2; axis < dimsOf(dY).size(); ++axis)
    axes.push_back(axis);
  Builder &builder = node.builder();
  return electronic(
      node, "ReduceSum", dY, type({dimsOf(weight)[0]}),
      {builder.getNamedAttr("axes", builder.getDenseI64ArrayAttr(axes)),
       builder.getNamedAttr("keepdims", builder.getI64IntegerAttr(0))});
}

static FailureOr<Results> importConvGrad(NodeContext &node) {
  auto form = analyzeConvolution(node, /*weight=*/2, /*transposed=*/false,
                                 /*input=*/1);
  if (failed(form))
    return failure();
  auto gradient = node.inputShape(0), input = node.inputShape(1),
       weight = node.inputShape(2);
  if (!gradient || !input || !weight || input->size() > 5 ||
      !numElements(*gradient) || !numElements(*input) ||
      !numElements(*weight) || *numElements(*gradient) == 0 ||
      *numElements(*weight) == 0 || *numElements(*input) == 0)
    return importUnsupported(node, "its shapes are not known well enough");
  if (llvm::map_to_vector(*gradient, [](Dim d) { return d.size; }) !=
      llvm::map_to_vector(form->output, [](Dim d) { return d.size; }))
    return node.emitError()
           << "its gradient is " << toString(*gradient)
           << ", the convolution's output " << toString(form->output);
  Gradient build{node,       node.ir(0),   node.ir(1),
                 node.ir(2), form->window, form->group};
  Results results;
  if (node.numOutputs() > 0)
    results.push_back(node.hasOutput(0) ? build.ofInput() : Value());
  if (node.numOutputs() > 1) {
    results.emplace_back();
    if (node.hasOutput(1)) {
      auto ofWeight = build.ofWeight();
      if (failed(ofWeight))
        return failure();
      results.back() = *ofWeight;
    }
  }
  if (node.numOutputs() > 2)
    results.push_back(node.hasOutput(2) ? build.ofBias() : Value());
  return results;
}

void ohas::onnx::addConvGradHandlers(ImportTable &table) {
  table.addAll({"ConvGrad"}, importConvGrad, "com.microsoft");
}

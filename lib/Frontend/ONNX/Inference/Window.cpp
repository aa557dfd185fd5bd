//===- Window.cpp - Types of convolutions and pooling -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Window.h"
#include "../Operators.h"

using namespace ohas::onnx;
using namespace mlir;

static LogicalResult inferConvolution(NodeContext &node, size_t weight,
                                      int32_t type, bool transposed = false) {
  auto result = analyzeConvolution(node, weight, transposed);
  if (failed(result))
    return failure();
  if (result->output.empty())
    node.setOutput(0, type);
  else
    node.setOutput(0, type, result->output);
  return success();
}

static LogicalResult checkBias(NodeContext &node, size_t bias) {
  auto shape = node.inputShape(bias), output = node.outputShape(0);
  if (!shape || !output)
    return success();
  Dim channels = convLayout(node).channelsLast ? output->back() : (*output)[1];
  if (shape->size() != 1 || ((*shape)[0].isKnown() && channels.isKnown() &&
                             (*shape)[0].size != channels.size))
    return node.emitError()
           << "its bias is " << toString(*shape) << " but its output has "
           << toString({channels}) << " channels";
  return success();
}

static LogicalResult inferConv(NodeContext &node) {
  return success(succeeded(inferConvolution(node, 1, node.inputType(0))) &&
                 succeeded(checkBias(node, 2)));
}

static LogicalResult inferConvTranspose(NodeContext &node) {
  return success(
      succeeded(inferConvolution(node, 1, node.inputType(0), true)) &&
      succeeded(checkBias(node, 2)));
}

static LogicalResult inferConvInteger(NodeContext &node) {
  return inferConvolution(node, 1, Int32);
}

static LogicalResult inferQLinearConv(NodeContext &node) {
  return success(succeeded(inferConvolution(node, 3, node.inputType(7))) &&
                 succeeded(checkBias(node, 8)));
}

/// Deformable convolution: windows are bent, but as many as before.
static LogicalResult inferDeformConv(NodeContext &node) {
  auto input = node.inputShape(0), weight = node.inputShape(1);
  node.setOutput(0, node.inputType(0));
  if (!input || !weight)
    return success();
  if (input->size() < 3 || weight->size() != input->size())
    return node.emitError() << "its input is " << toString(*input)
                            << " but its weight " << toString(*weight);
  auto window = slidingWindow(node, ArrayRef<Dim>(*input).drop_front(2),
                              ArrayRef<Dim>(*weight).drop_front(2));
  if (failed(window))
    return failure();
  Shape output = {(*input)[0], (*weight)[0]};
  output.append(window->output);
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferPool(NodeContext &node) {
  auto input = node.inputShape(0);
  bool hasIndices = node.numOutputs() > 1;
  if (!input) {
    node.setOutput(0, node.inputType(0));
    if (hasIndices)
      node.setOutput(1, Int64);
    return success();
  }
  if (input->size() < 3)
    return node.emitError() << "its input is " << toString(*input)
                            << "; batch, channels and spatial axes are needed";
  SmallVector<int64_t> kernel = node.getInts("kernel_shape");
  if (kernel.size() != input->size() - 2)
    return node.emitError()
           << "attribute 'kernel_shape' has " << kernel.size()
           << " entries where " << input->size() - 2 << " are expected";
  auto window = slidingWindow(node, ArrayRef<Dim>(*input).drop_front(2),
                              Shape(kernel.begin(), kernel.end()));
  if (failed(window))
    return failure();
  Shape output = {(*input)[0], (*input)[1]};
  output.append(window->output);
  node.setOutput(0, node.inputType(0), output);
  if (hasIndices)
    node.setOutput(1, Int64, output);
  return success();
}

/// The size of what was pooled, unless an input says it: (in - 1) x stride +
/// kernel - pads.
static LogicalResult inferMaxUnpool(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  if (auto sizes = node.knownInts(2)) {
    Shape output;
    for (int64_t size : *sizes) {
      if (size < 0)
        return node.emitError() << "its output_shape has " << size;
      output.push_back(size);
    }
    node.setOutput(0, node.inputType(0), output);
    return success();
  }
  if (!input || node.hasInput(2))
    return success();
  if (input->size() < 2)
    return node.emitError() << "its input is " << toString(*input)
                            << "; a batch and channels are needed";
  size_t axes = input->size() - 2;
  auto list = [&](StringRef name, size_t size, int64_t otherwise) {
    SmallVector<int64_t> values = node.getInts(name);
    if (values.empty())
      values.assign(size, otherwise);
    return values;
  };
  auto kernel = list("kernel_shape", axes, 1),
       strides = list("strides", axes, 1), pads = list("pads", 2 * axes, 0);
  if (kernel.size() != axes || strides.size() != axes ||
      pads.size() != 2 * axes)
    return node.emitError() << "kernel_shape, strides and pads do not have a "
                               "value for each of "
                            << axes << " axes";
  Shape output(input->begin(), input->begin() + 2);
  for (size_t axis = 0; axis < axes; ++axis) {
    Dim dim = (*input)[axis + 2];
    int64_t padding;
    if (dim.isKnown() &&
        (llvm::MulOverflow(dim.size - 1, strides[axis], dim.size) ||
         llvm::AddOverflow(dim.size, kernel[axis], dim.size) ||
         llvm::AddOverflow(pads[axis], pads[axis + axes], padding) ||
         llvm::SubOverflow(dim.size, padding, dim.size) || dim.size < 0))
      return node.emitError()
             << "its windows leave nothing of axis " << axis + 2;
    output.push_back(dim.isKnown() ? dim : Dim());
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

/// One pooled image for each region.
static LogicalResult inferMaxRoiPool(NodeContext &node) {
  auto input = node.inputShape(0), regions = node.inputShape(1);
  node.setOutput(0, node.inputType(0));
  if (!input || !regions)
    return success();
  SmallVector<int64_t> pooled = node.getInts("pooled_shape");
  if (input->size() < 3 || regions->size() != 2 ||
      pooled.size() != input->size() - 2 ||
      llvm::any_of(pooled, [](int64_t size) { return size < 1; }))
    return node.emitError()
           << "its input is " << toString(*input) << ", its regions are "
           << toString(*regions) << " and pooled_shape has " << pooled.size()
           << " sizes, which do not fit";
  Shape output = {(*regions)[0], (*input)[1]};
  output.append(pooled.begin(), pooled.end());
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferCol2Im(NodeContext &node) {
  auto input = node.inputShape(0);
  auto image = node.knownInts(1), block = node.knownInts(2);
  if (!input || !image || !block) {
    node.setOutput(0, node.inputType(0));
    return success();
  }
  if (input->size() != 3)
    return node.emitError()
           << "its input is " << toString(*input) << "; three dims are needed";
  auto count = numElements(*block);
  Dim channels;
  if ((*input)[1].isKnown() && count && *count > 0)
    channels = (*input)[1].size / *count;
  Shape output = {(*input)[0], channels};
  output.append(image->begin(), image->end());
  node.setOutput(0, node.inputType(0), output);
  return success();
}

void ohas::onnx::addWindowInference(InferTable &table) {
  table.addAll({"Conv"}, inferConv);
  table.addAll({"FusedConv", "NhwcFusedConv", "NhwcConv"}, inferConv,
               "com.microsoft");
  table.addAll({"Conv"}, inferConv, "com.microsoft.nchwc");
  table.addAll({"ConvTranspose"}, inferConvTranspose);
  table.addAll({"ConvInteger"}, inferConvInteger);
  table.addAll({"QLinearConv"}, inferQLinearConv);
  table.addAll({"QLinearConv"}, inferQLinearConv, "com.microsoft");
  table.addAll({"DeformConv"}, inferDeformConv);
  table.addAll({"AveragePool", "MaxPool", "LpPool"}, inferPool);
  table.addAll({"MaxUnpool"}, inferMaxUnpool);
  table.addAll({"MaxRoiPool"}, inferMaxRoiPool);
  table.addAll({"Col2Im"}, inferCol2Im);
}

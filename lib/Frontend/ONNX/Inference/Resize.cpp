//===- Resize.cpp - Types of resampling -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"
#include <cmath>

using namespace ohas::onnx;
using namespace mlir;

/// Dims times scales, rounded down.
static FailureOr<Shape> scaled(NodeContext &node, const Shape &input,
                               ArrayRef<double> scales,
                               ArrayRef<int64_t> axes) {
  Shape output = input;
  for (auto [axis, scale] : llvm::zip(axes, scales)) {
    if (!(scale > 0) || !std::isfinite(scale))
      return node.emitError() << "a scale is not above 0";
    Dim &dim = output[axis];
    if (scale == 1)
      continue;
    double size = std::floor(static_cast<double>(dim.size) * scale);
    if (dim.isKnown() && size > 1e15)
      return node.emitError() << "its output would be too large";
    dim = dim.isKnown() ? Dim(static_cast<int64_t>(size)) : Dim();
  }
  return output;
}

/// With an aspect ratio to keep, all axes are scaled as one of them.
static void keepAspectRatio(NodeContext &node, const Shape &input,
                            SmallVectorImpl<int64_t> &sizes,
                            ArrayRef<int64_t> axes) {
  StringRef policy = node.getString("keep_aspect_ratio_policy", "stretch");
  if (policy == "stretch")
    return;
  double best = 0;
  for (auto [axis, size] : llvm::zip(axes, sizes)) {
    if (!input[axis].isKnown() || input[axis].size == 0)
      return;
    double scale = static_cast<double>(size) / input[axis].size;
    if (best == 0)
      best = scale;
    best =
        policy == "not_larger" ? std::min(best, scale) : std::max(best, scale);
  }
  for (auto [axis, size] : llvm::zip(axes, sizes))
    size = std::llround(best * input[axis].size);
}

static LogicalResult inferResize(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  // Opset 10: X, scales. Later: X, roi, scales, sizes.
  size_t scalesAt = node.opset < 11 ? 1 : 2;
  SmallVector<int64_t> axes;
  for (int64_t axis : node.getInts("axes")) {
    auto positive = normalizeAxis(axis, input->size());
    if (!positive)
      return node.emitError() << "axis " << axis << " is out of range";
    axes.push_back(*positive);
  }
  if (axes.empty())
    llvm::append_range(axes, llvm::seq<int64_t>(0, input->size()));
  node.setOutput(0, node.inputType(0), Shape(input->size()));
  auto isEmpty = [&](size_t i) {
    if (!node.hasInput(i))
      return true;
    auto shape = node.inputShape(i);
    return shape && shape->size() == 1 && (*shape)[0].size == 0;
  };
  if (!isEmpty(3) && scalesAt == 2) {
    const KnownTensor *known = node.known(3);
    if (!known)
      return success();
    if (known->elements.size() != axes.size())
      return node.emitError() << "it has " << known->elements.size()
                              << " sizes for " << axes.size() << " axes";
    Shape output = *input;
    if (auto sizes = known->integers()) {
      for (int64_t size : *sizes)
        if (size < 0)
          return node.emitError() << "a size is " << size;
      keepAspectRatio(node, *input, *sizes, axes);
      for (auto [axis, size] : llvm::zip(axes, *sizes))
        output[axis] = size;
    } else {
      for (auto [axis, size] : llvm::zip(axes, known->elements))
        output[axis] =
            size.isInt() ? Dim(size.integer) : Dim::named(size.symbol);
    }
    node.setOutput(0, node.inputType(0), output);
    return success();
  }
  if (isEmpty(scalesAt))
    return node.emitError() << "it has neither scales nor sizes";
  const KnownTensor *known = node.known(scalesAt);
  auto scales = known ? known->reals() : std::nullopt;
  if (!scales)
    return success();
  if (scales->size() != axes.size())
    return node.emitError() << "it has " << scales->size() << " scales for "
                            << axes.size() << " axes";
  auto output = scaled(node, *input, *scales, axes);
  if (failed(output))
    return failure();
  node.setOutput(0, node.inputType(0), *output);
  return success();
}

static LogicalResult inferUpsample(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  if (!input)
    return success();
  node.setOutput(0, node.inputType(0), Shape(input->size()));
  SmallVector<double> scales;
  if (node.opset < 7) {
    scales.assign(input->size(), 1);
    if (scales.size() == 4) {
      scales[2] = node.getFloat("height_scale", 1);
      scales[3] = node.getFloat("width_scale", 1);
    }
  } else if (node.opset < 9) {
    if (const AttributeProto *given = node.attribute("scales"))
      scales.assign(given->floats().begin(), given->floats().end());
  } else if (const KnownTensor *known = node.known(1)) {
    if (auto values = known->reals())
      scales.assign(values->begin(), values->end());
  }
  if (scales.empty())
    return success();
  if (scales.size() != input->size())
    return node.emitError()
           << "it has " << scales.size() << " scales for " << toString(*input);
  SmallVector<int64_t> axes(llvm::to_vector(
      llvm::seq<int64_t>(0, static_cast<int64_t>(input->size()))));
  auto output = scaled(node, *input, scales, axes);
  if (failed(output))
    return failure();
  node.setOutput(0, node.inputType(0), *output);
  return success();
}

static LogicalResult inferGridSample(NodeContext &node) {
  auto input = node.inputShape(0), grid = node.inputShape(1);
  node.setOutput(0, node.inputType(0));
  if (!input || !grid || input->size() < 3 || grid->size() != input->size())
    return success();
  Shape output = {(*input)[0], (*input)[1]};
  output.append(grid->begin() + 1, grid->end() - 1);
  node.setOutput(0, node.inputType(0), output);
  return success();
}

void ohas::onnx::addResizeInference(InferTable &table) {
  table.addAll({"Resize"}, inferResize);
  table.addAll({"Upsample"}, inferUpsample);
  table.addAll({"GridSample"}, inferGridSample);
}

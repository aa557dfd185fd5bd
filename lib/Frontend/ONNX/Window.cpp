//===- Window.cpp - Kernels that slide over spatial axes --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Window.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::onnx;
using namespace mlir;

/// Far above any real size, and small enough that sums and products of two
/// stay in 64 bits.
static constexpr int64_t maxExtent = int64_t(1) << 31;

/// An attribute with `count` entries in [least, maxExtent], `otherwise` if it
/// is absent.
static FailureOr<SmallVector<int64_t, 3>> entries(NodeContext &node,
                                                  StringRef name, size_t count,
                                                  int64_t least,
                                                  int64_t otherwise) {
  SmallVector<int64_t> given = node.getInts(name);
  if (given.empty())
    return SmallVector<int64_t, 3>(count, otherwise);
  // Exporters of pooling over one axis pad the list.
  if (given.size() != count)
    return node.emitError() << "attribute '" << name << "' has " << given.size()
                            << " entries where " << count << " are expected";
  for (int64_t value : given)
    if (value < least || value > maxExtent)
      return node.emitError() << "attribute '" << name << "' has " << value
                              << ", which is out of range";
  return SmallVector<int64_t, 3>(given.begin(), given.end());
}

static FailureOr<Window> commonWindow(NodeContext &node, ArrayRef<Dim> input,
                                      ArrayRef<Dim> kernel) {
  Window window;
  window.kernel.assign(kernel.begin(), kernel.end());
  size_t rank = input.size();
  for (const Dim &dim : kernel)
    if (dim.isKnown() && (dim.size < 1 || dim.size > maxExtent))
      return node.emitError() << "its kernel has a dim of " << dim.size;
  for (const Dim &dim : input)
    if (dim.isKnown() && dim.size > maxExtent)
      return node.emitError() << "its input has a dim of " << dim.size;
  auto strides = entries(node, "strides", rank, 1, 1);
  auto dilations = entries(node, "dilations", rank, 1, 1);
  auto pads = entries(node, "pads", 2 * rank, 0, 0);
  if (failed(strides) || failed(dilations) || failed(pads))
    return failure();
  window.strides = *strides;
  window.dilations = *dilations;
  window.pads.assign(pads->begin(), pads->end());
  StringRef autoPad = node.getString("auto_pad", "NOTSET");
  if (autoPad != "NOTSET" && autoPad != "VALID" && autoPad != "SAME_UPPER" &&
      autoPad != "SAME_LOWER" && !autoPad.empty())
    return node.emitError() << "auto_pad cannot be '" << autoPad << "'";
  if (autoPad == "VALID")
    window.pads.assign(2 * rank, 0);
  return window;
}

static bool isSame(NodeContext &node) {
  return node.getString("auto_pad").starts_with("SAME");
}

/// Splits padding in halves; the odd one at the end, or with SAME_LOWER at the
/// begin.
static void splitPadding(NodeContext &node, Window &window, size_t axis,
                         int64_t total) {
  int64_t small = total / 2, large = total - small;
  bool lower = node.getString("auto_pad") == "SAME_LOWER";
  window.pads[axis] = lower ? large : small;
  window.pads[axis + window.pads.size() / 2] = lower ? small : large;
}

FailureOr<Window> ohas::onnx::slidingWindow(NodeContext &node,
                                            ArrayRef<Dim> input,
                                            ArrayRef<Dim> kernel) {
  FailureOr<Window> window = commonWindow(node, input, kernel);
  if (failed(window))
    return failure();
  bool ceil = node.getInt("ceil_mode", 0) != 0;
  for (size_t axis = 0; axis < input.size(); ++axis) {
    int64_t stride = window->strides[axis];
    if (!kernel[axis].isKnown() || !input[axis].isKnown()) {
      bool keeps = isSame(node) && stride == 1;
      if (isSame(node) && !(keeps && kernel[axis].isKnown()))
        window->padsAreKnown = false;
      else if (isSame(node))
        splitPadding(node, *window, axis,
                     (kernel[axis].size - 1) * window->dilations[axis]);
      // A window as large as the padding around it keeps the size.
      if (!keeps && kernel[axis].isKnown() && stride == 1)
        keeps = (kernel[axis].size - 1) * window->dilations[axis] ==
                window->pads[axis] + window->pads[axis + input.size()];
      window->output.push_back(keeps ? input[axis] : Dim());
      continue;
    }
    int64_t size = input[axis].size;
    int64_t reach = (kernel[axis].size - 1) * window->dilations[axis] + 1;
    if (isSame(node)) {
      int64_t output = llvm::divideCeil(size, stride);
      splitPadding(node, *window, axis,
                   std::max<int64_t>((output - 1) * stride + reach - size, 0));
      window->output.push_back(output);
      continue;
    }
    int64_t begin = window->pads[axis];
    int64_t free = size + begin + window->pads[axis + input.size()] - reach;
    // Nothing in, nothing out.
    if (size == 0) {
      window->output.push_back(0);
      continue;
    }
    if (free < 0)
      return node.emitError()
             << "its window of " << reach << " does not fit into "
             << free + reach << " along spatial axis " << axis;
    int64_t output = free / stride + 1;
    // With ceil_mode a last, partial window counts if it starts in the input
    // or the padding before it.
    if (ceil && free % stride != 0 && output * stride < size + begin)
      ++output;
    window->output.push_back(output);
  }
  return window;
}

FailureOr<Window> ohas::onnx::transposedWindow(NodeContext &node,
                                               ArrayRef<Dim> input,
                                               ArrayRef<Dim> kernel) {
  FailureOr<Window> window = commonWindow(node, input, kernel);
  if (failed(window))
    return failure();
  size_t rank = input.size();
  auto padding = entries(node, "output_padding", rank, 0, 0);
  if (failed(padding))
    return failure();
  window->outputPadding = *padding;
  SmallVector<int64_t> wanted = node.getInts("output_shape");
  if (wanted.size() == rank + 2)
    wanted.erase(wanted.begin(), wanted.begin() + 2);
  if (!wanted.empty() && wanted.size() != rank)
    return node.emitError() << "attribute 'output_shape' has " << wanted.size()
                            << " entries where " << rank << " are expected";
  for (size_t axis = 0; axis < rank; ++axis) {
    if (!kernel[axis].isKnown() || !input[axis].isKnown()) {
      window->padsAreKnown &= wanted.empty() && !isSame(node);
      window->output.push_back(wanted.empty() ? Dim() : Dim(wanted[axis]));
      continue;
    }
    int64_t stride = window->strides[axis];
    // Bounded factors: at most 2^62 each, of which two are added.
    int64_t full = stride * std::max<int64_t>(input[axis].size - 1, 0) / 2 +
                   (kernel[axis].size - 1) * window->dilations[axis] / 2;
    if (full > maxExtent)
      return node.emitError() << "its output would be too large";
    full = stride * (input[axis].size - 1) +
           (kernel[axis].size - 1) * window->dilations[axis] + 1 +
           window->outputPadding[axis];
    if (!wanted.empty() || isSame(node)) {
      int64_t size = wanted.empty() ? input[axis].size * stride : wanted[axis];
      if (size < 0 || size > 2 * maxExtent)
        return node.emitError() << "its output cannot have a dim of " << size;
      // An output that is larger than all windows is padded at the end.
      window->outputPadding[axis] += std::max<int64_t>(size - full, 0);
      splitPadding(node, *window, axis, std::max<int64_t>(full - size, 0));
      window->output.push_back(size);
      continue;
    }
    int64_t size = full - window->pads[axis] - window->pads[axis + rank];
    if (size < 0)
      return node.emitError() << "its padding is larger than its output";
    window->output.push_back(size);
  }
  return window;
}

ConvLayout ohas::onnx::convLayout(const NodeContext &node) {
  ConvLayout layout;
  if (node.domain() != "com.microsoft")
    return layout;
  layout.weightLast = node.opType().starts_with("Nhwc");
  layout.channelsLast =
      layout.weightLast || node.getInt("channels_last", 0) != 0;
  return layout;
}

/// The last dim becomes the second.
static void moveChannelsFirst(std::optional<Shape> &shape) {
  if (shape && shape->size() > 2)
    std::rotate(shape->begin() + 1, shape->end() - 1, shape->end());
}

FailureOr<Convolution> ohas::onnx::analyzeConvolution(NodeContext &node,
                                                      size_t weight,
                                                      bool transposed,
                                                      size_t inputAt) {
  auto input = node.inputShape(inputAt), kernel = node.inputShape(weight);
  ConvLayout layout = convLayout(node);
  if (layout.channelsLast)
    moveChannelsFirst(input);
  if (layout.weightLast)
    moveChannelsFirst(kernel);
  Convolution result;
  result.group = node.getInt("group", 1);
  if (result.group < 1)
    return node.emitError() << "attribute 'group' is " << result.group;
  if (!input || !kernel)
    return result;
  if (input->size() < 3)
    return node.emitError() << "its input is " << toString(*input)
                            << "; batch, channels and spatial axes are needed";
  if (input->size() != kernel->size())
    return node.emitError() << "its input is " << toString(*input)
                            << " but its weight " << toString(*kernel);
  ArrayRef<Dim> spatial = ArrayRef<Dim>(*kernel).drop_front(2);
  if (SmallVector<int64_t> given = node.getInts("kernel_shape");
      !given.empty()) {
    bool fits = given.size() == spatial.size();
    for (auto [dim, size] : llvm::zip(spatial, given))
      fits &= !dim.isKnown() || dim.size == size;
    if (!fits)
      return node.emitError() << "attribute 'kernel_shape' disagrees with the "
                                 "weight, which is "
                              << toString(*kernel);
  }
  Dim channels = (*input)[1], first = (*kernel)[0], second = (*kernel)[1];
  // Conv has M x C/g, ConvTranspose C x M/g.
  Dim weightChannels = transposed ? first : second;
  int64_t factor = transposed ? 1 : result.group;
  if (channels.isKnown() && weightChannels.isKnown() &&
      (channels.size % factor != 0 ||
       channels.size / factor != weightChannels.size))
    return node.emitError()
           << "its input is " << toString(*input) << " but its weight "
           << toString(*kernel) << ", with group " << result.group;
  if (first.isKnown() && first.size % result.group != 0)
    return node.emitError()
           << "group " << result.group << " does not divide " << first.size;
  ArrayRef<Dim> positions = ArrayRef<Dim>(*input).drop_front(2);
  auto window = transposed ? transposedWindow(node, positions, spatial)
                           : slidingWindow(node, positions, spatial);
  if (failed(window))
    return failure();
  result.window = std::move(*window);
  Dim outputs = first;
  if (transposed) {
    outputs = second;
    if (second.isKnown() &&
        llvm::MulOverflow(second.size, result.group, outputs.size))
      return node.emitError() << "its output would be too large";
  }
  result.output = {(*input)[0], outputs};
  result.output.append(result.window.output);
  if (layout.channelsLast)
    std::rotate(result.output.begin() + 1, result.output.begin() + 2,
                result.output.end());
  return result;
}

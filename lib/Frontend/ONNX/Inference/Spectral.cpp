//===- Spectral.cpp - Types of Fourier transforms ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::onnx;
using namespace mlir;

/// The last dim holds real and imaginary parts. One-sided transforms leave out
/// what follows from symmetry: of the output forwards, of the input backwards.
static LogicalResult inferDFT(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto shape = node.inputShape(0);
  if (!shape)
    return success();
  if (shape->size() < 2)
    return node.emitError() << "its input is " << toString(*shape)
                            << "; a signal and its parts are needed";
  // The axis became an input in opset 20.
  int64_t wanted = node.opset < 20 ? node.getInt("axis", 1) : -2;
  bool isAxisKnown = true;
  if (node.opset >= 20 && node.hasInput(2)) {
    auto given = node.knownInts(2);
    isAxisKnown = given && given->size() == 1;
    if (isAxisKnown)
      wanted = given->front();
  }
  bool oneSided = node.getInt("onesided", 0),
       inverse = node.getInt("inverse", 0);
  Shape output = *shape;
  output.back() = oneSided && inverse ? 1 : 2;
  if (!isAxisKnown) {
    std::fill(output.begin(), output.end() - 1, Dim());
    node.setOutput(0, node.inputType(0), output);
    return success();
  }
  auto axis = normalizeAxis(wanted, shape->size());
  if (!axis || *axis + 1 == static_cast<int64_t>(shape->size()))
    return node.emitError()
           << "axis " << wanted << " is out of range for " << toString(*shape);
  Dim length = (*shape)[*axis];
  if (oneSided && inverse)
    length = length.isKnown() ? Dim(std::max<int64_t>(2 * (length.size - 1), 0))
                              : Dim();
  if (node.hasInput(1)) {
    auto given = node.knownInts(1);
    if (given && (given->size() != 1 || given->front() < 0))
      return node.emitError() << "its length is no number of samples";
    length = given ? Dim(given->front()) : Dim();
  }
  if (oneSided && !inverse)
    length = length.isKnown() ? Dim(length.size / 2 + 1) : Dim();
  output[*axis] = length;
  node.setOutput(0, node.inputType(0), output);
  return success();
}

/// Frames are whole ones only. Inputs: a signal, the step from frame to frame,
/// a window and the length of a frame.
static LogicalResult inferSTFT(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto signal = node.inputShape(0);
  if (!signal || signal->size() < 2)
    return success();
  auto one = [&](size_t i) {
    auto given = node.knownInts(i);
    return given && given->size() == 1 ? Dim(given->front()) : Dim();
  };
  Dim step = one(1), length = node.hasInput(3) ? one(3) : Dim();
  if (auto window = node.inputShape(2);
      !node.hasInput(3) && window && window->size() == 1)
    length = window->front();
  if ((step.isKnown() && step.size < 1) ||
      (length.isKnown() && length.size < 1))
    return node.emitError() << "its frames or their steps are not above 0";
  Shape output = {signal->front(), Dim(), length, Dim(2)};
  if (length.isKnown() && node.getInt("onesided", 1))
    output[2] = Dim(length.size / 2 + 1);
  Dim samples = (*signal)[1];
  if (samples.isKnown() && step.isKnown() && length.isKnown())
    output[1] = Dim(samples.size < length.size
                        ? 0
                        : (samples.size - length.size) / step.size + 1);
  node.setOutput(0, node.inputType(0), output);
  return success();
}

void ohas::onnx::addSpectralInference(InferTable &table) {
  table.addAll({"STFT"}, inferSTFT);
  table.addAll({"DFT"}, inferDFT);
}

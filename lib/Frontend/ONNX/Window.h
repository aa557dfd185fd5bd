//===- Window.h - Kernels that slide over spatial axes ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_WINDOW_H
#define OHAS_LIB_FRONTEND_ONNX_WINDOW_H

#include "NodeContext.h"

namespace ohas::onnx {

/// The window of a convolution or pooling, attributes checked, defaults filled
/// in, auto_pad resolved.
struct Window {
  Shape kernel;
  llvm::SmallVector<int64_t, 3> strides, dilations, outputPadding;
  /// Begins, then ends. Where an input dim is unknown, auto_pad may be too.
  llvm::SmallVector<int64_t, 6> pads;
  bool padsAreKnown = true;
  /// Spatial dims of the output.
  Shape output;
};

/// The window over spatial dims `input` with `kernel`. The node says what is
/// wrong otherwise.
mlir::FailureOr<Window> slidingWindow(NodeContext &node,
                                      llvm::ArrayRef<Dim> input,
                                      llvm::ArrayRef<Dim> kernel);
mlir::FailureOr<Window> transposedWindow(NodeContext &node,
                                         llvm::ArrayRef<Dim> input,
                                         llvm::ArrayRef<Dim> kernel);

/// Where channels are: ONNX has them second, ONNX Runtime's own convolutions
/// may have them last, in the input and output and in the weight.
struct ConvLayout {
  bool channelsLast = false;
  bool weightLast = false;
};
ConvLayout convLayout(const NodeContext &node);

/// Checks the operands of a convolution; the output's shape, in the node's
/// layout, and the window.
struct Convolution {
  Window window;
  int64_t group;
  Shape output;
};
mlir::FailureOr<Convolution> analyzeConvolution(NodeContext &node,
                                                size_t weight,
                                                bool transposed = false,
                                                size_t input = 0);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_WINDOW_H

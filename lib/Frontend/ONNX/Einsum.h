//===- Einsum.h - Equations of Einsum ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_EINSUM_H
#define OHAS_LIB_FRONTEND_ONNX_EINSUM_H

#include "NodeContext.h"
#include "llvm/ADT/DenseMap.h"

namespace ohas::onnx {

/// An equation with its ellipses spelled out: one label a dim, of which those
/// below 'A' stand for the dims of an ellipsis.
struct EinsumEquation {
  llvm::SmallVector<std::string> inputs;
  std::string output;
  llvm::DenseMap<char, Dim> dims;

  Shape outputShape() const { return shapeOf(output); }
  Shape shapeOf(llvm::StringRef labels) const;
};

/// The equation of a node; nothing if the rank of an input is not known.
mlir::FailureOr<std::optional<EinsumEquation>> parseEinsum(NodeContext &node);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_EINSUM_H

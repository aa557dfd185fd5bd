//===- Inference.h - The types of a node's outputs --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_INFERENCE_H
#define OHAS_LIB_FRONTEND_ONNX_INFERENCE_H

#include "NodeContext.h"

namespace ohas::onnx {

/// Infers the types of the outputs by our own function for the operator, else
/// by libonnx's, else from the type constraints of its schema.
mlir::LogicalResult inferTypes(NodeContext &node);

/// True for nodes that hand on their input: Identity, and Dropout in inference.
bool isForwarded(const NodeContext &node);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_INFERENCE_H

//===- ControlFlow.h - If, Loop, Scan and SequenceMap -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_CONTROLFLOW_H
#define OHAS_LIB_FRONTEND_ONNX_CONTROLFLOW_H

#include "Operators.h"

namespace ohas::onnx {

/// The type that values of both types have: dims that differ are open, and so
/// is the rank if that differs. Nothing if the element types differ.
std::optional<TypeProto> commonType(const TypeProto &a, const TypeProto &b);

/// `value` with another, more general type.
mlir::Value generalize(NodeContext &node, mlir::Value value, mlir::Type type);

/// The i1 in a tensor of one bool.
mlir::Value conditionOf(NodeContext &node, mlir::Value tensor);
/// The index in a tensor of one integer, and back.
mlir::Value indexOf(NodeContext &node, mlir::Value tensor);
mlir::Value tensorOf(NodeContext &node, mlir::Value index);

/// The bool or integer of a tensor with one element, if it is known.
std::optional<int64_t> knownScalar(const ValueInfo &info);

mlir::FailureOr<Results> importLoop(NodeContext &node);
mlir::FailureOr<Results> importScan(NodeContext &node);
mlir::FailureOr<Results> importSequenceMap(NodeContext &node);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_CONTROLFLOW_H

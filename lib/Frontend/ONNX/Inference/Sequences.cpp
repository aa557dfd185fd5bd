//===- Sequences.cpp - Types of sequences and optionals ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// What an optional holds; since opset 18 other values stand for themselves.
static LogicalResult inferOptionalGetElement(NodeContext &node) {
  if (!node.hasInput(0))
    return success();
  const TypeProto &type = node.inputs[0]->type;
  if (!type.has_optional_type()) {
    if (node.opset < 18 && type.value_case() != TypeProto::VALUE_NOT_SET)
      return node.emitError()
             << "its input is " << toString(type) << "; an optional is needed";
    node.outputTypes[0] = type;
    return success();
  }
  node.outputTypes[0] = type.optional_type().elem_type();
  return success();
}

static LogicalResult inferOptionalHasElement(NodeContext &node) {
  node.setOutput(0, Bool, ArrayRef<Dim>());
  return success();
}

void ohas::onnx::addSequenceInference(InferTable &table) {
  table.addAll({"OptionalGetElement"}, inferOptionalGetElement);
  table.addAll({"OptionalHasElement"}, inferOptionalHasElement);
}

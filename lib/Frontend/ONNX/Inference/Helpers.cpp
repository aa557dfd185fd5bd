//===- Helpers.cpp - What inference functions share -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

std::optional<Shape> ohas::onnx::broadcastShapes(ArrayRef<Dim> a,
                                                 ArrayRef<Dim> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  Shape result(a.begin(), a.end());
  size_t shift = a.size() - b.size();
  for (auto [i, other] : llvm::enumerate(b)) {
    Dim &dim = result[i + shift];
    if (dim.isKnown() && other.isKnown()) {
      if (dim.size == 1)
        dim = other;
      else if (other.size != 1 && other.size != dim.size)
        return std::nullopt;
      continue;
    }
    // An open dim beside a size above 1 must be that size or 1.
    if (other.isKnown())
      dim = other.size == 1 ? dim : other;
    else if (dim.isKnown())
      dim = dim.size == 1 ? other : dim;
    else if (!dim.isSameAs(other))
      dim = Dim();
  }
  return result;
}

LogicalResult ohas::onnx::inferSameAsFirst(NodeContext &node) {
  if (auto shape = node.inputShape(0))
    node.setOutput(0, node.inputType(0), *shape);
  else
    node.setOutput(0, node.inputType(0));
  return success();
}

std::optional<SmallVector<int64_t>>
ohas::onnx::intsOf(NodeContext &node, size_t i, StringRef attribute) {
  if (!attribute.empty())
    return node.getInts(attribute);
  if (!node.hasInput(i))
    return SmallVector<int64_t>();
  return node.knownInts(i);
}

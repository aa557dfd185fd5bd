//===- Helpers.h - What evaluation shares -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Evaluation runs after inference, and an output whose shape is not static or
// not small is not evaluated. A shape may be what the model declares against
// all inference: what an output would read beyond an input is unknown.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_EVALUATION_HELPERS_H
#define OHAS_LIB_FRONTEND_ONNX_EVALUATION_HELPERS_H

#include "../Operators.h"

namespace ohas::onnx {

using Dims = llvm::SmallVector<int64_t, 4>;

/// The dims of output `i`, if they are known and few enough elements.
std::optional<Dims> smallOutput(const NodeContext &node, size_t i = 0);

/// Output `i` is these elements (of the inferred type and shape).
void setKnown(NodeContext &node, std::vector<Element> elements, size_t i = 0);

/// Row-major strides.
Dims rowMajor(llvm::ArrayRef<int64_t> dims);

/// Calls `visit` with every index of a tensor in row-major order.
template <typename Visit>
void forEachIndex(llvm::ArrayRef<int64_t> dims, Visit visit) {
  if (llvm::is_contained(dims, 0))
    return;
  Dims index(dims.size(), 0);
  while (true) {
    visit(llvm::ArrayRef<int64_t>(index));
    size_t axis = dims.size();
    while (axis > 0 && ++index[axis - 1] == dims[axis - 1])
      index[--axis] = 0;
    if (axis == 0)
      return;
  }
}

/// The element that `tensor` broadcasts to `index` of a larger tensor.
const Element &broadcastElement(const KnownTensor &tensor,
                                llvm::ArrayRef<int64_t> index);

/// Rounded and wrapped to what the type can hold.
Element fitElement(Element element, int32_t type);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_EVALUATION_HELPERS_H

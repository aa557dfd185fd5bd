//===- Helpers.cpp - What evaluation shares ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace ohas::onnx;

std::optional<Dims> ohas::onnx::smallOutput(const NodeContext &node, size_t i) {
  if (!node.hasOutput(i))
    return std::nullopt;
  auto shape = node.outputShape(i);
  if (!shape)
    return std::nullopt;
  auto count = numElements(*shape);
  if (!count || *count > maxKnownElements)
    return std::nullopt;
  Dims dims;
  for (const Dim &dim : *shape)
    dims.push_back(dim.size);
  return dims;
}

void ohas::onnx::setKnown(NodeContext &node, std::vector<Element> elements,
                          size_t i) {
  auto dims = smallOutput(node, i);
  if (!dims || numElements(llvm::ArrayRef<int64_t>(*dims)) !=
                   static_cast<int64_t>(elements.size()))
    return;
  int32_t type = elementTypeOf(node.outputTypes[i]);
  if (!isInteger(type) && !isReal(type) && type != Bool)
    return;
  auto known = std::make_shared<KnownTensor>();
  known->elementType = type;
  known->dims.assign(dims->begin(), dims->end());
  for (Element &element : elements)
    element = fitElement(element, type);
  known->elements = std::move(elements);
  node.outputKnown[i] = std::move(known);
}

Dims ohas::onnx::rowMajor(llvm::ArrayRef<int64_t> dims) {
  Dims strides(dims.size(), 1);
  for (size_t i = dims.size(); i > 1; --i)
    strides[i - 2] = strides[i - 1] * dims[i - 1];
  return strides;
}

const Element &ohas::onnx::broadcastElement(const KnownTensor &tensor,
                                            llvm::ArrayRef<int64_t> index) {
  int64_t at = 0;
  if (index.size() < tensor.dims.size())
    return tensor.at(-1);
  size_t shift = index.size() - tensor.dims.size();
  for (auto [axis, dim] : llvm::enumerate(tensor.dims))
    at = at * dim + (dim == 1 ? 0 : index[axis + shift]);
  return tensor.at(at);
}

Element ohas::onnx::fitElement(Element element, int32_t type) {
  if (element.kind == Element::Unknown)
    return element;
  if (isReal(type)) {
    double value = element.asReal();
    return Element::of(type == Double
                           ? value
                           : static_cast<double>(static_cast<float>(value)));
  }
  int64_t value = element.integer;
  if (element.kind == Element::Real) {
    // Out of range is undefined in ONNX, and would be in C++.
    if (!(std::abs(element.real) < 9e18))
      return Element();
    value =
        type == Bool ? element.real != 0 : static_cast<int64_t>(element.real);
  }
  const ElementTypeInfo &info = elementTypeInfo(type);
  if (type == Bool)
    return Element::of(int64_t(value != 0));
  if (info.bits >= 64)
    return Element::of(value);
  uint64_t bits =
      static_cast<uint64_t>(value) & ((uint64_t(1) << info.bits) - 1);
  return Element::of(info.family == Family::Signed
                         ? llvm::SignExtend64(bits, info.bits)
                         : static_cast<int64_t>(bits));
}

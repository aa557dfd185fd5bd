//===- KnownTensor.cpp - What is known of a tensor's contents ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KnownTensor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::onnx;

std::optional<int64_t> ohas::onnx::numElements(llvm::ArrayRef<int64_t> dims) {
  // A zero anywhere makes the product 0, whatever the others would overflow to.
  if (llvm::is_contained(dims, 0))
    return 0;
  int64_t product = 1;
  for (int64_t dim : dims)
    if (dim < 0 || llvm::MulOverflow(product, dim, product))
      return std::nullopt;
  return product;
}

std::optional<int64_t> ohas::onnx::numElements(llvm::ArrayRef<Dim> shape) {
  return numElements(
      llvm::map_to_vector(shape, [](const Dim &dim) { return dim.size; }));
}

bool ohas::onnx::isPlausible(llvm::ArrayRef<Dim> shape) {
  llvm::SmallVector<int64_t> known;
  for (const Dim &dim : shape)
    if (dim.isKnown())
      known.push_back(dim.size);
  auto count = numElements(known);
  return shape.size() <= maxRank && count && *count < maxElements &&
         llvm::all_of(known, [](int64_t size) { return size >= 0; });
}

bool KnownTensor::isComplete() const {
  return llvm::all_of(elements, [](const Element &element) {
    return element.kind != Element::Unknown;
  });
}

std::optional<llvm::SmallVector<int64_t>> KnownTensor::integers() const {
  llvm::SmallVector<int64_t> values;
  for (const Element &element : elements) {
    if (!element.isInt())
      return std::nullopt;
    values.push_back(element.integer);
  }
  return values;
}

std::optional<llvm::SmallVector<double>> KnownTensor::reals() const {
  if (!isComplete())
    return std::nullopt;
  return llvm::map_to_vector(
      elements, [](const Element &element) { return element.asReal(); });
}

KnownTensor KnownTensor::vector(int32_t elementType,
                                std::vector<Element> elements) {
  KnownTensor tensor;
  tensor.elementType = elementType;
  tensor.dims = {static_cast<int64_t>(elements.size())};
  tensor.elements = std::move(elements);
  return tensor;
}

KnownTensor KnownTensor::scalar(int32_t elementType, Element element) {
  KnownTensor tensor;
  tensor.elementType = elementType;
  tensor.elements = {element};
  return tensor;
}

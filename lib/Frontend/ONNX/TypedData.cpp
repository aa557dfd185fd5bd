//===- TypedData.cpp - Data in the fields of its type -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypedData.h"
#include "ElementTypes.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace ohas::onnx;

/// Each number of a field in its low bytes; complex ones are two numbers.
template <typename Field>
static std::string bytesOf(const Field &field, unsigned size) {
  std::string bytes(size_t(field.size()) * size, '\0');
  for (int i = 0; i < field.size(); ++i) {
    auto value = field.Get(i);
    std::memcpy(bytes.data() + size_t(i) * size, &value, size);
  }
  return bytes;
}

std::string ohas::onnx::typedBytes(const TensorProto &tensor) {
  unsigned size = std::max(1u, elementTypeInfo(tensor.data_type()).bits / 8);
  if (tensor.float_data_size())
    return bytesOf(tensor.float_data(), 4);
  if (tensor.double_data_size())
    return bytesOf(tensor.double_data(), 8);
  if (tensor.int64_data_size())
    return bytesOf(tensor.int64_data(), 8);
  if (tensor.uint64_data_size())
    return bytesOf(tensor.uint64_data(), size);
  return bytesOf(tensor.int32_data(), size);
}

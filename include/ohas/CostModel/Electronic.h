//===- Electronic.h - Work that light does not do ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_ELECTRONIC_H
#define OHAS_COSTMODEL_ELECTRONIC_H

#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>
#include <optional>

namespace ohas::cost {

/// How much a vector unit does per element of an electronic operation. Shape
/// work (reshape, constants, shape arithmetic) is free of energy and time;
/// Movement (transpose, concat, slice, gather, pad) only moves data.
enum class OperationClass : uint8_t {
  Shape,
  Movement,
  Elementwise,
  Activation,
  Softmax,
  Normalization,
  Pooling,
  Reduction,
  Quantization,
  Control,
  Other,
};
inline constexpr unsigned numOperationClasses = 11;

constexpr unsigned index(OperationClass c) { return static_cast<unsigned>(c); }
llvm::StringRef name(OperationClass operationClass); // "softmax", ...
std::optional<OperationClass> parseOperationClass(llvm::StringRef text);

/// One electronic operation.
struct ElectronicWork {
  OperationClass operationClass = OperationClass::Other;
  /// Elements operated on: of the result, or for reductions and pooling every
  /// element that is visited.
  int64_t elements = 0;
  int64_t bitsRead = 0, bitsWritten = 0;
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_ELECTRONIC_H

//===- HostTensor.h - A tensor in memory, and in files ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SUPPORT_HOSTTENSOR_H
#define OHAS_SUPPORT_HOSTTENSOR_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace ohas {

/// Row-major elements of a type as MLIR spells it: f32, i64, ui8, i1 (a byte).
struct HostTensor {
  std::string element;
  llvm::SmallVector<int64_t, 4> shape;
  std::vector<char> bytes;

  int64_t numElements() const;
  /// "2x3xf32"
  std::string typeName() const;
  /// Element i as a number.
  double at(int64_t i) const;
  void set(int64_t i, double value);
};

/// Bytes of an element in memory; 0 for a type that is not known. Integers
/// below 8 bits take a byte.
unsigned elementBytes(llvm::StringRef element);

/// NumPy's .npy, versions 1 to 3: little-endian, in C order.
llvm::Expected<HostTensor> readNpy(llvm::StringRef bytes);
std::string writeNpy(const HostTensor &tensor);

} // namespace ohas

#endif // OHAS_SUPPORT_HOSTTENSOR_H

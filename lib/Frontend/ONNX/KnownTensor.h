//===- KnownTensor.h - What is known of a tensor's contents -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reshape, Expand, Slice, Resize and others need the values of small tensors,
// often computed by the model itself from the shapes of other tensors. Single
// elements may be unknown, yet have a name: the symbolic dim that they are.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_KNOWNTENSOR_H
#define OHAS_LIB_FRONTEND_ONNX_KNOWNTENSOR_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <optional>

namespace ohas::onnx {

/// A dim: a size, or a symbol, or neither.
struct Dim {
  static constexpr int64_t unknown = -1;
  int64_t size = unknown;
  llvm::StringRef symbol;

  Dim() = default;
  Dim(int64_t size) : size(size) {}
  static Dim named(llvm::StringRef symbol) {
    Dim dim;
    dim.symbol = symbol;
    return dim;
  }
  bool isKnown() const { return size != unknown; }
  bool isSameAs(const Dim &other) const {
    return isKnown()
               ? size == other.size
               : !other.isKnown() && !symbol.empty() && symbol == other.symbol;
  }
};
using Shape = llvm::SmallVector<Dim, 6>;

/// The product of the sizes, if all are known and it fits.
std::optional<int64_t> numElements(llvm::ArrayRef<Dim> shape);
std::optional<int64_t> numElements(llvm::ArrayRef<int64_t> dims);

/// A tensor of so many elements is taken for a mistake of the model.
inline constexpr int64_t maxElements = int64_t(1) << 40;
/// And one of so many dims.
inline constexpr size_t maxRank = 64;
/// False if there are too many dims, if one is negative, or if those that are
/// known multiply to too many elements.
bool isPlausible(llvm::ArrayRef<Dim> shape);

/// One element: an integer (also bool), a real, or an unknown integer that may
/// have a symbol.
struct Element {
  enum Kind : uint8_t { Unknown, Int, Real } kind = Unknown;
  union {
    int64_t integer = 0;
    double real;
  };
  llvm::StringRef symbol;

  static Element of(int64_t value) {
    Element element;
    element.kind = Int;
    element.integer = value;
    return element;
  }
  static Element of(double value) {
    Element element;
    element.kind = Real;
    element.real = value;
    return element;
  }
  static Element of(const Dim &dim) {
    if (dim.isKnown())
      return of(dim.size);
    Element element;
    element.symbol = dim.symbol;
    return element;
  }
  bool isInt() const { return kind == Int; }
  double asReal() const {
    return kind == Int ? static_cast<double>(integer) : real;
  }
  bool operator==(const Element &other) const {
    if (kind != other.kind)
      return false;
    return kind == Int    ? integer == other.integer
           : kind == Real ? real == other.real
                          : !symbol.empty() && symbol == other.symbol;
  }
};

/// Tensors with more elements than this are not looked into.
inline constexpr int64_t maxKnownElements = 4096;

struct KnownTensor {
  int32_t elementType = 0;
  llvm::SmallVector<int64_t, 2> dims;
  std::vector<Element> elements; // row-major

  bool isComplete() const;
  /// An element by its place; unknown where there is none.
  const Element &at(int64_t place) const {
    static const Element none;
    return place >= 0 && place < static_cast<int64_t>(elements.size())
               ? elements[place]
               : none;
  }
  /// All elements as integers, if they are known ones.
  std::optional<llvm::SmallVector<int64_t>> integers() const;
  std::optional<llvm::SmallVector<double>> reals() const;

  static KnownTensor vector(int32_t elementType, std::vector<Element> elements);
  static KnownTensor scalar(int32_t elementType, Element element);
};
using KnownTensorRef = std::shared_ptr<const KnownTensor>;

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_KNOWNTENSOR_H

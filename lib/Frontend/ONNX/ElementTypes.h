//===- ElementTypes.h - TensorProto's data types ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One table of all data types up to ONNX 1.21: libonnx 1.12 ends at bfloat16,
// but newer numbers pass through its messages unharmed.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_ELEMENTTYPES_H
#define OHAS_LIB_FRONTEND_ONNX_ELEMENTTYPES_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace ohas::onnx {

enum ElementType : int32_t {
  Undefined = 0,
  Float,
  UInt8,
  Int8,
  UInt16,
  Int16,
  Int32,
  Int64,
  String,
  Bool,
  Float16,
  Double,
  UInt32,
  UInt64,
  Complex64,
  Complex128,
  BFloat16,
  Float8E4M3FN,
  Float8E4M3FNUZ,
  Float8E5M2,
  Float8E5M2FNUZ,
  UInt4,
  Int4,
  Float4E2M1,
  Float8E8M0,
  UInt2,
  Int2,
};
inline constexpr int32_t numElementTypes = Int2 + 1;

enum class Family : uint8_t {
  None,
  Real,
  Signed,
  Unsigned,
  Bool,
  Complex,
  String
};

struct ElementTypeInfo {
  llvm::StringLiteral name; // as ONNX spells it: "float", "int64", ...
  unsigned bits;
  Family family;
};

/// Undefined's entry for numbers that are no data type.
const ElementTypeInfo &elementTypeInfo(int32_t type);

inline bool isElementType(int32_t type) {
  return type > Undefined && type < numElementTypes;
}
inline bool isInteger(int32_t type) {
  Family family = elementTypeInfo(type).family;
  return family == Family::Signed || family == Family::Unsigned;
}
/// Integers of at most 16 bits: what quantised tensors are made of.
inline bool isQuantized(int32_t type) {
  return isInteger(type) && elementTypeInfo(type).bits <= 16;
}
inline bool isReal(int32_t type) {
  return elementTypeInfo(type).family == Family::Real;
}
/// What weights are made of; the other tensors hold shapes, indices or flags.
inline bool isWeightType(int32_t type) {
  return isReal(type) || isQuantized(type);
}

/// The MLIR type: signed integers are signless, unsigned ones ui<N>, strings
/// and undefined types opaque.
mlir::Type convertElementType(int32_t type, mlir::MLIRContext *context);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_ELEMENTTYPES_H

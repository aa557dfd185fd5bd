//===- ElementTypes.cpp - TensorProto's data types --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementTypes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "ohas/Optical/Optical.h"

using namespace ohas::onnx;

static constexpr ElementTypeInfo table[numElementTypes] = {
    {"undefined", 0, Family::None},      {"float", 32, Family::Real},
    {"uint8", 8, Family::Unsigned},      {"int8", 8, Family::Signed},
    {"uint16", 16, Family::Unsigned},    {"int16", 16, Family::Signed},
    {"int32", 32, Family::Signed},       {"int64", 64, Family::Signed},
    {"string", 0, Family::String},       {"bool", 8, Family::Bool},
    {"float16", 16, Family::Real},       {"double", 64, Family::Real},
    {"uint32", 32, Family::Unsigned},    {"uint64", 64, Family::Unsigned},
    {"complex64", 64, Family::Complex},  {"complex128", 128, Family::Complex},
    {"bfloat16", 16, Family::Real},      {"float8e4m3fn", 8, Family::Real},
    {"float8e4m3fnuz", 8, Family::Real}, {"float8e5m2", 8, Family::Real},
    {"float8e5m2fnuz", 8, Family::Real}, {"uint4", 4, Family::Unsigned},
    {"int4", 4, Family::Signed},         {"float4e2m1", 4, Family::Real},
    {"float8e8m0", 8, Family::Real},     {"uint2", 2, Family::Unsigned},
    {"int2", 2, Family::Signed},
};

const ElementTypeInfo &ohas::onnx::elementTypeInfo(int32_t type) {
  return table[isElementType(type) ? type : Undefined];
}

mlir::Type ohas::onnx::convertElementType(int32_t type,
                                          mlir::MLIRContext *context) {
  using namespace mlir;
  const ElementTypeInfo &info = elementTypeInfo(type);
  switch (info.family) {
  case Family::Signed:
    return IntegerType::get(context, info.bits);
  case Family::Unsigned:
    return IntegerType::get(context, info.bits, IntegerType::Unsigned);
  case Family::Bool:
    return IntegerType::get(context, 1);
  case Family::Complex:
    return ComplexType::get(type == Complex64 ? Type(Float32Type::get(context))
                                              : Float64Type::get(context));
  case Family::String:
  case Family::None:
    return optical::OpaqueType::get(context, info.name);
  case Family::Real:
    break;
  }
  switch (type) {
  case Float16:
    return Float16Type::get(context);
  case BFloat16:
    return BFloat16Type::get(context);
  case Double:
    return Float64Type::get(context);
  case Float8E4M3FN:
    return Float8E4M3FNType::get(context);
  case Float8E4M3FNUZ:
    return Float8E4M3FNUZType::get(context);
  case Float8E5M2:
    return Float8E5M2Type::get(context);
  case Float8E5M2FNUZ:
    return Float8E5M2FNUZType::get(context);
  case Float4E2M1:
    return Float4E2M1FNType::get(context);
  case Float8E8M0:
    return Float8E8M0FNUType::get(context);
  default:
    return Float32Type::get(context);
  }
}

//===- TypedData.h - Data in the fields of its type -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_TYPEDDATA_H
#define OHAS_LIB_FRONTEND_ONNX_TYPEDDATA_H

#include "Proto.h"
#include <string>

namespace ohas::onnx {

/// The bytes of a checked tensor whose data is in the field of its type rather
/// than raw: those that raw data would be. Empty if there are none.
std::string typedBytes(const TensorProto &tensor);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_TYPEDDATA_H

//===- Proto.h - The ONNX messages under our namespace ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas::onnx would hide ::onnx, so that the names are brought in one by one.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_PROTO_H
#define OHAS_LIB_FRONTEND_ONNX_PROTO_H

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#include <onnx/onnx_pb.h>
#pragma GCC diagnostic pop

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace ohas::onnx {

using ::onnx::AttributeProto;
using ::onnx::FunctionProto;
using ::onnx::GraphProto;
using ::onnx::ModelProto;
using ::onnx::NodeProto;
using ::onnx::SparseTensorProto;
using ::onnx::TensorProto;
using ::onnx::TensorShapeProto;
using ::onnx::TypeProto;
using ::onnx::ValueInfoProto;

/// "" and "ai.onnx" are the same domain.
inline llvm::StringRef canonicalDomain(llvm::StringRef domain) {
  return domain == "ai.onnx" ? llvm::StringRef() : domain;
}

/// The numbers of a repeated field.
template <typename T>
llvm::SmallVector<T> toVector(const google::protobuf::RepeatedField<T> &field) {
  return llvm::SmallVector<T>(field.begin(), field.end());
}

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_PROTO_H

//===- Container.h - What kind of file this is ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_CONTAINER_H
#define OHAS_LIB_FRONTEND_ONNX_CONTAINER_H

#include "llvm/ADT/StringRef.h"

namespace ohas::onnx {

/// What a file is that is certainly no binary ONNX model ("a safetensors
/// file", ...), or an empty string.
llvm::StringRef foreignFormat(llvm::StringRef bytes);

/// True for text in ONNX's own syntax: comments, then `<` or an identifier.
bool looksLikeTextModel(llvm::StringRef bytes);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_CONTAINER_H

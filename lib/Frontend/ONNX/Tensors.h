//===- Tensors.h - What a TensorProto holds ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_TENSORS_H
#define OHAS_LIB_FRONTEND_ONNX_TENSORS_H

#include "ElementTypes.h"
#include "KnownTensor.h"
#include "Proto.h"

namespace ohas::onnx {

/// What is wrong with the type, dims or amount of data of a tensor, in words
/// that continue its name. `raw` are its bytes, where they are bytes. A tensor
/// without any data is right: the weights were stripped off.
std::optional<std::string> checkTensor(const TensorProto &tensor,
                                       std::optional<llvm::StringRef> raw,
                                       bool &hasData);

/// The contents of a small, checked tensor of numbers; null of any other.
KnownTensorRef decodeTensor(const TensorProto &tensor,
                            std::optional<llvm::StringRef> raw);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_TENSORS_H

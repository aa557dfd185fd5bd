//===- TensorFile.h - Tensors that ONNX keeps in files ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_FRONTEND_ONNX_TENSORFILE_H
#define OHAS_FRONTEND_ONNX_TENSORFILE_H

#include "ohas/Support/HostTensor.h"

namespace ohas::onnx {

/// The tensor of a serialised TensorProto, as backend tests have them. Errors
/// continue the file's name.
llvm::Expected<HostTensor> readTensorFile(llvm::StringRef bytes);

} // namespace ohas::onnx

#endif // OHAS_FRONTEND_ONNX_TENSORFILE_H

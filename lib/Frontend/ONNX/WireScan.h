//===- WireScan.h - A model's bytes without its weights ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Protobuf copies every `bytes` field. Weights are most of a model, and a cost
// needs none of them, so that the file is first scanned on the wire level: the
// scan checks the nesting of messages, and leaves out the bulk of large
// tensors. Such a tensor says by its `segment` (a field that no exporter
// writes) where in the file its bytes are.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_WIRESCAN_H
#define OHAS_LIB_FRONTEND_ONNX_WIRESCAN_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>

namespace ohas::onnx {

/// Tensors with fewer bytes than this stay in the message.
inline constexpr size_t bulkBytes = 1024;

/// Messages nested deeper than this are refused, as protobuf does.
inline constexpr unsigned maxNesting = 100;

/// The bytes of the ModelProto in `bytes` without the bulk of its tensors, or
/// nothing if there is no bulk. Fails on malformed bytes.
llvm::Expected<std::optional<std::string>> stripBulk(llvm::StringRef bytes);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_WIRESCAN_H

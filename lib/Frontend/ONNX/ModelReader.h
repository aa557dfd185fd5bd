//===- ModelReader.h - Bytes to a ModelProto --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_MODELREADER_H
#define OHAS_LIB_FRONTEND_ONNX_MODELREADER_H

#include "Proto.h"
#include "ohas/Frontend/ONNX/Import.h"
#include "llvm/Support/Error.h"
#include <google/protobuf/arena.h>

namespace ohas::onnx {

/// A model and the file that the segments of its tensors point into. The
/// messages are in an arena: a million nodes are as many small allocations.
struct LoadedModel {
  std::shared_ptr<llvm::MemoryBuffer> buffer;
  google::protobuf::Arena arena;
  ModelProto &proto =
      *google::protobuf::Arena::CreateMessage<ModelProto>(&arena);
};

/// Reads a model, checking nothing beyond that it is one. The error is a
/// sentence that continues the name of the file.
llvm::Error readModel(std::unique_ptr<llvm::MemoryBuffer> buffer,
                      ModelFormat format, LoadedModel &model);

/// The newest opset whose operators this importer knows (ONNX 1.23).
inline constexpr int64_t maxOpset = 28;

/// Checks versions and operator sets. The error continues the file's name.
llvm::Error checkModelVersions(const ModelProto &model);

/// Parses text in ONNX's own syntax.
llvm::Error readText(llvm::StringRef text, ModelProto &model);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_MODELREADER_H

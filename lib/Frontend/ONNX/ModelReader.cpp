//===- ModelReader.cpp - Bytes to a ModelProto ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelReader.h"
#include "Container.h"
#include "WireScan.h"
#include <google/protobuf/io/coded_stream.h>

using namespace ohas::onnx;
using llvm::StringRef;

/// Protobuf counts in int, and no serialised message is larger.
static constexpr size_t maxBytes = (size_t(2) << 30) - 1;

static llvm::Error parse(StringRef bytes, ModelProto &model) {
  google::protobuf::io::CodedInputStream stream(bytes.bytes_begin(),
                                                static_cast<int>(bytes.size()));
  stream.SetTotalBytesLimit(static_cast<int>(maxBytes));
  // Our own scan has bounded the nesting of messages that it knows; types of
  // types are left to protobuf's own limit.
  stream.SetRecursionLimit(maxNesting + 10);
  if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
    return llvm::createStringError(
        "is no valid ONNX model: protobuf cannot decode it");
  return llvm::Error::success();
}

static llvm::Error readBinary(StringRef bytes, ModelProto &model) {
  if (bytes.size() > maxBytes)
    return llvm::createStringError(
        "is larger than 2 GB, which no ONNX file can be: keep the weights "
        "in external data files");
  if (StringRef foreign = foreignFormat(bytes); !foreign.empty())
    return llvm::createStringError("is no ONNX model: it is " + foreign);
  auto stripped = stripBulk(bytes);
  if (!stripped)
    return stripped.takeError();
  return parse(*stripped ? StringRef(**stripped) : bytes, model);
}

llvm::Error ohas::onnx::readModel(std::unique_ptr<llvm::MemoryBuffer> buffer,
                                  ModelFormat format, LoadedModel &model) {
  model.buffer = std::move(buffer);
  StringRef bytes = model.buffer->getBuffer();
  if (bytes.empty())
    return llvm::createStringError("is empty");
  if (llvm::Error error = format == ModelFormat::Text
                              ? readText(bytes, model.proto)
                              : readBinary(bytes, model.proto))
    return error;
  if (!model.proto.has_ir_version() && !model.proto.has_graph())
    return llvm::createStringError("is no ONNX model");
  if (!model.proto.has_graph())
    return llvm::createStringError("is an ONNX model without a graph");
  return llvm::Error::success();
}

//===- Mutator.cpp - Changes that keep a model a model ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libFuzzer calls these instead of changing bytes. One in eight changes is one
// of bytes all the same: what decodes messages is hostile ground too.
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"
#include <cstring>
#include <google/protobuf/stubs/logging.h>

using namespace ohas::fuzz;
using onnx::ModelProto;

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

/// Text is changed as bytes, and so is what is no model.
static bool parse(const uint8_t *data, size_t size, ModelProto &model) {
  return size > 2 && data[0] != '<' &&
         model.ParseFromArray(data, static_cast<int>(size)) &&
         model.has_graph();
}

static size_t write(const ModelProto &model, uint8_t *data, size_t maxSize) {
  std::string bytes;
  if (!model.SerializeToString(&bytes) || bytes.size() > maxSize)
    return 0;
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  google::protobuf::SetLogHandler(nullptr);
  Random random(seed);
  ModelProto model;
  if (random.oneIn(8) || !parse(data, size, model))
    return LLVMFuzzerMutate(data, size, maxSize);
  if (random.oneIn(20))
    makeModel(model, random);
  for (size_t i = 0, e = 1 + random.below(4); i < e; ++i) {
    if (random.oneIn(2))
      mutateGraph(model, random);
    else
      mutateValue(model, random);
  }
  size_t written = write(model, data, maxSize);
  return written ? written : LLVMFuzzerMutate(data, size, maxSize);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *data, size_t size,
                                            const uint8_t *other,
                                            size_t otherSize, uint8_t *out,
                                            size_t maxSize, unsigned seed) {
  google::protobuf::SetLogHandler(nullptr);
  Random random(seed);
  ModelProto model, second;
  if (!parse(data, size, model) || !parse(other, otherSize, second))
    return 0;
  crossOver(model, second, random);
  return write(model, out, maxSize);
}

//===- RunInputs.cpp - Values of a network's inputs -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunInputs.h"
#include "ohas/Frontend/ONNX/TensorFile.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace ohas;

/// Numbers of a linear congruential generator: floats in [-1, 1], bytes below
/// 100, 0.5 in half precision, and 1 for all others, which are often indices.
/// References of other programs use the same, with seed 12345.
static HostTensor fromSeed(const HostTensor &type, uint32_t seed) {
  HostTensor tensor = type;
  tensor.bytes.resize(type.numElements() * elementBytes(type.element));
  uint32_t state = seed;
  for (int64_t i = 0, count = type.numElements(); i < count; ++i) {
    // In doubles, rounding and all, as the references have it.
    double next = state * 1103515245.0 + 12345.0;
    state = static_cast<uint64_t>(next) & 0x7fffffffu;
    double unit = state / 2147483647.0;
    double value = 1;
    if (type.element == "f32" || type.element == "f64")
      value = unit * 2 - 1;
    else if (type.element == "f16" || type.element == "bf16")
      value = 0.5;
    else if (type.element == "i8" || type.element == "ui8")
      value = (state >> 8) % 100;
    tensor.set(i, value);
  }
  return tensor;
}

static llvm::Expected<HostTensor> fromFile(llvm::StringRef file) {
  auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createStringError(file + ": " + buffer.getError().message());
  llvm::StringRef bytes = (*buffer)->getBuffer();
  auto tensor =
      file.ends_with(".pb") ? onnx::readTensorFile(bytes) : readNpy(bytes);
  if (!tensor)
    return llvm::createStringError(file + ": " +
                                   llvm::toString(tensor.takeError()));
  return tensor;
}

static llvm::Expected<HostTensor>
valueOf(const Port &port, llvm::StringRef source, llvm::StringRef option) {
  llvm::StringRef number = source;
  if (number.consume_front("seed:")) {
    uint32_t seed;
    if (number.getAsInteger(10, seed))
      return llvm::createStringError(option + ": '" + source +
                                     "' is no seed:N with a number");
    return fromSeed(port.type, seed);
  }
  auto tensor = fromFile(source);
  if (!tensor)
    return tensor.takeError();
  if (tensor->typeName() != port.type.typeName())
    return llvm::createStringError(source + ": is " + tensor->typeName() +
                                   ", but input '" + port.name + "' is " +
                                   port.type.typeName());
  return tensor;
}

static std::string listOf(llvm::ArrayRef<Port> ports) {
  std::string text;
  for (const Port &port : ports)
    text += (text.empty() ? "'" : ", '") + port.name + "' (" +
            port.type.typeName() + ")";
  return text;
}

llvm::Expected<std::vector<HostTensor>>
ohas::readInputs(llvm::ArrayRef<Port> inputs, llvm::ArrayRef<std::string> given,
                 llvm::StringRef option) {
  std::string others; // of inputs that are not named
  std::vector<std::string> sources(inputs.size());
  for (llvm::StringRef text : given) {
    if (text.starts_with("seed:")) {
      others = text.str();
      continue;
    }
    // Names may have '=' in them: the longest that is one.
    const Port *named = nullptr;
    for (const Port &port : inputs)
      if (text.starts_with(port.name + "=") &&
          (!named || port.name.size() > named->name.size()))
        named = &port;
    if (!named)
      return llvm::createStringError(
          option + "=" + text + " names no input; there are " + listOf(inputs));
    std::string &source = sources[named - inputs.begin()];
    if (!source.empty())
      return llvm::createStringError(option + " gives '" + named->name +
                                     "' twice");
    source = text.drop_front(named->name.size() + 1).str();
  }
  std::vector<HostTensor> values;
  std::vector<Port> missing;
  for (auto [i, port] : llvm::enumerate(inputs)) {
    std::string &source = sources[i].empty() ? others : sources[i];
    if (source.empty()) {
      missing.push_back(port);
      continue;
    }
    auto value = valueOf(port, source, option);
    if (!value)
      return value.takeError();
    values.push_back(std::move(*value));
  }
  if (!missing.empty())
    return llvm::createStringError(
        "no " + option + " for " + listOf(missing) +
        "; give name=file.npy, name=file.pb or name=seed:N, or " + option +
        "=seed:N for all");
  return values;
}

//===- TensorFile.cpp - Tensors that ONNX keeps in files --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Frontend/ONNX/TensorFile.h"
#include "Tensors.h"
#include "TypedData.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas;
using namespace ohas::onnx;

/// The element type, as MLIR spells it.
static std::string elementName(int32_t type) {
  const ElementTypeInfo &info = elementTypeInfo(type);
  switch (info.family) {
  case Family::Signed:
    return "i" + std::to_string(info.bits);
  case Family::Unsigned:
    return "ui" + std::to_string(info.bits);
  case Family::Bool:
    return "i1";
  case Family::Real:
    if (type == BFloat16)
      return "bf16";
    return info.bits >= 16 ? "f" + std::to_string(info.bits) : "";
  default:
    return "";
  }
}

/// Numbers of less than a byte take one each in memory.
static void unpack(llvm::StringRef raw, unsigned bits, bool isSigned,
                   HostTensor &tensor) {
  unsigned perByte = 8 / bits;
  for (size_t i = 0; i < tensor.bytes.size(); ++i) {
    uint64_t value =
        static_cast<uint8_t>(raw[i / perByte]) >> (i % perByte * bits);
    value &= (1u << bits) - 1;
    tensor.bytes[i] =
        static_cast<char>(isSigned ? llvm::SignExtend64(value, bits)
                                   : static_cast<int64_t>(value));
  }
}

llvm::Expected<HostTensor> ohas::onnx::readTensorFile(llvm::StringRef bytes) {
  auto fail = [](const llvm::Twine &why) {
    return llvm::createStringError(why);
  };
  TensorProto proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return fail("is no tensor of ONNX");
  std::optional<llvm::StringRef> raw;
  if (proto.has_raw_data())
    raw = proto.raw_data();
  bool hasData = false;
  if (auto problem = checkTensor(proto, raw, hasData))
    return fail(*problem + " (only tensors are read, no sequences)");
  HostTensor tensor;
  tensor.element = elementName(proto.data_type());
  if (tensor.element.empty())
    return fail("has elements of type " +
                elementTypeInfo(proto.data_type()).name +
                ", which cannot be run");
  tensor.shape.assign(proto.dims().begin(), proto.dims().end());
  unsigned size = elementBytes(tensor.element);
  const ElementTypeInfo &info = elementTypeInfo(proto.data_type());
  tensor.bytes.resize(tensor.numElements() * size);
  if (tensor.bytes.empty())
    return tensor;
  if (!hasData)
    return fail("has no data (only tensors are read, no sequences)");
  std::string typed = raw ? "" : typedBytes(proto);
  llvm::StringRef data = raw ? *raw : llvm::StringRef(typed);
  if (info.bits < 8)
    unpack(data, info.bits, info.family == Family::Signed, tensor);
  else
    std::memcpy(tensor.bytes.data(), data.data(), tensor.bytes.size());
  return tensor;
}

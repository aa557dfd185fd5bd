//===- Tensors.cpp - What a TensorProto holds -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tensors.h"
#include "Importer.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"

using namespace ohas::onnx;
using namespace mlir;
using llvm::Twine;

namespace {

/// The typed fields of a tensor, and how many elements each has.
struct Contents {
  unsigned numFields = 0;
  int64_t raw = -1; // bytes
  int64_t floats = -1, int32s = -1, int64s = -1, doubles = -1, uint64s = -1,
          strings = -1;
};

Contents contentsOf(const TensorProto &tensor, std::optional<StringRef> raw) {
  Contents contents;
  auto note = [&](int64_t &field, int64_t size) {
    if (size > 0) {
      field = size;
      ++contents.numFields;
    }
  };
  if (raw) {
    contents.raw = raw->size();
    ++contents.numFields;
  }
  note(contents.floats, tensor.float_data_size());
  note(contents.int32s, tensor.int32_data_size());
  note(contents.int64s, tensor.int64_data_size());
  note(contents.doubles, tensor.double_data_size());
  note(contents.uint64s, tensor.uint64_data_size());
  note(contents.strings, tensor.string_data_size());
  return contents;
}

/// How many entries of which field a tensor of `count` elements has.
std::pair<int64_t, int64_t> typedSize(const Contents &contents, int32_t type,
                                      int64_t count) {
  switch (type) {
  case Float:
    return {contents.floats, count};
  case Complex64:
    return {contents.floats, 2 * count};
  case Double:
    return {contents.doubles, count};
  case Complex128:
    return {contents.doubles, 2 * count};
  case Int64:
    return {contents.int64s, count};
  case UInt32:
  case UInt64:
    return {contents.uint64s, count};
  case String:
    return {contents.strings, count};
  default: {
    unsigned perEntry = std::max(1u, 8 / elementTypeInfo(type).bits);
    return {contents.int32s, llvm::divideCeil(count, perEntry)};
  }
  }
}

double decodeReal(int32_t type, uint64_t bits) {
  if (type == Float)
    return llvm::bit_cast<float>(static_cast<uint32_t>(bits));
  if (type == Double)
    return llvm::bit_cast<double>(bits);
  const llvm::fltSemantics *semantics = nullptr;
  switch (type) {
  case Float16:
    semantics = &APFloat::IEEEhalf();
    break;
  case BFloat16:
    semantics = &APFloat::BFloat();
    break;
  case Float8E4M3FN:
    semantics = &APFloat::Float8E4M3FN();
    break;
  case Float8E4M3FNUZ:
    semantics = &APFloat::Float8E4M3FNUZ();
    break;
  case Float8E5M2:
    semantics = &APFloat::Float8E5M2();
    break;
  case Float8E5M2FNUZ:
    semantics = &APFloat::Float8E5M2FNUZ();
    break;
  case Float4E2M1:
    semantics = &APFloat::Float4E2M1FN();
    break;
  case Float8E8M0:
    semantics = &APFloat::Float8E8M0FNU();
    break;
  default:
    semantics = &APFloat::IEEEsingle();
    break;
  }
  APFloat value(*semantics,
                llvm::APInt(elementTypeInfo(type).bits, bits,
                            /*isSigned=*/false, /*implicitTrunc=*/true));
  bool lost;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &lost);
  return value.convertToDouble();
}

/// One element from its bits.
Element decode(int32_t type, uint64_t bits) {
  const ElementTypeInfo &info = elementTypeInfo(type);
  if (info.family == Family::Real)
    return Element::of(decodeReal(type, bits));
  if (info.family == Family::Bool)
    return Element::of(int64_t(bits != 0));
  if (info.bits < 64)
    bits &= (uint64_t(1) << info.bits) - 1;
  if (info.family == Family::Signed)
    return Element::of(llvm::SignExtend64(bits, info.bits));
  return Element::of(static_cast<int64_t>(bits));
}

} // namespace

KnownTensorRef ohas::onnx::decodeTensor(const TensorProto &tensor,
                                        std::optional<StringRef> raw) {
  int32_t type = tensor.data_type();
  const ElementTypeInfo &info = elementTypeInfo(type);
  SmallVector<int64_t> dims = toVector(tensor.dims());
  auto count = numElements(dims);
  if (!count || *count > maxKnownElements || info.family == Family::Complex ||
      info.family == Family::String || info.family == Family::None)
    return nullptr;
  auto known = std::make_shared<KnownTensor>();
  known->elementType = type;
  known->dims.assign(dims.begin(), dims.end());
  known->elements.reserve(*count);
  for (int64_t i = 0; i < *count; ++i) {
    uint64_t bits = 0;
    if (raw && info.bits < 8) {
      unsigned perByte = 8 / info.bits;
      bits = static_cast<uint8_t>((*raw)[i / perByte]) >>
             (i % perByte * info.bits);
    } else if (raw) {
      memcpy(&bits, raw->data() + i * (info.bits / 8), info.bits / 8);
    } else if (type == Float) {
      float value = tensor.float_data(i);
      known->elements.push_back(Element::of(static_cast<double>(value)));
      continue;
    } else if (type == Double) {
      known->elements.push_back(Element::of(tensor.double_data(i)));
      continue;
    } else if (type == Int64) {
      bits = tensor.int64_data(i);
    } else if (type == UInt32 || type == UInt64) {
      bits = tensor.uint64_data(i);
    } else if (info.bits < 8) {
      unsigned perEntry = 8 / info.bits;
      bits = static_cast<uint64_t>(tensor.int32_data(i / perEntry)) >>
             (i % perEntry * info.bits);
    } else {
      bits = tensor.int32_data(i);
    }
    known->elements.push_back(decode(type, bits));
  }
  return known;
}

std::optional<std::string> ohas::onnx::checkTensor(const TensorProto &tensor,
                                                   std::optional<StringRef> raw,
                                                   bool &hasData) {
  int32_t type = tensor.data_type();
  if (!isElementType(type))
    return ("has data type " + Twine(type) + ", which ONNX does not define")
        .str();
  for (int64_t dim : tensor.dims())
    if (dim < 0)
      return ("has a dim of " + Twine(dim)).str();
  auto count = numElements(toVector(tensor.dims()));
  if (!count || *count > maxElements || tensor.dims_size() > int(maxRank))
    return "is too large for a tensor";
  Contents contents = contentsOf(tensor, raw);
  hasData = contents.numFields > 0;
  if (!hasData)
    return std::nullopt;
  if (contents.numFields > 1)
    return "has its data twice";
  if (contents.raw >= 0) {
    if (type == String)
      return "has raw data for strings";
    int64_t bytes = llvm::divideCeil(*count * elementTypeInfo(type).bits, 8);
    if (contents.raw != bytes)
      return ("has " + Twine(contents.raw) +
              " bytes of data, but its shape "
              "takes " +
              Twine(bytes))
          .str();
    return std::nullopt;
  }
  auto [given, expected] = typedSize(contents, type, *count);
  if (given < 0)
    return "has data in the field of another type";
  if (given != expected)
    return ("has " + Twine(given) + " elements of data, but its shape takes " +
            Twine(expected))
        .str();
  return std::nullopt;
}

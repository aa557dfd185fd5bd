//===- Constants.cpp - Tensors of the model in the IR -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "TypedData.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "ohas/Optical/Optical.h"

using namespace ohas::onnx;
using namespace mlir;

Value Importer::materialize(TypedAttr value, Location loc) {
  // Indices and shapes of our own are many, and mostly the same few.
  bool isShared = isa<IntegerAttr, DenseIntElementsAttr>(value);
  if (Value known = isShared ? sharedConstants.lookup(value) : Value())
    return known;
  OpBuilder::InsertionGuard guard(builder);
  if (lastConstant)
    builder.setInsertionPointAfter(lastConstant);
  else
    builder.setInsertionPointToStart(entry);
  auto constant = arith::ConstantOp::create(builder, loc, value);
  lastConstant = constant;
  if (isShared)
    sharedConstants[value] = constant;
  return constant;
}

Value Importer::materialize(ValueInfo &info) {
  if (!info.ir && info.tensor)
    info.ir = materializeTensor(info);
  else if (!info.ir && info.known)
    info.ir = materialize(*info.known);
  return info.ir;
}

static APFloat toFloat(double value, FloatType type) {
  APFloat result(value);
  bool lost = false;
  result.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven, &lost);
  return result;
}

Value Importer::materialize(const KnownTensor &tensor) {
  auto type = RankedTensorType::get(
      tensor.dims,
      convertElementType(tensor.elementType, builder.getContext()));
  Location loc = UnknownLoc::get(builder.getContext());
  if (auto real = dyn_cast<FloatType>(type.getElementType())) {
    auto values = llvm::map_to_vector(tensor.elements, [&](const Element &e) {
      return toFloat(e.asReal(), real);
    });
    return materialize(DenseElementsAttr::get(type, values), loc);
  }
  unsigned width = type.getElementType().getIntOrFloatBitWidth();
  auto values = llvm::map_to_vector(tensor.elements, [&](const Element &e) {
    return APInt(64, e.integer).zextOrTrunc(width);
  });
  return materialize(DenseElementsAttr::get(type, values), loc);
}

/// Keeps the bytes alive as long as the resource: those of the file are shared,
/// others copied.
AsmResourceBlob Importer::makeBlob(StringRef bytes) {
  ArrayRef<char> data(bytes.data(), bytes.size());
  for (const auto &buffer : openBuffers)
    if (bytes.begin() >= buffer->getBufferStart() &&
        bytes.end() <= buffer->getBufferEnd())
      return UnmanagedAsmResourceBlob::allocateWithAlign(
          data, 1, [keep = buffer](void *, size_t, size_t) {});
  return HeapAsmResourceBlob::allocateAndCopyWithAlign(data, 16);
}

Value Importer::elidedConstant(StringRef key, ShapedType type,
                               std::optional<StringRef> bytes) {
  auto &manager =
      DenseResourceElementsHandle::getManagerInterface(builder.getContext());
  std::optional<AsmResourceBlob> blob;
  if (options.weights == WeightPolicy::Resource && bytes && !bytes->empty())
    blob = makeBlob(*bytes);
  return materialize(DenseResourceElementsAttr::get(
                         type, manager.insert(key, std::move(blob))),
                     nameLoc(key));
}

static StringRef keyOf(const TensorProto &tensor) {
  return tensor.name().empty() ? StringRef("constant")
                               : StringRef(tensor.name());
}

/// All elements of a sparse tensor, which has been checked and has some values,
/// of `count`.
static std::string denseBytes(const SparseTensorProto &sparse, StringRef values,
                              StringRef indices, int64_t count) {
  int64_t numValues = sparse.values().dims(0);
  size_t size = values.size() / numValues;
  std::string dense(count * size, '\0');
  bool isLinear = sparse.indices().dims_size() == 1;
  const char *next = indices.data();
  auto read = [&] {
    int64_t index;
    std::memcpy(&index, next, sizeof(index));
    next += sizeof(index);
    return index;
  };
  for (int64_t i = 0; i < numValues; ++i) {
    int64_t linear = isLinear ? read() : 0;
    for (int axis = 0; !isLinear && axis < sparse.dims_size(); ++axis)
      linear = linear * sparse.dims(axis) + read();
    dense.replace(linear * size, size, values.substr(i * size, size));
  }
  return dense;
}

Value Importer::materializeTensor(const ValueInfo &info) {
  const TensorProto &tensor = *info.tensor;
  auto type = cast<RankedTensorType>(convertType(info.type));
  int64_t count = type.getNumElements();
  bool isWeight = isWeightType(tensor.data_type());
  if (info.known && (!isWeight || count <= maxInlineElements))
    return materialize(*info.known);
  if (tensor.data_type() == String && tensor.string_data_size() == count) {
    auto texts = llvm::map_to_vector(
        tensor.string_data(), [](const auto &text) { return StringRef(text); });
    return materialize(DenseStringElementsAttr::get(type, texts),
                       nameLoc(tensor.name()));
  }
  std::optional<StringRef> bytes =
      info.sparse ? std::nullopt : rawBytes(tensor);
  if (!isWeight && bytes) {
    ArrayRef<char> raw(bytes->data(), bytes->size());
    bool isSplat = false;
    if (DenseElementsAttr::isValidRawBuffer(type, raw, isSplat))
      return materialize(DenseElementsAttr::getFromRawBuffer(type, raw),
                         nameLoc(tensor.name()));
  }
  std::string typed;
  if (!bytes && !info.sparse && options.weights == WeightPolicy::Resource) {
    typed = typedBytes(tensor);
    bytes = typed;
  }
  if (info.sparse && options.weights == WeightPolicy::Resource &&
      type.getElementTypeBitWidth() >= 8 && tensor.dims(0) > 0) {
    auto bytesOf = [&](const TensorProto &part) {
      auto raw = rawBytes(part);
      return raw ? raw->str() : typedBytes(part);
    };
    typed = denseBytes(*info.sparse, bytesOf(tensor),
                       bytesOf(info.sparse->indices()), count);
    bytes = typed;
  }
  return elidedConstant(keyOf(tensor), type, bytes);
}

Value Importer::materializeSlice(ValueInfo &info, int64_t index) {
  if (!info.tensor || info.ir || info.sparse)
    return nullptr;
  auto type = cast<RankedTensorType>(convertType(info.type));
  if (type.getRank() == 0 || index >= type.getDimSize(0))
    return nullptr;
  auto part = RankedTensorType::get(type.getShape().drop_front(),
                                    type.getElementType());
  std::optional<StringRef> bytes = rawBytes(*info.tensor);
  std::string typed;
  if (!bytes && options.weights == WeightPolicy::Resource) {
    typed = typedBytes(*info.tensor);
    bytes = typed;
  }
  if (bytes) {
    size_t size = bytes->size() / type.getDimSize(0);
    bytes = bytes->substr(index * size, size);
  }
  return elidedConstant((keyOf(*info.tensor) + "[" + Twine(index) + "]").str(),
                        part, bytes);
}

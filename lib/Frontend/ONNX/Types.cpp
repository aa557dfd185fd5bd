//===- Types.cpp - TypeProto helpers and conversion -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "ohas/Optical/Optical.h"
#include "llvm/ADT/StringExtras.h"

using namespace ohas::onnx;

std::optional<Shape> ohas::onnx::shapeOf(const TypeProto &type) {
  const TensorShapeProto *proto = nullptr;
  if (type.has_tensor_type() && type.tensor_type().has_shape())
    proto = &type.tensor_type().shape();
  else if (type.has_sparse_tensor_type() &&
           type.sparse_tensor_type().has_shape())
    proto = &type.sparse_tensor_type().shape();
  else
    return std::nullopt;
  Shape shape;
  for (const auto &dim : proto->dim())
    shape.push_back(dim.has_dim_value()   ? Dim(dim.dim_value())
                    : dim.has_dim_param() ? Dim::named(dim.dim_param())
                                          : Dim());
  return shape;
}

int32_t ohas::onnx::elementTypeOf(const TypeProto &type) {
  if (type.has_tensor_type())
    return type.tensor_type().elem_type();
  if (type.has_sparse_tensor_type())
    return type.sparse_tensor_type().elem_type();
  return Undefined;
}

void ohas::onnx::setTensorType(TypeProto &type, int32_t elementType) {
  type.mutable_tensor_type()->set_elem_type(elementType);
}

void ohas::onnx::setTensorType(TypeProto &type, int32_t elementType,
                               llvm::ArrayRef<Dim> shape) {
  // Symbols of `shape` may live in `type` itself: build first, replace then.
  TensorShapeProto proto;
  for (const Dim &dim : shape) {
    auto *added = proto.add_dim();
    if (dim.isKnown())
      added->set_dim_value(dim.size);
    else if (!dim.symbol.empty())
      added->set_dim_param(dim.symbol.str());
  }
  setTensorType(type, elementType);
  type.mutable_tensor_type()->mutable_shape()->Swap(&proto);
}

std::string ohas::onnx::toString(llvm::ArrayRef<Dim> shape) {
  std::string text = "[";
  for (const Dim &dim : shape) {
    if (text.size() > 1)
      text += ", ";
    text += dim.isKnown() ? std::to_string(dim.size) : "?";
  }
  return text + "]";
}

std::string ohas::onnx::toString(const TypeProto &type) {
  if (type.has_sequence_type())
    return "seq(" + toString(type.sequence_type().elem_type()) + ")";
  if (type.has_optional_type())
    return "optional(" + toString(type.optional_type().elem_type()) + ")";
  if (type.has_map_type())
    return "map(" + elementTypeInfo(type.map_type().key_type()).name.str() +
           ", " + toString(type.map_type().value_type()) + ")";
  std::string text = elementTypeInfo(elementTypeOf(type)).name.str();
  if (type.has_sparse_tensor_type())
    text = "sparse " + text;
  if (auto shape = shapeOf(type))
    return text + toString(*shape);
  return text;
}

mlir::Type Importer::convertType(const TypeProto &type) {
  mlir::MLIRContext *context = builder.getContext();
  if (type.has_sequence_type() || type.has_optional_type() ||
      type.has_map_type() || type.has_sparse_tensor_type())
    return optical::OpaqueType::get(context, toString(type));
  mlir::Type element = convertElementType(elementTypeOf(type), context);
  auto shape = shapeOf(type);
  if (!shape)
    return mlir::UnrankedTensorType::get(element);
  return mlir::RankedTensorType::get(
      llvm::map_to_vector(*shape,
                          // Types of attributes may have any dims.
                          [](const Dim &dim) {
                            return dim.isKnown() && dim.size >= 0
                                       ? dim.size
                                       : mlir::ShapedType::kDynamic;
                          }),
      element);
}

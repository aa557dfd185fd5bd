//===- Node.cpp - An operation to be lowered --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Node.h"

using namespace mlir;
using namespace ohas::electronic;

Node::Node(OpBuilder &b, optical::ElectronicOp op)
    : b(b), loc(op.getLoc()), op(op) {
  SmallVector<int64_t> absent =
      getInts("absent_inputs").value_or(SmallVector<int64_t>());
  int64_t next = 0, count = op.getInputs().size();
  for (int64_t place = 0; next < count; ++place)
    places.push_back(llvm::is_contained(absent, place) ? -1 : next++);
}

Lowered Node::fail(const Twine &why) {
  failure = why.str();
  return mlir::failure();
}

StringRef Node::name() const {
  StringRef full = op.getOpName();
  return full.contains('.') ? full.rsplit('.').second : full;
}

Value Node::original(unsigned i) const { return op.getInputs()[places[i]]; }

Value Node::input(unsigned i) { return recast(b, loc, original(i), type(i)); }

RankedTensorType Node::type(unsigned i) const {
  return signlessTensor(original(i).getType());
}

bool Node::isInputUnsigned(unsigned i) const {
  return isUnsigned(original(i).getType());
}

RankedTensorType Node::resultType(unsigned i) const {
  return signlessTensor(op->getResult(i).getType());
}

bool Node::isResultUnsigned(unsigned i) const {
  return isUnsigned(op->getResult(i).getType());
}

Attribute Node::attribute(StringRef name) const {
  DictionaryAttr all = op.getOriginalAttributesAttr();
  return all ? all.get(name) : Attribute();
}

bool Node::hasAttribute(StringRef name) const {
  return static_cast<bool>(attribute(name));
}

int64_t Node::getInt(StringRef name, int64_t otherwise) const {
  auto value = dyn_cast_or_null<IntegerAttr>(attribute(name));
  return value ? value.getInt() : otherwise;
}

static double numberOf(Attribute value, double otherwise) {
  if (auto real = dyn_cast_or_null<FloatAttr>(value))
    return real.getValueAsDouble();
  if (auto integer = dyn_cast_or_null<IntegerAttr>(value))
    return integer.getInt();
  auto tensor = dyn_cast_or_null<DenseElementsAttr>(value);
  return tensor && tensor.getNumElements() == 1
             ? numberOf(*tensor.value_begin<Attribute>(), otherwise)
             : otherwise;
}

double Node::getNumber(StringRef name, double otherwise) const {
  return numberOf(attribute(name), otherwise);
}

double Node::getFloat(StringRef name, double otherwise) const {
  auto value = dyn_cast_or_null<FloatAttr>(attribute(name));
  return value ? value.getValueAsDouble() : otherwise;
}

StringRef Node::getString(StringRef name, StringRef otherwise) const {
  auto value = dyn_cast_or_null<StringAttr>(attribute(name));
  return value ? value.getValue() : otherwise;
}

std::optional<SmallVector<int64_t>> Node::getInts(StringRef name) const {
  Attribute value = attribute(name);
  if (auto ints = dyn_cast_or_null<DenseI64ArrayAttr>(value))
    return SmallVector<int64_t>(ints.asArrayRef());
  // As people write it in IR by hand: [2, 2].
  auto list = dyn_cast_or_null<ArrayAttr>(value);
  if (!list)
    return std::nullopt;
  SmallVector<int64_t> ints;
  for (Attribute entry : list)
    if (auto number = dyn_cast<IntegerAttr>(entry))
      ints.push_back(number.getInt());
  return ints;
}

std::optional<SmallVector<int64_t>> Node::constantInts(unsigned i) const {
  DenseElementsAttr values;
  if (!has(i) || !matchPattern(original(i), m_Constant(&values)) ||
      !isa<IntegerType>(values.getElementType()))
    return std::nullopt;
  bool isSigned = !isInputUnsigned(i);
  return llvm::map_to_vector(
      values.getValues<APInt>(), [&](const APInt &value) {
        return isSigned ? value.getSExtValue()
                        : static_cast<int64_t>(value.getZExtValue());
      });
}

std::optional<SmallVector<double>> Node::constantFloats(unsigned i) const {
  DenseElementsAttr values;
  if (!has(i) || !matchPattern(original(i), m_Constant(&values)))
    return std::nullopt;
  if (!isa<FloatType>(values.getElementType())) {
    auto ints = constantInts(i);
    if (!ints)
      return std::nullopt;
    return SmallVector<double>(ints->begin(), ints->end());
  }
  return llvm::map_to_vector(values.getValues<APFloat>(), [](APFloat value) {
    return value.convertToDouble();
  });
}

std::optional<SmallVector<int64_t>> Node::intsOf(StringRef attribute,
                                                 unsigned i) const {
  if (auto ints = getInts(attribute))
    return ints;
  return constantInts(i);
}

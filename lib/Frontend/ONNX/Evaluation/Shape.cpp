//===- Shape.cpp - Values that shapes are -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "../Tensors.h"
#include "Helpers.h"

using namespace ohas::onnx;

static void evaluateShape(NodeContext &node) {
  auto shape = node.inputShape(0);
  if (!shape)
    return;
  int64_t rank = shape->size();
  auto clamp = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  int64_t start = clamp(node.getInt("start", 0));
  int64_t end = clamp(node.getInt("end", rank));
  std::vector<Element> elements;
  for (int64_t i = start; i < end; ++i) {
    Dim dim = (*shape)[i];
    if (!dim.isKnown() && !dim.symbol.empty())
      dim.symbol = node.importer.intern(dim.symbol);
    elements.push_back(Element::of(dim));
  }
  setKnown(node, std::move(elements));
}

static void evaluateSize(NodeContext &node) {
  if (auto shape = node.inputShape(0))
    if (auto count = numElements(*shape))
      setKnown(node, {Element::of(*count)});
}

static void evaluateConstant(NodeContext &node) {
  for (const AttributeProto &attribute : node.proto.attribute()) {
    llvm::StringRef name = attribute.name();
    std::vector<Element> elements;
    if (name == "value_int")
      elements = {Element::of(static_cast<int64_t>(attribute.i()))};
    else if (name == "value_float")
      elements = {Element::of(static_cast<double>(attribute.f()))};
    else if (name == "value_ints")
      for (int64_t value : attribute.ints())
        elements.push_back(Element::of(value));
    else if (name == "value_floats")
      for (float value : attribute.floats())
        elements.push_back(Element::of(static_cast<double>(value)));
    else
      continue;
    setKnown(node, std::move(elements));
  }
}

static void evaluateConstantOfShape(NodeContext &node) {
  auto dims = smallOutput(node);
  if (!dims)
    return;
  Element fill = Element::of(0.0);
  if (const AttributeProto *value = node.attribute("value")) {
    if (!value->has_t()) {
      fill = value->has_i() ? Element::of(static_cast<int64_t>(value->i()))
                            : Element::of(static_cast<double>(value->f()));
      setKnown(node, std::vector<Element>(
                         *numElements(llvm::ArrayRef<int64_t>(*dims)), fill));
      return;
    }
    // Larger fills are checked here: one element is all that is allowed.
    auto raw = node.importer.rawBytes(value->t());
    bool hasData = false;
    if (checkTensor(value->t(), raw, hasData) || !hasData)
      return;
    KnownTensorRef known = decodeTensor(value->t(), raw);
    if (!known || known->elements.size() != 1)
      return;
    fill = known->elements[0];
  }
  setKnown(node, std::vector<Element>(
                     *numElements(llvm::ArrayRef<int64_t>(*dims)), fill));
}

static void evaluateRange(NodeContext &node) {
  auto dims = smallOutput(node);
  const KnownTensor *start = node.known(0), *delta = node.known(2);
  if (!dims || dims->size() != 1 || !start || !delta ||
      start->elements.size() != 1 || delta->elements.size() != 1 ||
      !start->isComplete() || !delta->isComplete())
    return;
  std::vector<Element> elements;
  for (int64_t i = 0; i < (*dims)[0]; ++i) {
    const Element &from = start->elements[0], &step = delta->elements[0];
    if (from.isInt() && step.isInt())
      elements.push_back(Element::of(static_cast<int64_t>(
          static_cast<uint64_t>(from.integer) +
          static_cast<uint64_t>(i) * static_cast<uint64_t>(step.integer))));
    else
      elements.push_back(Element::of(from.asReal() + i * step.asReal()));
  }
  setKnown(node, std::move(elements));
}

void ohas::onnx::addShapeEvaluation(EvaluateTable &table) {
  table.addAll({"Shape"}, evaluateShape);
  table.addAll({"Size"}, evaluateSize);
  table.addAll({"Constant"}, evaluateConstant);
  table.addAll({"ConstantOfShape"}, evaluateConstantOfShape);
  table.addAll({"Range"}, evaluateRange);
}

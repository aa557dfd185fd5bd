//===- Electronic.cpp - Operators that light cannot do ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "Operators.h"
#include "ohas/Optical/Optical.h"

using namespace ohas::onnx;
using namespace mlir;

/// A tensor attribute: its contents if they are small, else its type. Null,
/// after a diagnostic, if it is malformed.
static Attribute convertTensor(NodeContext &node, StringRef name,
                               const TensorProto &tensor) {
  ValueInfo info;
  if (failed(node.importer.bindTensor(tensor,
                                      "node '" + node.name + "' (" +
                                          node.opType() + "): attribute '" +
                                          name + "'",
                                      info)))
    return nullptr;
  Attribute value;
  if (Value ir = node.importer.materialize(info))
    if (matchPattern(ir, m_Constant(&value)))
      return value;
  return TypeAttr::get(NoneType::get(node.builder().getContext()));
}

/// Null, after a diagnostic, if it is malformed.
static Attribute convertAttribute(NodeContext &node,
                                  const AttributeProto &attribute) {
  OpBuilder &builder = node.builder();
  auto strings = [&](const auto &texts) {
    return builder.getStrArrayAttr(llvm::map_to_vector(
        texts, [](const std::string &text) { return StringRef(text); }));
  };
  if (attribute.has_i())
    return builder.getI64IntegerAttr(attribute.i());
  if (attribute.has_f())
    return builder.getF32FloatAttr(attribute.f());
  if (attribute.has_s())
    return builder.getStringAttr(attribute.s());
  if (attribute.has_t())
    return convertTensor(node, attribute.name(), attribute.t());
  if (attribute.has_g()) {
    if (node.importer.isFirst(node.name + "." + attribute.name()))
      node.emitWarning() << "the graph in attribute '" << attribute.name()
                         << "' is not imported; its work is not counted";
    return builder.getStringAttr("graph " + attribute.g().name());
  }
  if (attribute.has_tp())
    return TypeAttr::get(node.importer.convertType(attribute.tp()));
  if (attribute.floats_size())
    return builder.getDenseF32ArrayAttr(toVector(attribute.floats()));
  if (attribute.strings_size())
    return strings(attribute.strings());
  if (attribute.tensors_size()) {
    SmallVector<Attribute> tensors;
    for (const TensorProto &tensor : attribute.tensors()) {
      tensors.push_back(convertTensor(node, attribute.name(), tensor));
      if (!tensors.back())
        return nullptr;
    }
    return builder.getArrayAttr(tensors);
  }
  return builder.getDenseI64ArrayAttr(toVector(attribute.ints()));
}

FailureOr<Results> ohas::onnx::importElectronic(NodeContext &node) {
  OpBuilder &builder = node.builder();
  SmallVector<NamedAttribute> attributes;
  for (const AttributeProto &attribute : node.proto.attribute()) {
    if (attribute.name().empty())
      continue;
    Attribute value = convertAttribute(node, attribute);
    if (!value)
      return failure();
    attributes.push_back(builder.getNamedAttr(attribute.name(), value));
  }
  // An absent input between others keeps its place in an attribute.
  SmallVector<Value> inputs;
  SmallVector<int64_t> absent;
  for (size_t i = 0; i < node.numInputs(); ++i) {
    if (Value value = node.hasInput(i) ? node.ir(i) : Value())
      inputs.push_back(value);
    else
      absent.push_back(i);
  }
  while (!absent.empty() &&
         absent.back() + 1 ==
             static_cast<int64_t>(inputs.size() + absent.size()))
    absent.pop_back();
  if (!absent.empty() && node.attribute("absent_inputs"))
    return node.emitError() << "attribute 'absent_inputs' is given twice";
  if (!absent.empty())
    attributes.push_back(builder.getNamedAttr(
        "absent_inputs", builder.getDenseI64ArrayAttr(absent)));
  SmallVector<Type> types;
  for (size_t i = 0; i < node.numOutputs(); ++i)
    if (node.hasOutput(i))
      types.push_back(node.outputIrType(i));
  auto operationClass = static_cast<optical::OperationClass>(
      ohas::onnx::operationClass(node.domain(), node.opType()));
  DictionaryAttr original = attributes.empty()
                                ? DictionaryAttr()
                                : builder.getDictionaryAttr(attributes);
  auto op = optical::ElectronicOp::create(builder, node.loc(), types,
                                          node.qualifiedName(), inputs,
                                          operationClass, node.opset, original);
  Results results;
  unsigned next = 0;
  for (size_t i = 0; i < node.numOutputs(); ++i)
    results.push_back(node.hasOutput(i) ? op.getResult(next++) : Value());
  return results;
}

//===- NodeContext.cpp - One node while it is imported ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NodeContext.h"
#include "Importer.h"
#include <stdexcept>

using namespace ohas::onnx;
using llvm::StringRef;

NodeContext::NodeContext(Importer &importer, Scope &scope,
                         const NodeProto &proto, std::string name,
                         int64_t opset)
    : importer(importer), scope(scope), proto(proto), name(std::move(name)),
      opset(opset), outputTypes(proto.output_size()),
      outputKnown(proto.output_size()) {}

std::string NodeContext::qualifiedName() const {
  StringRef d = domain();
  return ((d.empty() ? "onnx" : d) + "." + opType()).str();
}

mlir::Location NodeContext::loc() const {
  if (!location)
    location = importer.nameLoc(name);
  return *location;
}

mlir::InFlightDiagnostic NodeContext::emitError() const {
  return importer.emitError()
         << "node '" << name << "' (" << proto.op_type() << "): ";
}

mlir::InFlightDiagnostic NodeContext::emitWarning() const {
  return importer.emitWarning()
         << "node '" << name << "' (" << proto.op_type() << "): ";
}

void NodeContext::fail(const llvm::Twine &what) const {
  throw std::runtime_error(
      ("node '" + name + "' (" + proto.op_type() + "): " + what).str());
}

mlir::OpBuilder &NodeContext::builder() const { return importer.builder; }

const AttributeProto *NodeContext::attribute(StringRef name) const {
  for (const AttributeProto &attribute : proto.attribute())
    if (attribute.name() == name)
      return &attribute;
  return nullptr;
}

int64_t NodeContext::getInt(StringRef name, int64_t otherwise) const {
  const AttributeProto *found = attribute(name);
  return found && found->has_i() ? found->i() : otherwise;
}

double NodeContext::getFloat(StringRef name, double otherwise) const {
  const AttributeProto *found = attribute(name);
  return found && found->has_f() ? found->f() : otherwise;
}

StringRef NodeContext::getString(StringRef name, StringRef otherwise) const {
  const AttributeProto *found = attribute(name);
  return found && found->has_s() ? StringRef(found->s()) : otherwise;
}

llvm::SmallVector<int64_t> NodeContext::getInts(StringRef name) const {
  const AttributeProto *found = attribute(name);
  if (!found)
    return {};
  // Some exporters write a number for a list of one.
  if (found->ints().empty() && found->has_i())
    return {found->i()};
  return toVector(found->ints());
}

int32_t NodeContext::inputType(size_t i) const {
  return hasInput(i) ? elementTypeOf(inputs[i]->type) : Undefined;
}

std::optional<Shape> NodeContext::inputShape(size_t i) const {
  if (!hasInput(i))
    return std::nullopt;
  return shapeOf(inputs[i]->type);
}

const KnownTensor *NodeContext::known(size_t i) const {
  return hasInput(i) ? inputs[i]->known.get() : nullptr;
}

std::optional<llvm::SmallVector<int64_t>>
NodeContext::knownInts(size_t i) const {
  const KnownTensor *tensor = known(i);
  return tensor ? tensor->integers() : std::nullopt;
}

mlir::Value NodeContext::ir(size_t i) {
  if (!hasInput(i))
    fail("its input " + llvm::Twine(i) + " is absent");
  return importer.materialize(*inputs[i]);
}

void NodeContext::setOutput(size_t i, int32_t elementType) {
  if (i < outputTypes.size())
    setTensorType(outputTypes[i], elementType);
}

void NodeContext::setOutput(size_t i, int32_t elementType,
                            llvm::ArrayRef<Dim> shape) {
  if (i < outputTypes.size())
    setTensorType(outputTypes[i], elementType, shape);
}

std::optional<Shape> NodeContext::outputShape(size_t i) const {
  return shapeOf(outputTypes[i]);
}

mlir::Type NodeContext::outputIrType(size_t i) const {
  return importer.convertType(outputTypes[i]);
}

std::optional<int64_t> ohas::onnx::normalizeAxis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= rank)
    return std::nullopt;
  return axis < 0 ? axis + rank : axis;
}

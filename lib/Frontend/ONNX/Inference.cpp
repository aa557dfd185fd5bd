//===- Inference.cpp - The types of a node's outputs ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inference.h"
#include "Importer.h"
#include "Operators.h"
#include "Schemas.h"
#include <onnx/defs/schema.h>

using namespace ohas::onnx;
using namespace mlir;

namespace {

/// Some inference functions read a dim of an input without a look at its rank.
/// Protobuf keeps the messages that RemoveLast takes off a list, cleared, and
/// its accessor counts nothing: what is read beyond the end is an open dim.
void padDims(TypeProto &type) {
  if (!type.has_tensor_type() || !type.tensor_type().has_shape())
    return;
  auto *dims = type.mutable_tensor_type()->mutable_shape()->mutable_dim();
  constexpr int padding = 8;
  for (int i = 0; i < padding; ++i)
    dims->Add();
  for (int i = 0; i < padding; ++i)
    dims->RemoveLast();
}

/// What libonnx's inference functions see of a node.
class LibonnxContext final : public ::onnx::InferenceContext {
public:
  explicit LibonnxContext(NodeContext &node)
      : node(node), types(node.numInputs()), data(node.numInputs()),
        symbolic(node.numInputs()) {}

  const AttributeProto *getAttribute(const std::string &name) const override {
    return node.attribute(name);
  }
  size_t getNumInputs() const override { return node.numInputs(); }
  const TypeProto *getInputType(size_t i) const override {
    // Inference functions take a type that is there for one that is set.
    if (!node.hasInput(i) ||
        node.inputs[i]->type.value_case() == TypeProto::VALUE_NOT_SET)
      return nullptr;
    if (!types[i]) {
      types[i] = std::make_unique<TypeProto>(node.inputs[i]->type);
      padDims(*types[i]);
    }
    return types[i].get();
  }
  const TensorProto *getInputData(size_t i) const override;
  const SparseTensorProto *getInputSparseData(size_t) const override {
    return nullptr;
  }
  const TensorShapeProto *getSymbolicInput(size_t i) const override;
  size_t getNumOutputs() const override { return node.numOutputs(); }
  TypeProto *getOutputType(size_t i) override {
    if (i >= node.outputTypes.size())
      fail_type_inference("it has no output ", i);
    return &node.outputTypes[i];
  }
  ::onnx::GraphInferencer *
  getGraphAttributeInferencer(const std::string &) override {
    fail_type_inference("subgraphs are not inferred here");
  }

private:
  NodeContext &node;
  mutable llvm::SmallVector<std::unique_ptr<TypeProto>, 4> types;
  mutable llvm::SmallVector<std::unique_ptr<TensorProto>, 4> data;
  mutable llvm::SmallVector<std::unique_ptr<TensorShapeProto>, 4> symbolic;
};

const TensorProto *LibonnxContext::getInputData(size_t i) const {
  if (i >= data.size())
    return nullptr;
  if (data[i])
    return data[i].get();
  const KnownTensor *known = node.known(i);
  if (!known || !known->isComplete())
    return nullptr;
  auto proto = std::make_unique<TensorProto>();
  proto->set_data_type(known->elementType);
  for (int64_t dim : known->dims)
    proto->add_dims(dim);
  for (const Element &element : known->elements)
    switch (known->elementType) {
    case Int64:
      proto->add_int64_data(element.integer);
      break;
    case Float:
      proto->add_float_data(static_cast<float>(element.asReal()));
      break;
    case Double:
      proto->add_double_data(element.asReal());
      break;
    case UInt32:
    case UInt64:
      proto->add_uint64_data(element.integer);
      break;
    default:
      if (!element.isInt())
        return nullptr;
      proto->add_int32_data(static_cast<int32_t>(element.integer));
    }
  data[i] = std::move(proto);
  return data[i].get();
}

const TensorShapeProto *LibonnxContext::getSymbolicInput(size_t i) const {
  const KnownTensor *known = i < symbolic.size() ? node.known(i) : nullptr;
  if (!known || known->dims.size() > 1 || !isInteger(known->elementType))
    return nullptr;
  if (symbolic[i])
    return symbolic[i].get();
  auto shape = std::make_unique<TensorShapeProto>();
  for (const Element &element : known->elements) {
    auto *dim = shape->add_dim();
    if (element.isInt())
      dim->set_dim_value(element.integer);
    else if (!element.symbol.empty())
      dim->set_dim_param(element.symbol.str());
  }
  symbolic[i] = std::move(shape);
  return symbolic[i].get();
}

/// The gist of libonnx's message: its first line without the tag.
std::string gist(StringRef message) {
  message = message.split('\n').first;
  if (message.consume_front("["))
    message = message.split(']').second.ltrim();
  return message.rtrim(". ").str();
}

/// Outputs whose type is that of an input by the schema.
void inferFromConstraints(NodeContext &node, const ::onnx::OpSchema &schema) {
  for (size_t i = 0; i < node.numOutputs(); ++i) {
    TypeProto &type = node.outputTypes[i];
    if (type.value_case() != TypeProto::VALUE_NOT_SET &&
        elementTypeOf(type) != Undefined)
      continue;
    const std::string *wanted = formalOutputType(schema, i);
    if (!wanted)
      continue;
    for (size_t j = 0; j < node.numInputs(); ++j) {
      const std::string *given = formalInputType(schema, j);
      if (!given || *given != *wanted || node.inputType(j) == Undefined)
        continue;
      node.setOutput(i, node.inputType(j));
      break;
    }
  }
}

} // namespace

bool ohas::onnx::isForwarded(const NodeContext &node) {
  if (!node.domain().empty() || !node.hasInput(0) || !node.hasOutput(0))
    return false;
  if (node.opType() == "Identity")
    return true;
  if (node.opType() != "Dropout" || node.hasOutput(1))
    return false;
  if (node.opset < 7)
    return node.getInt("is_test", 0) != 0;
  if (!node.hasInput(2))
    return true;
  auto training = node.knownInts(2);
  return training && training->size() == 1 && training->front() == 0;
}

LogicalResult ohas::onnx::inferTypes(NodeContext &node) {
  if (InferFunction infer = inferTable().find(node))
    return infer(node);
  const ::onnx::OpSchema *schema = findLibonnxSchema(node);
  if (!schema)
    return success();
  // Not all of its functions bear an input without a type.
  bool allTyped = llvm::all_of(node.inputs, [](const ValueInfo *input) {
    return !input || (input->type.value_case() != TypeProto::VALUE_NOT_SET &&
                      (!input->type.has_tensor_type() ||
                       elementTypeOf(input->type) != Undefined));
  });
  if (allTyped && schema->has_type_and_shape_inference_function()) {
    try {
      LibonnxContext context(node);
      schema->GetTypeAndShapeInferenceFunction()(context);
    } catch (const std::exception &error) {
      return node.emitError() << gist(error.what());
    }
  }
  inferFromConstraints(node, *schema);
  return success();
}

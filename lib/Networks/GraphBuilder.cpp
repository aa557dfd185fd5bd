//===- GraphBuilder.cpp - Builds one ONNX graph -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphBuilder.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::networks;
using onnx::TensorProto;

/// Opset 17 is the newest that the oldest supported libonnx (1.12) knows.
static constexpr int64_t opset = 17, irVersion = 8;

GraphBuilder::GraphBuilder(llvm::StringRef name, const Options &options)
    : options(options), graph(model.mutable_graph()) {
  model.set_ir_version(irVersion);
  model.set_producer_name("ohas-networks");
  model.add_opset_import()->set_version(opset);
  graph->set_name(name.str());
  graph->set_doc_string("Structure and shapes only: the weights are declared "
                        "as external data, and not included.");
}

static void setType(onnx::ValueInfoProto *info, const Value &value) {
  info->set_name(value.name);
  auto *type = info->mutable_type()->mutable_tensor_type();
  type->set_elem_type(value.element);
  auto *shape = type->mutable_shape();
  for (int64_t size : value.shape) {
    auto *dim = shape->add_dim();
    if (size >= 0)
      dim->set_dim_value(size);
    else if (size == -1)
      dim->set_dim_param("batch");
    // A multiple of the batch has no name: it stays unknown.
  }
}

Value GraphBuilder::input(llvm::StringRef name, const Shape &shape,
                          ElementType element) {
  Value value{name.str(), shape, element};
  setType(graph->add_input(), value);
  return value;
}

Value GraphBuilder::weight(const std::string &name, const Shape &shape) {
  TensorProto *tensor = graph->add_initializer();
  tensor->set_name(name);
  tensor->set_data_type(TensorProto::FLOAT);
  for (int64_t size : shape)
    tensor->add_dims(size);
  tensor->set_data_location(TensorProto::EXTERNAL);
  auto *location = tensor->add_external_data();
  location->set_key("location");
  location->set_value("weights-not-included.bin");
  return {name, shape};
}

onnx::NodeProto *GraphBuilder::addNode(llvm::StringRef type,
                                       const Scope &scope) {
  std::string name = scope.node(type);
  if (unsigned repeats = names[name]++)
    name += "_" + std::to_string(repeats);
  onnx::NodeProto *node = graph->add_node();
  node->set_op_type(type.str());
  node->set_name(name);
  node->add_output(name + "_output_0");
  return node;
}

static void setAttribute(onnx::NodeProto *node, const Attribute &attribute) {
  onnx::AttributeProto *proto = node->add_attribute();
  proto->set_name(attribute.name.str());
  if (const auto *integer = std::get_if<int64_t>(&attribute.value)) {
    proto->set_type(onnx::AttributeProto::INT);
    proto->set_i(*integer);
  } else if (const auto *real = std::get_if<float>(&attribute.value)) {
    proto->set_type(onnx::AttributeProto::FLOAT);
    proto->set_f(*real);
  } else if (const auto *list = std::get_if<Shape>(&attribute.value)) {
    proto->set_type(onnx::AttributeProto::INTS);
    for (int64_t value : *list)
      proto->add_ints(value);
  } else {
    proto->set_type(onnx::AttributeProto::TENSOR);
    *proto->mutable_t() = std::get<TensorProto>(attribute.value);
  }
}

Value GraphBuilder::constant(const Scope &scope, TensorProto tensor) {
  Shape shape(tensor.dims().begin(), tensor.dims().end());
  auto element = static_cast<ElementType>(tensor.data_type());
  return op("Constant", scope, {}, shape, {{"value", std::move(tensor)}},
            element);
}

Value GraphBuilder::scalar(const Scope &scope, float value) {
  TensorProto tensor;
  tensor.set_data_type(TensorProto::FLOAT);
  tensor.add_float_data(value);
  return constant(scope, std::move(tensor));
}

Value GraphBuilder::index(const Scope &scope, int64_t value) {
  TensorProto tensor;
  tensor.set_data_type(TensorProto::INT64);
  tensor.add_int64_data(value);
  return constant(scope, std::move(tensor));
}

Value GraphBuilder::vector(const Scope &scope, llvm::ArrayRef<int64_t> values) {
  TensorProto tensor;
  tensor.set_data_type(TensorProto::INT64);
  tensor.add_dims(values.size());
  for (int64_t value : values)
    tensor.add_int64_data(value);
  return constant(scope, std::move(tensor));
}

Value GraphBuilder::op(llvm::StringRef type, const Scope &scope,
                       llvm::ArrayRef<Value> inputs, const Shape &result,
                       llvm::ArrayRef<Attribute> attributes, ElementType cast) {
  onnx::NodeProto *node = addNode(type, scope);
  for (const Value &input : inputs)
    node->add_input(input.name);
  for (const Attribute &attribute : attributes)
    setAttribute(node, attribute);
  ElementType element =
      cast != TensorProto::UNDEFINED ? cast : inputs.front().element;
  Value value{node->output(0), result, element};
  setType(graph->add_value_info(), value);
  return value;
}

void GraphBuilder::output(llvm::StringRef name, const Value &value) {
  for (onnx::NodeProto &node : *graph->mutable_node()) {
    for (std::string &used : *node.mutable_input())
      if (used == value.name)
        used = name.str();
    for (std::string &made : *node.mutable_output())
      if (made == value.name)
        made = name.str();
  }
  // What a graph's output is, its own entry says.
  auto &infos = *graph->mutable_value_info();
  infos.erase(llvm::remove_if(infos,
                              [&](const onnx::ValueInfoProto &info) {
                                return info.name() == value.name;
                              }),
              infos.end());
  setType(graph->add_output(), {name.str(), value.shape, value.element});
}

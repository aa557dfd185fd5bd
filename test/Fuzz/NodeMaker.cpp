//===- NodeMaker.cpp - New nodes that are almost right ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"
#include <algorithm>

using namespace ohas::fuzz;
using namespace onnx;

/// A branch or a body: some inputs, and outputs that are these or one node's.
static void makeGraph(GraphProto &graph, Random &random) {
  for (size_t i = 0, e = random.below(4); i < e; ++i) {
    ValueInfoProto &input = *graph.add_input();
    input.set_name("b" + std::to_string(random.below(100000)));
    if (random.oneIn(2))
      mutateType(*input.mutable_type(), random);
  }
  const Operator &op = anyOperator(random);
  // Graphs within graphs come from nesting.
  if (op.name != "If" && op.name != "Loop" && op.name != "Scan" &&
      op.name != "SequenceMap")
    makeNode(*graph.add_node(), op, graph, random);
  for (size_t i = 0, e = random.below(4); i < e; ++i)
    graph.add_output()->set_name(anyName(graph, random));
}

void ohas::fuzz::makeAttribute(AttributeProto &attribute, int type,
                               Random &random) {
  std::string name = attribute.name();
  attribute.Clear();
  attribute.set_name(name);
  attribute.set_type(static_cast<AttributeProto::AttributeType>(type));
  size_t count = random.below(5);
  switch (type) {
  case AttributeProto::FLOAT:
    attribute.set_f(random.real());
    break;
  case AttributeProto::INT:
    attribute.set_i(random.integer());
    break;
  case AttributeProto::STRING:
    attribute.set_s(random.of(words()));
    break;
  case AttributeProto::TENSOR:
    makeTensor(*attribute.mutable_t(), random);
    break;
  case AttributeProto::GRAPH:
    makeGraph(*attribute.mutable_g(), random);
    break;
  case AttributeProto::FLOATS:
    for (size_t i = 0; i < count; ++i)
      attribute.add_floats(random.real());
    break;
  case AttributeProto::INTS:
    for (size_t i = 0; i < count; ++i)
      attribute.add_ints(random.integer());
    break;
  case AttributeProto::STRINGS:
    for (size_t i = 0; i < count; ++i)
      attribute.add_strings(random.of(words()));
    break;
  case AttributeProto::TENSORS:
    makeTensor(*attribute.add_tensors(), random);
    break;
  case AttributeProto::SPARSE_TENSOR:
    makeTensor(*attribute.mutable_sparse_tensor()->mutable_values(), random);
    makeTensor(*attribute.mutable_sparse_tensor()->mutable_indices(), random);
    attribute.mutable_sparse_tensor()->add_dims(random.dim());
    break;
  case AttributeProto::TYPE_PROTO:
    mutateType(*attribute.mutable_tp(), random);
    break;
  default:
    break;
  }
}

/// A value of rank `rank` for an operator whose other inputs have one too.
static std::string makeInput(GraphProto &graph, size_t rank, Random &random) {
  ValueInfoProto &input = *graph.add_input();
  input.set_name("i" + std::to_string(random.below(100000)));
  auto &type = *input.mutable_type()->mutable_tensor_type();
  type.set_elem_type(random.oneIn(4) ? static_cast<int>(random.below(27))
                                     : TensorProto::FLOAT);
  type.mutable_shape();
  for (size_t i = 0; i < rank; ++i) {
    auto &dim = *type.mutable_shape()->add_dim();
    if (random.oneIn(10))
      dim.set_dim_param(
          std::string(1, static_cast<char>('a' + random.below(3))));
    else
      dim.set_dim_value(random.dim());
  }
  return input.name();
}

void ohas::fuzz::makeNode(NodeProto &node, const Operator &op,
                          GraphProto &graph, Random &random) {
  node.Clear();
  node.set_op_type(op.name);
  node.set_domain(op.domain);
  size_t least = op.schema ? op.schema->min_input() : 1;
  size_t most = op.schema ? op.schema->max_input() : 10;
  most = std::min<size_t>(most, least + 4 + (op.schema ? 0 : 6));
  size_t count = least + (most > least ? random.below(most - least + 1) : 0);
  // Ranks, and often sizes, that agree get further.
  size_t rank = 1 + random.below(5);
  bool fresh = random.oneIn(2);
  for (size_t i = 0; i < count; ++i) {
    if (i >= least && random.oneIn(3))
      node.add_input("");
    else if (!node.input().empty() && random.oneIn(3))
      node.add_input(node.input(0));
    else if (fresh)
      node.add_input(
          makeInput(graph, random.oneIn(4) ? random.below(6) : rank, random));
    else
      node.add_input(anyName(graph, random));
  }
  size_t outputs = op.schema ? op.schema->min_output() : 1;
  if (random.oneIn(2))
    outputs += random.below(3);
  for (size_t i = 0; i < outputs; ++i)
    node.add_output("o" + std::to_string(random.below(100000)));
  if (!node.output().empty() && random.oneIn(2))
    graph.add_output()->set_name(node.output(0));
  if (op.schema) {
    for (const auto &[name, attribute] : op.schema->attributes()) {
      if (!attribute.required && !random.oneIn(4))
        continue;
      AttributeProto &added = *node.add_attribute();
      added.set_name(name);
      makeAttribute(added, attribute.type, random);
    }
    return;
  }
  for (size_t i = 0, e = random.below(6); i < e; ++i) {
    AttributeProto &added = *node.add_attribute();
    added.set_name(random.of(attributeNames()));
    makeAttribute(added,
                  random.oneIn(6) ? 1 + random.below(14) : AttributeProto::INT,
                  random);
  }
}

void ohas::fuzz::makeModel(ModelProto &model, Random &random) {
  static const std::vector<OpSchema> schemas =
      OpSchemaRegistry::get_all_schemas_with_history();
  const OpSchema &schema = random.of(schemas);
  model.Clear();
  model.set_ir_version(8);
  OperatorSetIdProto &import = *model.add_opset_import();
  import.set_domain(schema.domain());
  import.set_version(schema.since_version());
  GraphProto &graph = *model.mutable_graph();
  makeNode(*graph.add_node(), {schema.domain(), schema.Name(), &schema}, graph,
           random);
}

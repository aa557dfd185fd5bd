//===- GraphMutations.cpp - Nodes and what they are connected to *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"

using namespace ohas::fuzz;
using namespace onnx;

/// Graphs in attributes of `graph`'s nodes, and `graph`.
static void collectGraphs(GraphProto &graph, std::vector<GraphProto *> &all) {
  all.push_back(&graph);
  for (NodeProto &node : *graph.mutable_node())
    for (AttributeProto &attribute : *node.mutable_attribute())
      if (attribute.has_g())
        collectGraphs(*attribute.mutable_g(), all);
}

GraphProto &ohas::fuzz::anyGraph(ModelProto &model, Random &random) {
  std::vector<GraphProto *> all;
  collectGraphs(*model.mutable_graph(), all);
  return *random.of(all);
}

std::string ohas::fuzz::anyName(const GraphProto &graph, Random &random) {
  std::vector<const std::string *> names;
  for (const auto &input : graph.input())
    names.push_back(&input.name());
  for (const auto &tensor : graph.initializer())
    names.push_back(&tensor.name());
  for (const auto &node : graph.node())
    for (const std::string &output : node.output())
      names.push_back(&output);
  if (names.empty() || random.oneIn(30))
    return random.oneIn(2) ? "" : "nothing";
  return *random.of(names);
}

/// A random entry of a repeated field, or null.
template <typename Field>
static auto anyOf(Field *field, Random &random) -> decltype(field->Mutable(0)) {
  return field->empty()
             ? nullptr
             : field->Mutable(static_cast<int>(random.below(field->size())));
}

template <typename Field> static void removeOne(Field *field, Random &random) {
  if (!field->empty())
    field->DeleteSubrange(static_cast<int>(random.below(field->size())), 1);
}

/// Gives the outputs of a copy names of their own.
static void renameOutputs(NodeProto &node, GraphProto &graph, Random &random) {
  for (std::string &output : *node.mutable_output())
    output = "v" + std::to_string(random.below(100000));
  if (!node.output().empty() && random.oneIn(2)) {
    std::string name = node.output(0);
    if (ValueInfoProto *output = anyOf(graph.mutable_output(), random))
      output->set_name(name);
  }
}

static void rewire(GraphProto &graph, NodeProto &node, Random &random) {
  switch (random.below(5)) {
  case 0:
    node.add_input(anyName(graph, random));
    break;
  case 1:
    removeOne(node.mutable_input(), random);
    break;
  case 2:
    if (auto *input = anyOf(node.mutable_input(), random))
      input->clear();
    break;
  case 3:
    if (random.oneIn(2))
      node.add_output("o" + std::to_string(random.below(100000)));
    else
      removeOne(node.mutable_output(), random);
    break;
  default:
    if (auto *input = anyOf(node.mutable_input(), random))
      *input = anyName(graph, random);
  }
}

/// The nodes of the graph become the branch or the body of a new one.
static void nest(GraphProto &graph, Random &random) {
  GraphProto body = graph;
  if (random.oneIn(2))
    body.clear_input();
  static const char *const kinds[] = {"If", "Loop", "Scan", "SequenceMap"};
  std::string kind = random.of(kinds);
  NodeProto &node = *graph.add_node();
  node.set_op_type(kind);
  node.add_output("n" + std::to_string(random.below(100000)));
  for (size_t i = 0, e = random.below(4); i < e; ++i)
    node.add_input(anyName(graph, random));
  auto add = [&](const char *name) {
    AttributeProto &attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(AttributeProto::GRAPH);
    *attribute.mutable_g() = body;
  };
  add(kind == "If" ? "then_branch" : "body");
  if (kind == "If")
    add("else_branch");
}

static void addFunction(ModelProto &model, GraphProto &graph, Random &random) {
  if (model.functions_size() > 3 || graph.node_size() == 0)
    return;
  FunctionProto &function = *model.add_functions();
  function.set_domain("f");
  function.set_name("f" + std::to_string(model.functions_size()));
  *function.mutable_opset_import() = model.opset_import();
  const NodeProto &node =
      graph.node(static_cast<int>(random.below(graph.node_size())));
  *function.mutable_input() = node.input();
  *function.mutable_output() = node.output();
  *function.add_node() = node;
  NodeProto &call = *graph.add_node();
  call.set_op_type(function.name());
  call.set_domain("f");
  *call.mutable_input() = node.input();
  for (int i = 0; i < node.output_size(); ++i)
    call.add_output("c" + std::to_string(random.below(100000)));
  OperatorSetIdProto &import = *model.add_opset_import();
  import.set_domain("f");
  import.set_version(1);
}

void ohas::fuzz::mutateGraph(ModelProto &model, Random &random) {
  GraphProto &graph = anyGraph(model, random);
  NodeProto *node = anyOf(graph.mutable_node(), random);
  size_t kind = node ? random.below(12) : 0;
  switch (kind) {
  case 0:
  case 1:
    makeNode(*graph.add_node(), anyOperator(random), graph, random);
    break;
  case 2: {
    NodeProto copy = *node;
    renameOutputs(copy, graph, random);
    *graph.add_node() = std::move(copy);
    break;
  }
  case 3:
    removeOne(graph.mutable_node(), random);
    break;
  case 4: {
    const Operator &op = anyOperator(random);
    node->set_op_type(op.name);
    node->set_domain(op.domain);
    break;
  }
  case 5:
    if (graph.ByteSizeLong() < 4000)
      nest(graph, random);
    break;
  case 6:
    addFunction(model, graph, random);
    break;
  case 7:
    if (ValueInfoProto *output = anyOf(graph.mutable_output(), random)) {
      output->set_name(anyName(graph, random));
      if (random.oneIn(2))
        output->clear_type();
    }
    break;
  default:
    rewire(graph, *node, random);
  }
}

void ohas::fuzz::crossOver(ModelProto &model, const ModelProto &other,
                           Random &random) {
  GraphProto &graph = anyGraph(model, random);
  const GraphProto &from = other.graph();
  for (const NodeProto &node : from.node()) {
    if (!random.oneIn(2) || graph.node_size() > 30)
      continue;
    NodeProto &copy = *graph.add_node();
    copy = node;
    if (random.oneIn(2))
      renameOutputs(copy, graph, random);
    for (std::string &input : *copy.mutable_input())
      if (!input.empty() && !random.oneIn(3))
        input = anyName(graph, random);
  }
  for (const TensorProto &tensor : from.initializer())
    if (random.oneIn(2))
      *graph.add_initializer() = tensor;
  for (const ValueInfoProto &input : from.input())
    if (random.oneIn(2))
      *graph.add_input() = input;
  for (const FunctionProto &function : other.functions())
    if (random.oneIn(2))
      *model.add_functions() = function;
  for (const OperatorSetIdProto &import : other.opset_import())
    if (!import.domain().empty())
      *model.add_opset_import() = import;
}

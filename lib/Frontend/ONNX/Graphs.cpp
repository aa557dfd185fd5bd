//===- Graphs.cpp - The names and nodes of a graph --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "TopologicalOrder.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace ohas::onnx;
using namespace mlir;

/// Importing recurses, and a stack is small.
static constexpr unsigned maxGraphDepth = 300;

LogicalResult Importer::importInitializers(const GraphProto &graph,
                                           Scope &scope) {
  auto bind = [&](const TensorProto &tensor, StringRef name) -> LogicalResult {
    if (name.empty())
      return emitError() << "an initializer has no name";
    ValueInfo *info = scope.define(name);
    if (!info)
      return emitError() << "initializer '" << name << "' is defined twice";
    return bindTensor(tensor, "initializer '" + name + "'", *info);
  };
  for (const TensorProto &tensor : graph.initializer()) {
    if (failed(bind(tensor, tensor.name())))
      return failure();
    ValueInfo &info = *scope.lookup(tensor.name());
    int32_t type = elementTypeOf(info.type);
    if (isWeightType(type))
      numParameters += *numElements(*shapeOf(info.type));
  }
  for (const SparseTensorProto &sparse : graph.sparse_initializer()) {
    if (failed(checkSparse(sparse)))
      return failure();
    StringRef name = sparse.values().name();
    if (failed(bind(sparse.values(), name)))
      return failure();
    // Light and vector units see it densely.
    ValueInfo &info = *scope.lookup(name);
    info.known = nullptr;
    Shape shape(sparse.dims().begin(), sparse.dims().end());
    setTensorType(info.type, sparse.values().data_type(), shape);
    info.sparse = &sparse;
    numParameters += sparse.values().dims(0);
  }
  return success();
}

LogicalResult Importer::declareValues(const GraphProto &graph, Scope &scope) {
  llvm::StringSet<> inputs;
  for (const ValueInfoProto &input : graph.input()) {
    if (input.name().empty())
      return emitError() << "a graph input has no name";
    if (!inputs.insert(input.name()).second)
      return emitError() << "graph input '" << input.name()
                         << "' is declared twice";
    if (failed(checkDeclared(input.name(), input.type())))
      return failure();
    if (ValueInfo *info = scope.define(input.name()))
      info->type = input.type();
  }
  auto declare = [&](const ValueInfoProto &value) {
    if (failed(checkDeclared(value.name(), value.type())))
      return failure();
    if (value.has_type())
      scope.declared[value.name()] = &value.type();
    return success();
  };
  for (const ValueInfoProto &value : graph.value_info())
    if (failed(declare(value)))
      return failure();
  for (const ValueInfoProto &value : graph.output())
    if (failed(declare(value)))
      return failure();
  return success();
}

LogicalResult Importer::checkDeclared(StringRef name, const TypeProto &type) {
  if (type.has_sequence_type())
    return checkDeclared(name, type.sequence_type().elem_type());
  if (type.has_optional_type())
    return checkDeclared(name, type.optional_type().elem_type());
  // The element type may be left open; a number that is no type may not.
  int32_t element = elementTypeOf(type);
  if (element != Undefined && !isElementType(element))
    return emitError() << "'" << name << "' has element type " << element
                       << ", which ONNX does not define";
  if (auto shape = shapeOf(type); shape && !isPlausible(*shape))
    return emitError() << "'" << name << "' is declared as " << toString(type)
                       << ", which is too large for a tensor";
  return success();
}

LogicalResult Importer::importGraph(const GraphProto &graph, Scope &scope) {
  return importNodes(graph.node(), scope);
}

LogicalResult Importer::importNodes(
    const google::protobuf::RepeatedPtrField<NodeProto> &nodes, Scope &scope) {
  auto nodeName = [&](int i) {
    const NodeProto &node = nodes[i];
    return scope.prefix + (node.name().empty()
                               ? node.op_type() + "#" + std::to_string(i)
                               : node.name());
  };
  llvm::DenseMap<StringRef, int> producers(nodes.size());
  for (int i = 0; i < nodes.size(); ++i)
    for (const std::string &output : nodes[i].output()) {
      if (output.empty())
        continue;
      if (scope.defines(output))
        return emitError() << "node '" << nodeName(i) << "' writes '" << output
                           << "', which is a graph input or initializer";
      auto [first, inserted] = producers.try_emplace(output, i);
      if (!inserted)
        return emitError() << "nodes '" << nodeName(first->second) << "' and '"
                           << nodeName(i) << "' both write '" << output << "'";
    }
  // Each has bounds of its own, but functions in branches in functions
  // multiply.
  if (graphDepth > maxGraphDepth)
    return emitError() << "graphs and functions are nested more than "
                       << maxGraphDepth << " deep";
  llvm::SaveAndRestore<unsigned> deeper(graphDepth, graphDepth + 1);
  // Most models are in order: every input is there before its node.
  auto isThere = [&](const std::string &input, int before) {
    auto found = producers.find(input);
    return found == producers.end() || found->second < before;
  };
  bool isOrdered = true;
  for (int i = 0; i < nodes.size() && isOrdered; ++i)
    isOrdered = llvm::all_of(nodes[i].input(), [&](const std::string &input) {
      return isThere(input, i);
    });
  if (isOrdered) {
    for (int i = 0; i < nodes.size(); ++i)
      if (failed(importNode(nodes[i], nodeName(i), scope)))
        return failure();
    return success();
  }
  TopologicalOrder order = topologicalOrder(nodes);
  if (order.onCycle >= 0)
    return emitError() << "node '" << nodeName(order.onCycle)
                       << "' depends on its own output (a cycle)";
  for (int i : order.nodes)
    if (failed(importNode(nodes[i], nodeName(i), scope)))
      return failure();
  return success();
}

LogicalResult Importer::importSubgraph(const GraphProto &graph,
                                       NodeContext &node,
                                       ArrayRef<ValueInfo> inputs,
                                       SmallVectorImpl<ValueInfo> &outputs) {
  Scope scope(node.scope.opsets, &node.scope, node.name + "/");
  if (failed(importInitializers(graph, scope)) ||
      failed(declareValues(graph, scope)))
    return failure();
  if (graph.input_size() < static_cast<int>(inputs.size()))
    return node.emitError() << "its subgraph has " << graph.input_size()
                            << " inputs, " << inputs.size() << " are expected";
  for (auto [formal, actual] : llvm::zip(graph.input(), inputs))
    *scope.lookup(formal.name()) = actual;
  // Some exporters list what a branch captures as its inputs.
  for (const ValueInfoProto &formal :
       llvm::drop_begin(graph.input(), inputs.size())) {
    if (scope.lookup(formal.name())->tensor)
      continue;
    ValueInfo *captured = node.scope.lookup(formal.name());
    if (!captured)
      return node.emitError() << "input '" << formal.name()
                              << "' of its subgraph is not defined";
    *scope.lookup(formal.name()) = *captured;
  }
  if (failed(importGraph(graph, scope)))
    return failure();
  for (const ValueInfoProto &output : graph.output()) {
    ValueInfo *info = scope.lookup(output.name());
    if (!info)
      return node.emitError() << "output '" << output.name()
                              << "' of its subgraph is not computed";
    outputs.push_back(*info);
  }
  return success();
}

//===- Functions.cpp - Functions that a model defines -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call is expanded in place. How much that is gets counted first: a chain of
// functions that each call the next one twice grows without bound.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include <google/protobuf/unknown_field_set.h>

using namespace ohas::onnx;
using namespace mlir;

/// Nodes that all calls together may expand to: a small file takes no long
/// time, and a large one as long as it is large.
static constexpr int64_t minExpandedNodes = 100'000;
static constexpr int64_t expandedNodesPerNode = 20;
/// Where counting ends; two of it are no overflow.
static constexpr int64_t manyNodes = std::numeric_limits<int64_t>::max() / 2;
/// Calls in calls in calls: expansion recurses.
static constexpr unsigned maxCallDepth = 200;
/// What of a call's name is in front of its nodes' names.
static constexpr size_t maxPrefix = 1000;

static std::string functionKey(StringRef domain, StringRef name) {
  return (canonicalDomain(domain) + ":" + name).str();
}

const FunctionProto *Importer::findFunction(const NodeProto &node) const {
  if (functions.empty())
    return nullptr;
  auto found = functions.find(functionKey(node.domain(), node.op_type()));
  return found == functions.end() ? nullptr : found->second.proto;
}

bool Importer::hasFunctionsIn(StringRef domain) const {
  return llvm::any_of(functions, [&](const auto &entry) {
    return canonicalDomain(entry.second.proto->domain()) == domain;
  });
}

/// Calls `visit` on the nodes of a body and of its subgraphs.
template <typename Nodes, typename Visit>
static LogicalResult forEachNode(const Nodes &nodes, Visit visit) {
  for (const NodeProto &node : nodes) {
    if (failed(visit(node)))
      return failure();
    for (const AttributeProto &attribute : node.attribute()) {
      if (attribute.has_g() && failed(forEachNode(attribute.g().node(), visit)))
        return failure();
      for (const GraphProto &graph : attribute.graphs())
        if (failed(forEachNode(graph.node(), visit)))
          return failure();
    }
  }
  return success();
}

FailureOr<int64_t> Importer::countExpanded(Function &function, unsigned depth) {
  const std::string &name = function.proto->name();
  if (function.expandedNodes == -2)
    return emitError() << "function '" << name << "' calls itself";
  auto failDepth = [&] {
    return emitError() << "functions call each other more than " << maxCallDepth
                       << " deep";
  };
  if (depth > maxCallDepth)
    return failDepth();
  if (function.expandedNodes >= 0)
    return function.expandedNodes;
  function.expandedNodes = -2;
  int64_t count = 0;
  unsigned levels = 0;
  if (failed(forEachNode(function.proto->node(), [&](const NodeProto &node) {
        auto callee =
            functions.find(functionKey(node.domain(), node.op_type()));
        int64_t nodes = 1;
        if (callee != functions.end()) {
          auto inner = countExpanded(callee->second, depth + 1);
          if (failed(inner))
            return failure();
          nodes = *inner;
          levels = std::max(levels, callee->second.callLevels + 1);
        }
        count = std::min(count + nodes, manyNodes);
        return success();
      })))
    return failure();
  // Another function may have been here first, so the depth alone says little.
  if (levels > maxCallDepth)
    return failDepth();
  function.callLevels = levels;
  function.expandedNodes = count;
  return count;
}

LogicalResult Importer::collectFunctions() {
  for (const FunctionProto &proto : model.proto.functions()) {
    auto [entry, inserted] = functions.try_emplace(
        functionKey(proto.domain(), proto.name()), Function{&proto, {}});
    if (!inserted)
      return emitError() << "function '" << proto.name() << "' of domain '"
                         << proto.domain() << "' is defined twice";
    OpsetImports &imports = entry->second.opsets;
    for (const auto &import : proto.opset_import())
      imports[canonicalDomain(import.domain())] = import.version();
    // A body of calls only needs no operator set.
    bool usesOnnx = llvm::any_of(proto.node(), [](const NodeProto &node) {
      return canonicalDomain(node.domain()).empty();
    });
    if (usesOnnx && !imports.contains(""))
      return emitError() << "function '" << proto.name()
                         << "' imports no operator set";
    if (auto it = imports.find("");
        it != imports.end() && (it->second < 1 || it->second > maxOpset))
      return emitError() << "function '" << proto.name() << "' imports opset "
                         << it->second << "; 1 to " << maxOpset << " are known";
  }
  if (functions.empty())
    return success();
  int64_t expanded = 0, written = 0;
  for (auto &entry : functions) {
    if (failed(countExpanded(entry.second, 0)))
      return failure();
    written += entry.second.proto->node_size();
  }
  (void)forEachNode(model.proto.graph().node(), [&](const NodeProto &node) {
    ++written;
    auto callee = functions.find(functionKey(node.domain(), node.op_type()));
    if (callee != functions.end())
      expanded = std::min(expanded + callee->second.expandedNodes, manyNodes);
    return success();
  });
  int64_t limit = std::max(minExpandedNodes, expandedNodesPerNode * written);
  if (expanded > limit)
    return emitError() << "its functions expand to more than " << limit
                       << " nodes";
  return success();
}

/// The default of an attribute: field 11 of FunctionProto since ONNX 1.13,
/// which libonnx 1.12 keeps without knowing it.
static std::optional<AttributeProto> defaultOf(const FunctionProto &function,
                                               const std::string &name) {
  constexpr int attributeProtoField = 11;
  const auto &unknown = function.GetReflection()->GetUnknownFields(function);
  for (int i = 0; i < unknown.field_count(); ++i) {
    const auto &field = unknown.field(i);
    AttributeProto attribute;
    if (field.number() == attributeProtoField &&
        field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED &&
        attribute.ParseFromString(field.length_delimited()) &&
        attribute.name() == name)
      return attribute;
  }
  return std::nullopt;
}

/// Fills in what a call gives for the attributes of the function.
static LogicalResult fillAttributes(NodeProto &node, const NodeContext &call,
                                    const FunctionProto &function) {
  auto *attributes = node.mutable_attribute();
  for (int i = attributes->size() - 1; i >= 0; --i) {
    AttributeProto &attribute = *attributes->Mutable(i);
    if (attribute.has_g())
      for (NodeProto &inner : *attribute.mutable_g()->mutable_node())
        if (failed(fillAttributes(inner, call, function)))
          return failure();
    if (attribute.ref_attr_name().empty())
      continue;
    const AttributeProto *given = call.attribute(attribute.ref_attr_name());
    std::optional<AttributeProto> fallback;
    if (!given && (fallback = defaultOf(function, attribute.ref_attr_name())))
      given = &*fallback;
    if (!given) {
      // Not given: the operator's default counts.
      attributes->DeleteSubrange(i, 1);
      continue;
    }
    std::string name = attribute.name();
    attribute = *given;
    attribute.set_name(name);
  }
  return success();
}

LogicalResult Importer::expandFunction(NodeContext &call,
                                       const FunctionProto &function) {
  const Function &entry =
      functions[functionKey(function.domain(), function.name())];
  if (call.numInputs() > static_cast<size_t>(function.input_size()) ||
      call.numOutputs() > static_cast<size_t>(function.output_size()))
    return call.emitError() << "the call has more inputs or outputs than the "
                               "function";
  // Names of nodes grow with every call: a long one is not repeated for each
  // of a million nodes.
  Scope scope(entry.opsets, nullptr,
              StringRef(call.name).take_back(maxPrefix).str() + "/");
  llvm::SmallVector<const std::string *> absent;
  for (auto [i, formal] : llvm::enumerate(function.input())) {
    ValueInfo *info = call.hasInput(i) ? call.inputs[i] : nullptr;
    ValueInfo *bound = scope.define(formal);
    if (!bound)
      return call.emitError()
             << "the function has two inputs named '" << formal << "'";
    if (info) {
      // The caller's constants stay the caller's: made once, for all uses.
      materialize(*info);
      *bound = *info;
    } else {
      bound->isAbsent = true;
    }
  }
  // Outlives the call: constants of the body are looked at where they are used.
  google::protobuf::RepeatedPtrField<NodeProto> &body =
      instances.emplace_back(function.node());
  for (NodeProto &node : body)
    if (failed(fillAttributes(node, call, function)))
      return failure();
  if (failed(importNodes(body, scope)))
    return failure();
  for (size_t i = 0; i < call.numOutputs(); ++i) {
    if (!call.hasOutput(i))
      continue;
    const std::string &name = function.output(i);
    ValueInfo *info = scope.lookup(name);
    if (!info || info->isAbsent)
      return call.emitError()
             << "output '" << name << "' of the function is not computed";
    call.outputTypes[i] = info->type;
    call.outputKnown[i] = info->known;
  }
  if (failed(mergeDeclared(call)))
    return failure();
  for (size_t i = 0; i < call.numOutputs(); ++i)
    if (call.hasOutput(i)) {
      ValueInfo *info = call.scope.define(call.proto.output(i));
      if (!info)
        return call.emitError()
               << "output '" << call.proto.output(i) << "' is defined twice";
      *info = *scope.lookup(function.output(i));
    }
  return success();
}

//===- Dims.cpp - Values of symbolic dims -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace ohas::onnx;
using namespace mlir;

namespace {

/// Replaces the dims of a model that the user gave values.
class DimBinder {
public:
  explicit DimBinder(const llvm::StringMap<int64_t> &values) : values(values) {}

  /// Gives `size` to all open dims of the inputs that have no value yet, and
  /// to the same names elsewhere. What only outputs name depends on data.
  void addDefault(const GraphProto &graph, int64_t size) {
    for (const ValueInfoProto &input : graph.input())
      addDefault(input.type(), input.name(), size);
  }

  void bindGraph(GraphProto &graph) {
    for (ValueInfoProto &input : *graph.mutable_input())
      bindType(*input.mutable_type(), input.name());
    for (ValueInfoProto &output : *graph.mutable_output())
      bindType(*output.mutable_type());
    for (ValueInfoProto &value : *graph.mutable_value_info())
      bindType(*value.mutable_type());
    for (NodeProto &node : *graph.mutable_node())
      for (AttributeProto &attribute : *node.mutable_attribute()) {
        if (attribute.has_g())
          bindGraph(*attribute.mutable_g());
        for (GraphProto &graph : *attribute.mutable_graphs())
          bindGraph(graph);
      }
  }

  llvm::StringSet<> used;
  llvm::MapVector<StringRef, bool> names;

private:
  void addDefault(const TypeProto &type, StringRef input, int64_t size) {
    if (type.has_sequence_type())
      return addDefault(type.sequence_type().elem_type(), input, size);
    if (type.has_optional_type())
      return addDefault(type.optional_type().elem_type(), input, size);
    for (auto [axis, dim] : llvm::enumerate(type.tensor_type().shape().dim())) {
      if (dim.has_dim_value() && dim.dim_value() >= 0)
        continue;
      std::string place = (input + ":" + Twine(axis)).str();
      bool isNamed = dim.has_dim_param() && !dim.dim_param().empty();
      if (!values.contains(place))
        values.try_emplace(isNamed ? dim.dim_param() : place, size);
    }
  }

  void bindType(TypeProto &type, StringRef input = "") {
    if (type.has_sequence_type())
      return bindType(*type.mutable_sequence_type()->mutable_elem_type());
    if (type.has_optional_type())
      return bindType(*type.mutable_optional_type()->mutable_elem_type());
    if (!type.has_tensor_type() || !type.tensor_type().has_shape())
      return;
    int axis = -1;
    for (auto &dim :
         *type.mutable_tensor_type()->mutable_shape()->mutable_dim()) {
      ++axis;
      // Old exporters write -1 for a dim that is open.
      if (dim.has_dim_value() && dim.dim_value() < 0)
        dim.clear_dim_value();
      if (dim.has_dim_value())
        continue;
      std::string place = (input + ":" + Twine(axis)).str();
      if (dim.has_dim_param() && !dim.dim_param().empty())
        names[dim.dim_param()];
      auto found = values.find(dim.dim_param());
      if (found == values.end() && !input.empty())
        found = values.find(place);
      if (found == values.end())
        continue;
      used.insert(found->getKey());
      dim.set_dim_value(found->second);
    }
  }

  llvm::StringMap<int64_t> values;
};

} // namespace

LogicalResult Importer::bindDims() {
  DimBinder binder(options.dims);
  if (options.dimDefault)
    binder.addDefault(model.proto.graph(), *options.dimDefault);
  binder.bindGraph(*model.proto.mutable_graph());
  for (const auto &entry : options.dims) {
    if (entry.second < 0)
      return emitError() << "dim '" << entry.getKey() << "' cannot be "
                         << entry.second;
    if (binder.used.contains(entry.getKey()))
      continue;
    auto error = emitError() << "has no open dim '" << entry.getKey() << "'";
    if (binder.names.empty())
      return error << "; open dims without a name are given as input:axis";
    error << "; it has";
    for (auto [i, name] : llvm::enumerate(binder.names))
      error << (i ? ", '" : " '") << name.first << "'";
    return error;
  }
  return success();
}

//===- GraphBuilder.h - Builds one ONNX graph -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_LIB_NETWORKS_GRAPHBUILDER_H
#define OHAS_LIB_NETWORKS_GRAPHBUILDER_H

#include "Scope.h"
#include "ohas/Networks/Networks.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <onnx/onnx_pb.h>
#include <variant>

namespace ohas::networks {

/// Sizes by dimension. A negative size -n stands for n times the symbolic
/// batch.
using Shape = llvm::SmallVector<int64_t, 5>;
using ElementType = onnx::TensorProto::DataType;

struct Value {
  std::string name;
  Shape shape;
  ElementType element = onnx::TensorProto::FLOAT;
};

struct Attribute {
  llvm::StringRef name;
  std::variant<int64_t, float, Shape, onnx::TensorProto> value;
};

class GraphBuilder {
public:
  GraphBuilder(llvm::StringRef name, const Options &options);

  /// The size of the batch dimension.
  int64_t batch() const { return options.dynamicBatch ? -1 : options.batch; }
  int64_t sequence() const { return options.sequence; }

  Value input(llvm::StringRef name, const Shape &shape,
              ElementType element = onnx::TensorProto::FLOAT);

  /// A parameter of the network, by name and shape alone.
  Value weight(const std::string &name, const Shape &shape);

  /// Small values that belong to the graph's structure, as Constant nodes.
  Value scalar(const Scope &scope, float value);
  Value index(const Scope &scope, int64_t value);
  Value vector(const Scope &scope, llvm::ArrayRef<int64_t> values);

  /// Adds a node; the result has the first input's element type unless `cast`
  /// says otherwise.
  Value op(llvm::StringRef type, const Scope &scope,
           llvm::ArrayRef<Value> inputs, const Shape &result,
           llvm::ArrayRef<Attribute> attributes = {},
           ElementType cast = onnx::TensorProto::UNDEFINED);

  /// Makes `value` a result of the network, called `name`.
  void output(llvm::StringRef name, const Value &value);

  std::string serialize() const { return model.SerializeAsString(); }

private:
  Value constant(const Scope &scope, onnx::TensorProto tensor);
  onnx::NodeProto *addNode(llvm::StringRef type, const Scope &scope);

  Options options;
  onnx::ModelProto model;
  onnx::GraphProto *graph;
  /// How often each node name was asked for: repeats get _1, _2, ...
  llvm::StringMap<unsigned> names;
};

} // namespace ohas::networks

#endif // OHAS_LIB_NETWORKS_GRAPHBUILDER_H

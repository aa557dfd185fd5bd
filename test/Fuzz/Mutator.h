//===- Mutator.h - Changes that keep a model a model ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_FUZZ_MUTATOR_H
#define OHAS_TEST_FUZZ_MUTATOR_H

#include "Vocabulary.h"
#include <onnx/onnx_pb.h>

namespace ohas::fuzz {

/// One of the model's graphs, its subgraphs included.
onnx::GraphProto &anyGraph(onnx::ModelProto &model, Random &random);
/// The name of a value of the graph, or of none.
std::string anyName(const onnx::GraphProto &graph, Random &random);

// GraphMutations.cpp: which nodes there are, and what they are connected to.
void mutateGraph(onnx::ModelProto &model, Random &random);
/// Copies a part of `other` into `model`.
void crossOver(onnx::ModelProto &model, const onnx::ModelProto &other,
               Random &random);

// NodeMaker.cpp
/// A node of `op` that the schema, if there is one, accepts more or less.
void makeNode(onnx::NodeProto &node, const Operator &op,
              onnx::GraphProto &graph, Random &random);
/// A model of one node, of any operator that libonnx knows in any opset.
void makeModel(onnx::ModelProto &model, Random &random);
void makeAttribute(onnx::AttributeProto &attribute, int type, Random &random);

// ValueMutations.cpp: attributes, types, tensors and versions.
void mutateAttribute(onnx::NodeProto &node, Random &random);
void mutateType(onnx::TypeProto &type, Random &random);
void mutateTensor(onnx::TensorProto &tensor, Random &random);
void mutateValue(onnx::ModelProto &model, Random &random);
/// A tensor with contents that shapes, axes and indices have.
void makeTensor(onnx::TensorProto &tensor, Random &random);

} // namespace ohas::fuzz

#endif // OHAS_TEST_FUZZ_MUTATOR_H

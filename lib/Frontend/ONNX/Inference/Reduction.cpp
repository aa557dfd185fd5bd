//===- Reduction.cpp - Types of reductions ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

static LogicalResult inferReduce(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  bool keep = node.getInt("keepdims", 1) != 0;
  if (!input)
    return success();
  // Axes became an input: of ReduceSum in opset 13, of the others in 18.
  bool byAttribute = node.opset < (node.opType() == "ReduceSum" ? 13 : 18);
  auto axes = intsOf(node, 1, byAttribute ? "axes" : "");
  if (axes && axes->empty() && node.attribute("axes"))
    axes = node.getInts("axes");
  if (!axes) {
    if (keep)
      node.setOutput(0, node.inputType(0), Shape(input->size()));
    return success();
  }
  if (axes->empty() && node.getInt("noop_with_empty_axes", 0))
    return inferSameAsFirst(node);
  SmallVector<bool> reduced(input->size(), axes->empty());
  for (int64_t axis : *axes) {
    auto positive = normalizeAxis(axis, input->size());
    if (!positive)
      return node.emitError()
             << "axis " << axis << " is out of range for " << toString(*input);
    reduced[*positive] = true;
  }
  Shape output;
  for (auto [dim, isReduced] : llvm::zip(*input, reduced)) {
    if (!isReduced)
      output.push_back(dim);
    else if (keep)
      output.push_back(1);
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferTopK(NodeContext &node) {
  auto input = node.inputShape(0);
  node.setOutput(0, node.inputType(0));
  node.setOutput(1, Int64);
  if (!input)
    return success();
  auto axis = normalizeAxis(node.getInt("axis", -1), input->size());
  if (!axis)
    return node.emitError() << "axis " << node.getInt("axis", -1)
                            << " is out of range for " << toString(*input);
  Dim k;
  if (node.opset < 10)
    k = node.getInt("k", -1);
  else if (auto known = node.knownInts(1); known && known->size() == 1)
    k = known->front();
  else if (node.known(1) && node.known(1)->elements.size() == 1)
    k = Dim::named(node.known(1)->elements[0].symbol);
  bool isGiven = k.isKnown() || node.opset < 10 || node.knownInts(1);
  if (isGiven && (k.size < 0 ||
                  ((*input)[*axis].isKnown() && k.size > (*input)[*axis].size)))
    return node.emitError()
           << "k is " << k.size << ", out of " << toString({(*input)[*axis]});
  Shape output = *input;
  output[*axis] = k;
  node.setOutput(0, node.inputType(0), output);
  node.setOutput(1, Int64, output);
  return success();
}

void ohas::onnx::addReductionInference(InferTable &table) {
  table.addAll({"ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp",
                "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd",
                "ReduceSum", "ReduceSumSquare"},
               inferReduce);
  table.addAll({"TopK"}, inferTopK);
}

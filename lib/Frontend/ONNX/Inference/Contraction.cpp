//===- Contraction.cpp - Types of matrix products ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Einsum.h"
#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

LogicalResult ohas::onnx::inferProduct(NodeContext &node, int32_t type,
                                       const std::optional<Shape> &a,
                                       const std::optional<Shape> &b,
                                       bool transposeLeft,
                                       bool transposeRight) {
  node.setOutput(0, type);
  if (!a || !b)
    return success();
  auto fail = [&] {
    return node.emitError()
           << "cannot multiply " << toString(*a) << " by " << toString(*b);
  };
  if (a->empty() || b->empty())
    return fail();
  bool row = a->size() == 1, column = b->size() == 1;
  Shape l = *a, r = *b;
  if (transposeLeft && !row)
    std::swap(l[l.size() - 1], l[l.size() - 2]);
  if (transposeRight && !column)
    std::swap(r[r.size() - 1], r[r.size() - 2]);
  if (row)
    l.insert(l.begin(), Dim(1));
  if (column)
    r.push_back(1);
  Dim inner = l.back(), other = r[r.size() - 2];
  if (inner.isKnown() && other.isKnown() && inner.size != other.size)
    return fail();
  auto batch = broadcastShapes(ArrayRef<Dim>(l).drop_back(2),
                               ArrayRef<Dim>(r).drop_back(2));
  if (!batch)
    return fail();
  if (!row)
    batch->push_back(l[l.size() - 2]);
  if (!column)
    batch->push_back(r.back());
  node.setOutput(0, type, *batch);
  return success();
}

static LogicalResult inferMatMul(NodeContext &node) {
  return inferProduct(node, node.inputType(0), node.inputShape(0),
                      node.inputShape(1));
}

static LogicalResult inferMatMulInteger(NodeContext &node) {
  return inferProduct(node, Int32, node.inputShape(0), node.inputShape(1));
}

static LogicalResult inferQLinearMatMul(NodeContext &node) {
  return inferProduct(node, node.inputType(7), node.inputShape(0),
                      node.inputShape(3));
}

static LogicalResult inferGemm(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto a = node.inputShape(0), b = node.inputShape(1);
  if (!a || !b)
    return success();
  // Opset 1 flattened trailing dims of 1, as Caffe2 did.
  if (a->size() != 2 || b->size() != 2)
    return node.emitError() << "its inputs are " << toString(*a) << " and "
                            << toString(*b) << "; matrices are needed";
  bool transA = node.getInt("transA", 0), transB = node.getInt("transB", 0);
  Dim inner = (*a)[!transA], other = (*b)[transB];
  if (inner.isKnown() && other.isKnown() && inner.size != other.size)
    return node.emitError() << "cannot multiply " << toString(*a)
                            << (transA ? " (transposed)" : "") << " by "
                            << toString(*b) << (transB ? " (transposed)" : "");
  Shape output = {(*a)[transA], (*b)[!transB]};
  if (auto c = node.inputShape(2)) {
    auto both = broadcastShapes(output, *c);
    bool fits = both && both->size() == 2;
    for (size_t i = 0; fits && i < 2; ++i)
      fits = !output[i].isKnown() || (*both)[i].size == output[i].size;
    if (!fits)
      return node.emitError()
             << "its input C is " << toString(*c)
             << ", which does not broadcast to " << toString(output);
  }
  node.setOutput(0, node.inputType(0), output);
  return success();
}

static LogicalResult inferEinsum(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto equation = parseEinsum(node);
  if (failed(equation))
    return failure();
  if (*equation)
    node.setOutput(0, node.inputType(0), (*equation)->outputShape());
  return success();
}

void ohas::onnx::addContractionInference(InferTable &table) {
  table.addAll({"MatMul"}, inferMatMul);
  table.addAll({"MatMulInteger"}, inferMatMulInteger);
  table.addAll({"QLinearMatMul"}, inferQLinearMatMul);
  table.addAll({"Gemm"}, inferGemm);
  table.addAll({"Einsum"}, inferEinsum);
}

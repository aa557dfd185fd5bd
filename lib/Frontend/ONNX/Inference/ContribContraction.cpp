//===- ContribContraction.cpp - Types of ONNX Runtime's products -*-C++-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Window.h"
#include "Helpers.h"

using namespace ohas::onnx;
using namespace mlir;

/// [m, batch..., k] is [batch..., m, k] with its batch transposed.
static std::optional<Shape> operandShape(NodeContext &node, size_t i,
                                         StringRef swapsBatch) {
  auto shape = node.inputShape(i);
  if (shape && shape->size() > 2 && node.getInt(swapsBatch, 0))
    std::rotate(shape->begin(), shape->begin() + 1, shape->end() - 1);
  return shape;
}

static LogicalResult inferFusedMatMul(NodeContext &node) {
  return inferProduct(node, node.inputType(0),
                      operandShape(node, 0, "transBatchA"),
                      operandShape(node, 1, "transBatchB"),
                      node.getInt("transA", 0), node.getInt("transB", 0));
}

static LogicalResult inferFusedGemm(NodeContext &node) {
  int32_t type = node.getInt("dtype", node.inputType(0));
  return inferProduct(node, type, node.inputShape(0), node.inputShape(1),
                      node.getInt("transA", 0), node.getInt("transB", 0));
}

/// The input's shape, with N columns.
static LogicalResult inferBlockQuantized(NodeContext &node) {
  node.setOutput(0, node.inputType(0));
  auto shape = node.inputShape(0);
  if (!shape || shape->empty())
    return success();
  int64_t inner = node.getInt("K", 0), columns = node.getInt("N", 0);
  if (node.opType() == "MatMulFpQ4") {
    auto known = node.knownInts(2);
    if (!known || known->size() != 2)
      return success();
    inner = (*known)[0];
    columns = (*known)[1];
  }
  Dim last = shape->back();
  if (inner < 1 || columns < 1 || (last.isKnown() && last.size != inner))
    return node.emitError() << "its input is " << toString(*shape)
                            << ", its weight " << inner << " x " << columns;
  shape->back() = columns;
  node.setOutput(0, node.inputType(0), *shape);
  return success();
}

static LogicalResult inferQGemm(NodeContext &node) {
  int32_t type = node.hasInput(8) ? node.inputType(8) : int32_t(Float);
  return inferProduct(node, type, node.inputShape(0), node.inputShape(3),
                      node.getInt("transA", 0), node.getInt("transB", 0));
}

static LogicalResult inferMatMulIntegerToFloat(NodeContext &node) {
  return inferProduct(node, node.inputType(2), node.inputShape(0),
                      node.inputShape(1));
}

static LogicalResult inferDynamicQuantizeMatMul(NodeContext &node) {
  return inferProduct(node, node.inputType(0), node.inputShape(0),
                      node.inputShape(1));
}

static LogicalResult inferMatMulInteger16(NodeContext &node) {
  return inferProduct(node, Int32, node.inputShape(0), node.inputShape(1));
}

static LogicalResult inferConvGrad(NodeContext &node) {
  for (size_t i : {0, 1, 2})
    node.setOutput(i, node.inputType(0));
  if (auto input = node.inputShape(1))
    node.setOutput(0, node.inputType(1), *input);
  if (auto weight = node.inputShape(2); weight && !weight->empty()) {
    node.setOutput(1, node.inputType(2), *weight);
    node.setOutput(2, node.inputType(2), {weight->front()});
  }
  return success();
}

void ohas::onnx::addContribContractionInference(InferTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"FusedMatMul", "TransposeMatMul", "FusedMatMulActivation"},
               inferFusedMatMul, ms);
  table.addAll({"FusedGemm", "GemmFastGelu", "GemmFloat8"}, inferFusedGemm, ms);
  table.addAll({"MatMulNBits", "MatMulBnb4", "MatMulFpQ4"}, inferBlockQuantized,
               ms);
  table.addAll({"QGemm"}, inferQGemm, ms);
  table.addAll({"MatMulIntegerToFloat"}, inferMatMulIntegerToFloat, ms);
  table.addAll({"DynamicQuantizeMatMul"}, inferDynamicQuantizeMatMul, ms);
  table.addAll({"MatMulInteger16"}, inferMatMulInteger16, ms);
  table.addAll({"ConvGrad"}, inferConvGrad, ms);
}

//===- MatMul.cpp - Matrix products -----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "Build.h"

using namespace ohas::onnx;
using namespace mlir;

Value ohas::onnx::matmul(NodeContext &node, Value lhs, Value rhs, Type type,
                         bool transposeLhs, bool transposeRhs) {
  // The dialect's builder takes ranked tensors.
  rankedType(node, lhs);
  rankedType(node, rhs);
  auto op = optical::MatmulOp::create(node.builder(), node.loc(), lhs, rhs,
                                      transposeLhs, transposeRhs);
  op.getResult().setType(cast<RankedTensorType>(type));
  // Which operand is the weight takes a walk to find out, and matters only
  // where one has bits of its own.
  if (operandBits(lhs) || operandBits(rhs)) {
    bool left = op.isWeightLeft();
    setPrecision(op, left ? lhs : rhs, left ? rhs : lhs);
  }
  checkContraction(node, op);
  return op;
}

Value ohas::onnx::matmulAnyRank(NodeContext &node, Value lhs, Value rhs,
                                RankedTensorType type) {
  auto left = rankedType(node, lhs), right = rankedType(node, rhs);
  int64_t rank = std::max(left.getRank(), right.getRank()) -
                 (left.getRank() == 1) - (right.getRank() == 1);
  // A declared type may contradict the operands.
  if (type.getRank() != rank)
    node.fail("its output does not have as many dims as the product has");
  SmallVector<int64_t> dims(type.getShape());
  if (left.getRank() == 1) {
    lhs = reshape(node, lhs, {1, left.getDimSize(0)});
    dims.insert(dims.end() - (right.getRank() > 1), 1);
  }
  if (right.getRank() == 1) {
    rhs = reshape(node, rhs, {right.getDimSize(0), 1});
    dims.push_back(1);
  }
  Value product = matmul(node, lhs, rhs,
                         RankedTensorType::get(dims, type.getElementType()));
  return reshape(node, product, type.getShape());
}

/// Operands and result of a product are there and ranked.
static bool canMultiply(NodeContext &node, Value lhs, Value rhs) {
  return isContractible(lhs) && isContractible(rhs) &&
         isa<RankedTensorType>(node.outputIrType(0));
}

static constexpr StringLiteral unknownRank =
    "the rank or type of its operands is not known";

static FailureOr<Results> importMatMul(NodeContext &node) {
  Value lhs = node.ir(0), rhs = node.ir(1);
  if (!canMultiply(node, lhs, rhs))
    return importUnsupported(node, unknownRank);
  return Results{matmulAnyRank(node, lhs, rhs,
                               cast<RankedTensorType>(node.outputIrType(0)))};
}

/// A scalar float constant.
static Value scalar(NodeContext &node, double value, int32_t type) {
  return node.importer.materialize(
      KnownTensor::scalar(type, Element::of(value)));
}

static FailureOr<Results> importGemm(NodeContext &node) {
  Value lhs = node.ir(0), rhs = node.ir(1);
  Type type = node.outputIrType(0);
  if (!canMultiply(node, lhs, rhs))
    return importUnsupported(node, unknownRank);
  double alpha = node.getFloat("alpha", 1), beta = node.getFloat("beta", 1);
  Value result = matmul(node, lhs, rhs, type, node.getInt("transA", 0),
                        node.getInt("transB", 0));
  int32_t element = node.inputType(0);
  if (alpha != 1)
    result =
        electronic(node, "Mul", {result, scalar(node, alpha, element)}, type);
  if (!node.hasInput(2) || beta == 0)
    return Results{result};
  Value bias = node.ir(2);
  if (beta != 1)
    bias = electronic(node, "Mul", {bias, scalar(node, beta, element)},
                      bias.getType());
  return Results{electronic(node, "Add", {result, bias}, type)};
}

void ohas::onnx::addMatMulHandlers(ImportTable &table) {
  table.addAll({"MatMul"}, importMatMul);
  table.addAll({"Gemm"}, importGemm);
  table.addAll({"Einsum"}, importEinsum);
}

//===- ContribMatMul.cpp - ONNX Runtime's matrix products -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Optimised models fuse products with scales, biases, activations and the
// unpacking of quantised weights. The product is light's, the rest electronic.
//
//===----------------------------------------------------------------------===//

#include "../Importer.h"
#include "Build.h"

using namespace ohas::onnx;
using namespace mlir;

static constexpr StringLiteral unknownRank =
    "the rank or type of its operands is not known";

static int64_t rankOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getRank();
}

static Value scaled(NodeContext &node, Value value, double factor) {
  if (factor == 1)
    return value;
  Value constant = node.importer.materialize(KnownTensor::scalar(
      elementTypeOf(node.outputTypes[0]), Element::of(factor)));
  return electronic(node, "Mul", {value, constant}, value.getType());
}

/// FusedMatMul, TransposeMatMul and FusedMatMulActivation: operands may be
/// transposed, the result scaled and activated.
static FailureOr<Results> importFusedMatMul(NodeContext &node) {
  Value lhs = node.ir(0), rhs = node.ir(1);
  if (!isContractible(lhs) || !isContractible(rhs) || rankOf(lhs) < 2 ||
      rankOf(rhs) < 2 || !isa<RankedTensorType>(node.outputIrType(0)))
    return importUnsupported(node, unknownRank);
  // A transposed batch has the batch dims, but the first row dim, at the end:
  // [m, batch..., k] to [batch..., m, k].
  auto moveBatch = [&](Value value) {
    int64_t rank = rankOf(value);
    SmallVector<int64_t> permutation;
    for (int64_t axis = 1; axis + 1 < rank; ++axis)
      permutation.push_back(axis);
    permutation.append({0, rank - 1});
    return relayout(node, value, permutation);
  };
  if (node.getInt("transBatchA", 0) && rankOf(lhs) > 2)
    lhs = moveBatch(lhs);
  if (node.getInt("transBatchB", 0) && rankOf(rhs) > 2)
    rhs = moveBatch(rhs);
  Value result = matmul(node, lhs, rhs, node.outputIrType(0),
                        node.getInt("transA", 0), node.getInt("transB", 0));
  auto activated = activate(
      node, scaled(node, result, node.getFloat("alpha", 1)), "activation");
  if (failed(activated))
    return failure();
  return Results{*activated};
}

/// alpha A B + beta C with an activation, or without (GemmFloat8: of scaled
/// operands).
static FailureOr<Results> importFusedGemm(NodeContext &node) {
  Value lhs = node.ir(0), rhs = node.ir(1);
  Type type = node.outputIrType(0);
  if (!isContractible(lhs) || !isContractible(rhs) ||
      !isa<RankedTensorType>(type))
    return importUnsupported(node, unknownRank);
  Value result = scaled(node,
                        matmul(node, lhs, rhs, type, node.getInt("transA", 0),
                               node.getInt("transB", 0)),
                        node.getFloat("alpha", 1));
  double beta = node.getFloat("beta", 1);
  if (node.hasInput(2) && beta != 0)
    result =
        electronic(node, "Add", {result, scaled(node, node.ir(2), beta)}, type);
  if (node.opType() == "GemmFastGelu")
    return Results{electronic(node, "FastGelu", result, type)};
  auto activated = activate(node, result);
  if (failed(activated))
    return failure();
  return Results{*activated};
}

/// A x W with a weight of few bits, which is stored in blocks with scales:
/// light takes the weight unpacked, at its own precision.
static FailureOr<Results> importBlockQuantized(NodeContext &node) {
  auto type = dyn_cast<RankedTensorType>(node.outputIrType(0));
  Value input = node.ir(0);
  if (!type || !isContractible(input))
    return importUnsupported(node, unknownRank);
  SmallVector<int64_t> shape;
  int64_t bits = 4;
  if (node.opType() == "MatMulFpQ4") {
    auto known = node.knownInts(2);
    if (!known || known->size() != 2)
      return importUnsupported(node, "the shape of its weight is not known");
    shape = *known;
  } else {
    shape = {node.getInt("K", 0), node.getInt("N", 0)};
    bits = node.getInt("bits", 4);
  }
  if (shape[0] < 1 || shape[1] < 1 || bits < 1 || bits > 16)
    return node.emitError() << "attributes K, N and bits are " << shape[0]
                            << ", " << shape[1] << " and " << bits;
  SmallVector<Value> packed;
  for (size_t i : {1, 2, 3})
    if (node.hasInput(i))
      packed.push_back(node.ir(i));
  Value weight =
      electronic(node, "ohas.DequantizeBlocks", packed,
                 tensorType(node, shape, type.getElementType()),
                 node.builder().getNamedAttr(
                     "bits", node.builder().getI64IntegerAttr(bits)));
  Value result = matmulAnyRank(node, input, weight, type);
  if (node.opType() == "MatMulNBits" && node.hasInput(5))
    result = electronic(node, "Add", {result, node.ir(5)}, type);
  return Results{result};
}

/// The 32-bit product of integers, null if the ranks are not known.
static Value integerProduct(NodeContext &node, Value lhs, Value rhs,
                            bool transposeLhs = false,
                            bool transposeRhs = false) {
  auto type = dyn_cast<RankedTensorType>(node.outputIrType(0));
  if (!type || !isContractible(lhs) || !isContractible(rhs))
    return nullptr;
  auto sum = cast<RankedTensorType>(type.clone(node.builder().getI32Type()));
  if (transposeLhs || transposeRhs)
    return matmul(node, lhs, rhs, sum, transposeLhs, transposeRhs);
  return matmulAnyRank(node, lhs, rhs, sum);
}

/// `sum` and those of the inputs that are given, as scales and zero points are.
static Results rescaled(NodeContext &node, StringRef op, Value sum,
                        std::initializer_list<size_t> inputs) {
  SmallVector<Value> operands = {sum};
  for (size_t i : inputs)
    if (node.hasInput(i))
      operands.push_back(node.ir(i));
  return {electronic(node, op, operands, node.outputIrType(0))};
}

/// Inputs: A, a scale, a zero point, B, b scale, b zero point, C, y scale, y
/// zero point.
static FailureOr<Results> importQGemm(NodeContext &node) {
  Value sum =
      integerProduct(node, node.ir(0), node.ir(3), node.getInt("transA", 0),
                     node.getInt("transB", 0));
  if (!sum)
    return importUnsupported(node, unknownRank);
  sum = subtractZeroPoints(node, sum, {0, 2}, {3, 5});
  if (node.hasInput(6))
    sum = electronic(node, "Add", {sum, node.ir(6)}, sum.getType());
  return Results{requantize(node, sum, {1, 4, 7, 8}, -1)};
}

/// Inputs: A, B, a scale, b scale, a zero point, b zero point, bias.
static FailureOr<Results> importMatMulIntegerToFloat(NodeContext &node) {
  Value sum = integerProduct(node, node.ir(0), node.ir(1));
  if (!sum)
    return importUnsupported(node, unknownRank);
  sum = subtractZeroPoints(node, sum, {0, 4}, {1, 5});
  Results result = {requantize(node, sum, {2, 3}, -1)};
  if (node.hasInput(6))
    result[0] =
        electronic(node, "Add", {result[0], node.ir(6)}, result[0].getType());
  return result;
}

/// Inputs: A (float), B (integer), b scale, b zero point, bias.
static FailureOr<Results> importDynamicQuantizeMatMul(NodeContext &node) {
  Value input = node.ir(0);
  if (!isContractible(input))
    return importUnsupported(node, unknownRank);
  auto type = cast<RankedTensorType>(input.getType());
  Value quantized =
      electronic(node, "DynamicQuantizeLinear", input,
                 type.clone(IntegerType::get(type.getContext(), 8,
                                             IntegerType::Unsigned)));
  Value sum = integerProduct(node, quantized, node.ir(1));
  if (!sum)
    return importUnsupported(node, unknownRank);
  Results result = rescaled(node, "ohas.Rescale", sum, {2, 3});
  if (node.hasInput(4))
    result[0] =
        electronic(node, "Add", {result[0], node.ir(4)}, result[0].getType());
  return result;
}

/// Products of 16-bit integers.
static FailureOr<Results> importMatMulInteger16(NodeContext &node) {
  Value sum = integerProduct(node, node.ir(0), node.ir(1));
  if (!sum)
    return importUnsupported(node, unknownRank);
  return Results{sum};
}

void ohas::onnx::addContribMatMulHandlers(ImportTable &table) {
  constexpr StringRef ms = "com.microsoft";
  table.addAll({"FusedMatMul", "TransposeMatMul", "FusedMatMulActivation"},
               importFusedMatMul, ms);
  table.addAll({"FusedGemm", "GemmFastGelu", "GemmFloat8"}, importFusedGemm,
               ms);
  table.addAll({"MatMulNBits", "MatMulBnb4", "MatMulFpQ4"},
               importBlockQuantized, ms);
  table.addAll({"QGemm"}, importQGemm, ms);
  table.addAll({"MatMulIntegerToFloat"}, importMatMulIntegerToFloat, ms);
  table.addAll({"DynamicQuantizeMatMul"}, importDynamicQuantizeMatMul, ms);
  table.addAll({"MatMulInteger16"}, importMatMulInteger16, ms);
}

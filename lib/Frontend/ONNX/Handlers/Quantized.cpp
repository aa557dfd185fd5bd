//===- Quantized.cpp - Matrix products of integers --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Build.h"

using namespace ohas::onnx;
using namespace mlir;

/// The 32-bit product; null if ranks are not known.
static Value accumulate(NodeContext &node, size_t right) {
  Value lhs = node.ir(0), rhs = node.ir(right);
  auto type = dyn_cast<RankedTensorType>(node.outputIrType(0));
  if (!type || !isContractible(lhs) || !isContractible(rhs))
    return nullptr;
  auto sum = type.clone(IntegerType::get(node.builder().getContext(), 32));
  return matmulAnyRank(node, lhs, rhs, cast<RankedTensorType>(sum));
}

static constexpr StringLiteral unknownRank =
    "the rank of its operands is not known";

/// An operation of inputs of which some are absent, which an attribute tells.
static Value withAbsent(NodeContext &node, StringRef op, ArrayRef<Value> inputs,
                        Type type, SmallVector<NamedAttribute> attributes) {
  SmallVector<Value> given;
  SmallVector<int64_t> absent;
  for (auto [i, input] : llvm::enumerate(inputs)) {
    if (input)
      given.push_back(input);
    else
      absent.push_back(static_cast<int64_t>(i));
  }
  OpBuilder &builder = node.builder();
  if (!absent.empty())
    attributes.push_back(builder.getNamedAttr(
        "absent_inputs", builder.getDenseI64ArrayAttr(absent)));
  return electronic(node, op, given, type, attributes);
}

Value ohas::onnx::subtractZeroPoints(NodeContext &node, Value sum,
                                     QuantizedInput lhs, QuantizedInput rhs) {
  auto zeroOf = [&](size_t i) -> Value {
    auto known = node.knownInts(i);
    bool isZero = known && llvm::all_of(*known, [](int64_t z) { return !z; });
    return node.hasInput(i) && !isZero ? node.ir(i) : Value();
  };
  Value left = zeroOf(lhs.zeroPoint), right = zeroOf(rhs.zeroPoint);
  if (!left && !right)
    return sum;
  return withAbsent(node, "ohas.ZeroPointCorrection",
                    {sum, left, right, node.ir(lhs.value), node.ir(rhs.value)},
                    sum.getType(), {});
}

Value ohas::onnx::requantize(NodeContext &node, Value sum,
                             ArrayRef<size_t> inputs, int64_t axis) {
  SmallVector<Value> values = {sum};
  for (size_t i : inputs)
    values.push_back(node.hasInput(i) ? node.ir(i) : Value());
  while (!values.back())
    values.pop_back();
  OpBuilder &builder = node.builder();
  SmallVector<NamedAttribute> attributes = {
      builder.getNamedAttr("axis", builder.getI64IntegerAttr(axis))};
  if (float alpha = static_cast<float>(node.getFloat("alpha", 1)); alpha != 1)
    attributes.push_back(
        builder.getNamedAttr("alpha", builder.getF32FloatAttr(alpha)));
  return withAbsent(node, "ohas.Requantize", values, node.outputIrType(0),
                    attributes);
}

static FailureOr<Results> importMatMulInteger(NodeContext &node) {
  Value sum = accumulate(node, 1);
  if (!sum)
    return importUnsupported(node, unknownRank);
  return Results{subtractZeroPoints(node, sum, {0, 2}, {1, 3})};
}

static FailureOr<Results> importQLinearMatMul(NodeContext &node) {
  Value sum = accumulate(node, 3);
  if (!sum)
    return importUnsupported(node, unknownRank);
  sum = subtractZeroPoints(node, sum, {0, 2}, {3, 5});
  return Results{requantize(node, sum, {1, 4, 6, 7}, -1)};
}

void ohas::onnx::addQuantizedHandlers(ImportTable &table) {
  table.addAll({"MatMulInteger"}, importMatMulInteger);
  table.addAll({"QLinearMatMul"}, importQLinearMatMul);
}

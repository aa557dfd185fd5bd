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

static FailureOr<Results> importMatMulInteger(NodeContext &node) {
  Value sum = accumulate(node, 1);
  if (!sum)
    return importUnsupported(node, unknownRank);
  SmallVector<Value> inputs = {sum};
  for (size_t i : {2, 3}) {
    auto known = node.knownInts(i);
    bool isZero = known && llvm::all_of(*known, [](int64_t z) { return !z; });
    if (node.hasInput(i) && !isZero)
      inputs.push_back(node.ir(i));
  }
  if (inputs.size() == 1)
    return Results{sum};
  inputs.append({node.ir(0), node.ir(1)});
  return Results{
      electronic(node, "ohas.ZeroPointCorrection", inputs, sum.getType())};
}

static FailureOr<Results> importQLinearMatMul(NodeContext &node) {
  Value sum = accumulate(node, 3);
  if (!sum)
    return importUnsupported(node, unknownRank);
  SmallVector<Value> inputs = {sum};
  for (size_t i : {1, 2, 4, 5, 6, 7})
    if (node.hasInput(i))
      inputs.push_back(node.ir(i));
  return Results{
      electronic(node, "ohas.Requantize", inputs, node.outputIrType(0))};
}

void ohas::onnx::addQuantizedHandlers(ImportTable &table) {
  table.addAll({"MatMulInteger"}, importMatMulInteger);
  table.addAll({"QLinearMatMul"}, importQLinearMatMul);
}

//===- MatmulLayouts.cpp - Matrix products in canonical dims ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layouts.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

namespace {
/// Batch axes of the result by the dim that they belong to (see Workloads.cpp),
/// and what else the layouts need.
struct Batches {
  SmallVector<int64_t> ofN, ofG, ofM; ///< axes of the result, in order
  int64_t rank;                       ///< of the result
};
} // namespace

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Size of an operand along a batch axis of the result.
static int64_t sizeAt(RankedTensorType type, int64_t axis, int64_t rank) {
  int64_t own = axis - (rank - type.getRank());
  return own < 0 ? 1 : type.getDimSize(own);
}

static Batches batchesOf(RankedTensorType weight, RankedTensorType input) {
  Batches result;
  result.rank = std::max(weight.getRank(), input.getRank());
  for (int64_t axis = 0; axis < result.rank - 2; ++axis) {
    if (sizeAt(weight, axis, result.rank) == 1)
      result.ofN.push_back(axis);
    else if (sizeAt(input, axis, result.rank) == 1)
      result.ofM.push_back(axis);
    else
      result.ofG.push_back(axis);
  }
  return result;
}

/// Brings an operand to the batch axes `first`, those of `second`, then its own
/// last two, swapped or not. Its other batch axes are 1 or missing.
static Value arranged(OpBuilder &b, Location loc, Value value, int64_t rank,
                      ArrayRef<int64_t> first, ArrayRef<int64_t> second,
                      bool isSwapped, ArrayRef<int64_t> shape) {
  RankedTensorType type = typeOf(value);
  int64_t missing = rank - type.getRank(), own = type.getRank();
  SmallVector<int64_t> permutation;
  for (int64_t axis = 0; axis < own - 2; ++axis)
    if (!llvm::is_contained(first, axis + missing) &&
        !llvm::is_contained(second, axis + missing))
      permutation.push_back(axis);
  for (ArrayRef<int64_t> axes : {first, second})
    for (int64_t axis : axes)
      if (axis >= missing)
        permutation.push_back(axis - missing);
  permutation.push_back(isSwapped ? own - 1 : own - 2);
  permutation.push_back(isSwapped ? own - 2 : own - 1);
  return reshapeTo(b, loc, transposed(b, loc, value, permutation), shape);
}

CanonicalOperands ohas::toCanonical(OpBuilder &b, optical::MatmulOp op,
                                    const cost::Workload &workload) {
  Location loc = op.getLoc();
  bool isLeft = op.isWeightLeft();
  Value weight = signlessValue(b, isLeft ? op.getLhs() : op.getRhs());
  Value input = signlessValue(b, isLeft ? op.getRhs() : op.getLhs());
  Batches batches = batchesOf(typeOf(weight), typeOf(input));
  auto size = [&](cost::Dim dim) { return workload.size(dim); };
  // The weight is M x C, the input C x P or, on the left, P x C.
  bool isWeightSwapped = isLeft ? op.getTransposeLhs() : !op.getTransposeRhs();
  weight = arranged(
      b, loc, weight, batches.rank, batches.ofG, batches.ofM, isWeightSwapped,
      {size(cost::Dim::G), size(cost::Dim::M), size(cost::Dim::C), 1, 1, 1});
  bool isInputSwapped = isLeft ? op.getTransposeRhs() : !op.getTransposeLhs();
  input = arranged(b, loc, input, batches.rank, batches.ofN, batches.ofG,
                   isInputSwapped,
                   {size(cost::Dim::N), size(cost::Dim::G), size(cost::Dim::C),
                    size(cost::Dim::P), 1, 1});
  return {weight, input};
}

Value ohas::fromCanonical(OpBuilder &b, optical::MatmulOp op, Value sums) {
  Location loc = op.getLoc();
  bool isLeft = op.isWeightLeft();
  RankedTensorType lhs = op.getLhs().getType(), rhs = op.getRhs().getType();
  Batches batches = batchesOf(isLeft ? lhs : rhs, isLeft ? rhs : lhs);
  FailureOr<RankedTensorType> result =
      op.inferResultType(lhs, rhs, op.getTransposeLhs(), op.getTransposeRhs());
  // M is the rows of a weight on the left, else the columns.
  int64_t mAxis = batches.rank - (isLeft ? 2 : 1);
  int64_t pAxis = batches.rank - (isLeft ? 1 : 2);
  SmallVector<int64_t> order;
  llvm::append_range(order, batches.ofN);
  llvm::append_range(order, batches.ofG);
  llvm::append_range(order, batches.ofM);
  order.append({mAxis, pAxis});
  SmallVector<int64_t> shape, permutation(order.size());
  for (auto [place, axis] : llvm::enumerate(order)) {
    shape.push_back(result->getDimSize(axis));
    permutation[axis] = place;
  }
  return transposed(b, loc, reshapeTo(b, loc, sums, shape), permutation);
}

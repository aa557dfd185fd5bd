//===- Matmul.cpp - Matrix products as loops --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

/// From this many rows of the result on, transposing the right operand first
/// costs less than reading it against its layout again and again.
static constexpr int64_t minRowsToTranspose = 4;

static Value swapLast(OpBuilder &b, Location loc, Value value) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  auto permutation = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  std::swap(permutation[rank - 2], permutation[rank - 1]);
  return transposeTo(b, loc, value, permutation);
}

/// The element of an operand whose dims before the last two broadcast.
static AffineMap operandMap(OpBuilder &b, RankedTensorType operand,
                            RankedTensorType result, AffineExpr last,
                            AffineExpr beforeLast) {
  unsigned missing = result.getRank() - operand.getRank();
  SmallVector<AffineExpr> exprs;
  for (int64_t axis = 0; axis < operand.getRank() - 2; ++axis)
    exprs.push_back(operand.getDimSize(axis) == 1
                        ? b.getAffineConstantExpr(0)
                        : b.getAffineDimExpr(missing + axis));
  exprs.append({beforeLast, last});
  return AffineMap::get(result.getRank() + 1, 0, exprs, b.getContext());
}

Value ohas::lowerMatmul(OpBuilder &b, optical::MatmulOp op) {
  Location loc = op.getLoc();
  Factor lhs = factorOf(b, loc, op.getLhs());
  Factor rhs = factorOf(b, loc, op.getRhs());
  auto result = signlessTensor(op.getResult().getType());
  unsigned rank = result.getRank();
  bool isLhsTransposed = op.getTransposeLhs();
  bool isRhsTransposed = op.getTransposeRhs();
  int64_t rows = result.getDimSize(rank - 2);
  if (isRhsTransposed && rows >= minRowsToTranspose) {
    rhs.value = swapLast(b, loc, rhs.value);
    isRhsTransposed = false;
  }
  // The innermost loop runs along rows of the right operand: columns, or, of a
  // transposed one, the inner dim.
  unsigned rowDim = rank - 2;
  unsigned innerDim = isRhsTransposed ? rank : rank - 1;
  unsigned columnDim = isRhsTransposed ? rank - 1 : rank;
  AffineExpr row = b.getAffineDimExpr(rowDim);
  AffineExpr inner = b.getAffineDimExpr(innerDim);
  AffineExpr column = b.getAffineDimExpr(columnDim);
  auto lhsType = cast<RankedTensorType>(lhs.value.getType());
  auto rhsType = cast<RankedTensorType>(rhs.value.getType());
  lhs.map = isLhsTransposed ? operandMap(b, lhsType, result, row, inner)
                            : operandMap(b, lhsType, result, inner, row);
  rhs.map = isRhsTransposed ? operandMap(b, rhsType, result, inner, column)
                            : operandMap(b, rhsType, result, column, inner);
  SmallVector<AffineExpr> results;
  for (unsigned axis = 0; axis + 2 < rank; ++axis)
    results.push_back(b.getAffineDimExpr(axis));
  results.append({row, column});
  Value sum = sumOfProducts(
      b, loc, result, AffineMap::get(rank + 1, 0, results, b.getContext()), lhs,
      rhs);
  return recast(b, loc, sum, op.getResult().getType());
}

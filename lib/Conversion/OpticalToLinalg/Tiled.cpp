//===- Tiled.cpp - Mappings that are written out ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "ohas/Conversion/LinalgBuilders.h"

using namespace mlir;
using namespace ohas;

static AffineMap mapOf(OpBuilder &b, ArrayRef<AffineExpr> exprs) {
  return AffineMap::get(cost::numDims, 0, exprs, b.getContext());
}

Value ohas::lowerMac(OpBuilder &b, optical::MacOp op) {
  auto at = [&](cost::Dim dim) { return b.getAffineDimExpr(cost::index(dim)); };
  SmallVector<AffineExpr> weight = {at(cost::Dim::G), at(cost::Dim::M),
                                    at(cost::Dim::C)};
  SmallVector<AffineExpr> input = {at(cost::Dim::N), at(cost::Dim::G),
                                   at(cost::Dim::C)};
  SmallVector<AffineExpr> sums = {at(cost::Dim::N), at(cost::Dim::G),
                                  at(cost::Dim::M)};
  bool isTransposed = op.getTransposed();
  for (unsigned i = 0; i < std::size(cost::windowPairs); ++i) {
    AffineExpr position = at(cost::windowPairs[i].first);
    AffineExpr kernel = at(cost::windowPairs[i].second);
    weight.push_back(kernel);
    (isTransposed ? input : sums).push_back(position);
    (isTransposed ? sums : input)
        .push_back(position * op.getStrides()[i] +
                   kernel * op.getDilations()[i]);
  }
  Factor lhs{op.getWeight(), op.getUnsignedWeight(), mapOf(b, weight)};
  Factor rhs{op.getInput(), op.getUnsignedInput(), mapOf(b, input)};
  return addProducts(b, op.getLoc(), op.getInit(), mapOf(b, sums), lhs, rhs);
}

Value ohas::lowerSum(OpBuilder &b, optical::SumOp op) {
  unsigned rank = op.getPartials().getType().getRank();
  unsigned copies = rank - op.getInit().getType().getRank();
  AffineMap all = b.getMultiDimIdentityMap(rank);
  return accumulate(
      b, op.getLoc(), op.getInit(),
      all.dropResults(llvm::to_vector(llvm::seq<int64_t>(0, copies))),
      op.getPartials(), all,
      [](OpBuilder &inner, Location at, ValueRange arguments) -> Value {
        if (isa<FloatType>(arguments[0].getType()))
          return arith::AddFOp::create(inner, at, arguments[1], arguments[0]);
        return arith::AddIOp::create(inner, at, arguments[1], arguments[0]);
      });
}

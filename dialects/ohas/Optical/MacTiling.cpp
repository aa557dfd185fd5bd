//===- MacTiling.cpp - Tiles of optical.mac ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MacDims.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

Value ohas::optical::sliceAt(OpBuilder &b, Location loc, Value value,
                             ArrayRef<OpFoldResult> offsets,
                             ArrayRef<OpFoldResult> sizes, unsigned rank) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> shape;
  for (OpFoldResult size : sizes.take_back(rank))
    shape.push_back(getConstantIntValue(size).value_or(ShapedType::kDynamic));
  auto sliceType = type.clone(shape);
  // All of it needs no slice.
  if (sliceType == type && type.hasStaticShape())
    return value;
  SmallVector<OpFoldResult> steps(sizes.size(), b.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(b, loc, sliceType, value, offsets,
                                        sizes, steps);
}

MacOp ohas::optical::withOperands(OpBuilder &b, MacOp op, Value weight,
                                  Value input, Value init) {
  Operation *copy = mlir::clone(b, op, init.getType(), {weight, input, init});
  return cast<MacOp>(copy);
}

void MacOp::tilePosition(OpBuilder &b, cost::Tensor tensor,
                         ArrayRef<OpFoldResult> offsets,
                         ArrayRef<OpFoldResult> sizes,
                         SmallVector<OpFoldResult> &tileOffsets,
                         SmallVector<OpFoldResult> &tileSizes) {
  auto take = [&](cost::Dim dim) {
    tileOffsets.push_back(offsets[cost::index(dim)]);
    tileSizes.push_back(sizes[cost::index(dim)]);
  };
  if (tensor == cost::Tensor::Weight) {
    for (cost::Dim dim : {cost::Dim::G, cost::Dim::M, cost::Dim::C,
                          cost::Dim::R, cost::Dim::S, cost::Dim::T})
      take(dim);
    return;
  }
  bool isInput = tensor == cost::Tensor::Input;
  for (cost::Dim dim :
       {cost::Dim::N, cost::Dim::G, isInput ? cost::Dim::C : cost::Dim::M})
    take(dim);
  AffineExpr p, r;
  bindDims(getContext(), p, r);
  for (unsigned i = 0; i < std::size(cost::windowPairs); ++i) {
    cost::Dim position = cost::windowPairs[i].first;
    cost::Dim kernel = cost::windowPairs[i].second;
    if (isInput == getTransposed()) {
      take(position);
      continue;
    }
    int64_t stride = getStrides()[i], dilation = getDilations()[i];
    auto at = [&](AffineExpr expr, ArrayRef<OpFoldResult> values) {
      return affine::makeComposedFoldedAffineApply(
          b, getLoc(), AffineMap::get(2, 0, expr),
          {values[cost::index(position)], values[cost::index(kernel)]});
    };
    tileOffsets.push_back(at(p * stride + r * dilation, offsets));
    tileSizes.push_back(
        at(p * stride + r * dilation + (1 - stride - dilation), sizes));
  }
}

SmallVector<utils::IteratorType> MacOp::getLoopIteratorTypes() {
  SmallVector<utils::IteratorType> result;
  for (cost::Dim dim : cost::allDims)
    result.push_back(isReduction(dim) ? utils::IteratorType::reduction
                                      : utils::IteratorType::parallel);
  return result;
}

SmallVector<Range> MacOp::getIterationDomain(OpBuilder &b) {
  SmallVector<Range> result;
  for (cost::Dim dim : cost::allDims) {
    MacPlace place = placeOf(*this, dim);
    result.push_back(
        {b.getIndexAttr(0),
         tensor::getMixedSize(b, getLoc(), place.tensor, place.axis),
         b.getIndexAttr(1)});
  }
  return result;
}

FailureOr<TilingResult>
MacOp::getTiledImplementation(OpBuilder &b, ArrayRef<OpFoldResult> offsets,
                              ArrayRef<OpFoldResult> sizes) {
  SmallVector<Value> tiles;
  SmallVector<Operation *> slices;
  for (auto [tensor, value] :
       {std::pair<cost::Tensor, Value>(cost::Tensor::Weight, getWeight()),
        {cost::Tensor::Input, getInput()},
        {cost::Tensor::Output, getInit()}}) {
    SmallVector<OpFoldResult> tileOffsets, tileSizes;
    tilePosition(b, tensor, offsets, sizes, tileOffsets, tileSizes);
    tiles.push_back(
        sliceAt(b, getLoc(), value, tileOffsets, tileSizes, tileSizes.size()));
    if (tiles.back() != value)
      slices.push_back(tiles.back().getDefiningOp());
  }
  MacOp tiled = withOperands(b, *this, tiles[0], tiles[1], tiles[2]);
  return TilingResult{{tiled}, {tiled.getResult()}, slices};
}

LogicalResult MacOp::getResultTilePosition(
    OpBuilder &b, unsigned, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  tilePosition(b, cost::Tensor::Output, offsets, sizes, resultOffsets,
               resultSizes);
  return success();
}

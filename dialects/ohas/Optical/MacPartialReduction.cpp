//===- MacPartialReduction.cpp - Partial sums of copies ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Copies that work on parts of the same sums each have a tensor of their own,
// stacked along a dim for each dim that is spread: what light or currents bring
// to the place where they are added.
//
//===----------------------------------------------------------------------===//

#include "MacDims.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

FailureOr<SmallVector<Value>> MacOp::generateInitialTensorForPartialReduction(
    OpBuilder &b, Location loc, ArrayRef<OpFoldResult> sizes,
    const SetVector<unsigned> &reductionDims) {
  SmallVector<OpFoldResult> shape;
  for (unsigned dim : reductionDims)
    shape.push_back(sizes[dim]);
  llvm::append_range(shape, tensor::getMixedSizes(b, loc, getInit()));
  Type element = getInit().getType().getElementType();
  Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(element));
  return SmallVector<Value>{tensor::SplatOp::create(b, loc, zero, shape)};
}

FailureOr<TilingResult> MacOp::tileToPartialReduction(
    OpBuilder &b, Location loc, ReductionTilingStrategy strategy,
    ValueRange init, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, const SetVector<unsigned> &reductionDims,
    ArrayRef<OpFoldResult> splitReductionIvs) {
  if (strategy != ReductionTilingStrategy::PartialReductionOuterParallel)
    return emitOpError("has partial results of parallel copies only");
  SmallVector<Value> operands;
  for (auto [tensor, value] :
       {std::pair<cost::Tensor, Value>(cost::Tensor::Weight, getWeight()),
        {cost::Tensor::Input, getInput()}}) {
    SmallVector<OpFoldResult> tileOffsets, tileSizes;
    tilePosition(b, tensor, offsets, sizes, tileOffsets, tileSizes);
    operands.push_back(
        sliceAt(b, loc, value, tileOffsets, tileSizes, tileSizes.size()));
  }
  SmallVector<OpFoldResult> partialOffsets, partialSizes;
  (void)getPartialResultTilePosition(b, 0, strategy, offsets, sizes,
                                     reductionDims, splitReductionIvs,
                                     partialOffsets, partialSizes);
  // MLIR's driver calls this with the partial results as destination.
  Value own = sliceAt(b, loc, init.front(), partialOffsets, partialSizes,
                      partialSizes.size() - splitReductionIvs.size());
  MacOp tiled = withOperands(b, *this, operands[0], operands[1], own);
  SmallVector<Operation *> slices;
  for (Value value : tiled->getOperands())
    if (auto slice = value.getDefiningOp<tensor::ExtractSliceOp>())
      slices.push_back(slice);
  return TilingResult{{tiled}, {tiled.getResult()}, slices};
}

FailureOr<MergeResult> MacOp::mergeReductions(OpBuilder &b, Location loc,
                                              ValueRange partialReduce,
                                              const SetVector<unsigned> &) {
  auto sum = SumOp::create(b, loc, getInit().getType(), partialReduce.front(),
                           getInit(), SymbolRefAttr());
  return MergeResult{{sum}, {sum.getResult()}};
}

LogicalResult MacOp::getPartialResultTilePosition(
    OpBuilder &b, unsigned, ReductionTilingStrategy strategy,
    ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes,
    const SetVector<unsigned> &, ArrayRef<OpFoldResult> splitReductionIvs,
    SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  if (strategy != ReductionTilingStrategy::PartialReductionOuterParallel)
    return failure();
  resultOffsets.assign(splitReductionIvs.begin(), splitReductionIvs.end());
  resultSizes.assign(splitReductionIvs.size(), b.getIndexAttr(1));
  tilePosition(b, cost::Tensor::Output, offsets, sizes, resultOffsets,
               resultSizes);
  return success();
}

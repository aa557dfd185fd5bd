//===- NestLoops.cpp - The loops of a mapping -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop over a dim steps over what the loops of the dim inside it cover. Where
// bounds do not divide, the last tile is cut off, and what lies beyond the size
// has no iteration: loops end where their tile does.
//
//===----------------------------------------------------------------------===//

#include "Nest.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace ohas;

optical::LevelMappingAttr Nest::loopAttr(const cost::Level &level,
                                         cost::Loop loop) {
  return optical::LevelMappingAttr::get(
      b.getContext(), b.getStringAttr(level.name), cost::TensorSet(),
      cost::TensorSet(), ArrayRef<cost::Loop>(loop));
}

int64_t Nest::enterLoop(cost::Loop loop) {
  int64_t &step = steps[cost::index(loop.dim)];
  return step /= loop.bound;
}

OpFoldResult Nest::tileSize(cost::Dim dim, int64_t step, OpFoldResult offset) {
  OpFoldResult whole = sizes[cost::index(dim)];
  std::optional<int64_t> size = getConstantIntValue(whole);
  if (step == 1 || (size && *size % step == 0))
    return b.getIndexAttr(step);
  if (size && *size < step)
    return whole;
  AffineExpr all, from;
  bindDims(b.getContext(), all, from);
  AffineExpr most = getAffineConstantExpr(step, b.getContext());
  return affine::makeComposedFoldedAffineMin(
      b, loc, AffineMap::get(2, 0, {all - from, most}, b.getContext()),
      {whole, offset});
}

/// Puts a tile back where it was taken from, unless it is all there is.
static Value putBack(OpBuilder &b, Location loc, Value tile, Value whole,
                     ArrayRef<OpFoldResult> offsets,
                     ArrayRef<OpFoldResult> sizes) {
  auto type = cast<RankedTensorType>(whole.getType());
  if (tile.getType() == type && type.hasStaticShape())
    return tile;
  SmallVector<OpFoldResult> steps(sizes.size(), b.getIndexAttr(1));
  return tensor::InsertSliceOp::create(b, loc, tile, whole, offsets, sizes,
                                       steps);
}

void Nest::addTemporalLoop(const cost::Level &level, cost::Loop loop) {
  unsigned dim = cost::index(loop.dim);
  int64_t step = enterLoop(loop);
  b.setInsertionPoint(mac);
  auto index = [&](OpFoldResult value) {
    return getValueOrCreateConstantIndexOp(b, loc, value);
  };
  auto forOp =
      scf::ForOp::create(b, loc, index(b.getIndexAttr(0)), index(sizes[dim]),
                         index(b.getIndexAttr(step)), mac.getInit());
  forOp->setAttr(optical::levelAttrName, loopAttr(level, loop));
  b.setInsertionPointToStart(forOp.getBody());
  SmallVector<OpFoldResult> offsets(cost::numDims, b.getIndexAttr(0));
  offsets[dim] = forOp.getInductionVar();
  sizes[dim] = tileSize(loop.dim, step, offsets[dim]);

  Value sums = forOp.getRegionIterArg(0);
  auto whole = cast<optical::MacOp>(b.clone(*mac));
  whole.getInitMutable().assign(sums);
  FailureOr<TilingResult> tiled =
      whole.getTiledImplementation(b, offsets, sizes);
  SmallVector<OpFoldResult> resultOffsets, resultSizes;
  (void)whole.getResultTilePosition(b, 0, offsets, sizes, resultOffsets,
                                    resultSizes);
  Value result = putBack(b, loc, tiled->tiledValues.front(), sums,
                         resultOffsets, resultSizes);
  scf::YieldOp::create(b, loc, result);
  b.eraseOp(whole);
  b.replaceOp(mac, forOp);
  mac = cast<optical::MacOp>(tiled->tiledOps.front());
}

void Nest::addSpatialLoops(const cost::Level &level,
                           ArrayRef<cost::Loop> loops) {
  b.setInsertionPoint(mac);
  auto strategy = ReductionTilingStrategy::PartialReductionOuterParallel;
  SmallVector<OpFoldResult> counts, stack(cost::numDims, b.getIndexAttr(1));
  SmallVector<Attribute> copies;
  SmallVector<int64_t> loopSteps;
  SetVector<unsigned> reduced;
  AffineExpr size;
  bindDims(b.getContext(), size);
  for (cost::Loop loop : loops) {
    unsigned dim = cost::index(loop.dim);
    loopSteps.push_back(enterLoop(loop));
    OpFoldResult count = affine::makeComposedFoldedAffineApply(
        b, loc, AffineMap::get(1, 0, size.ceilDiv(loopSteps.back())),
        {sizes[dim]});
    counts.push_back(count);
    copies.push_back(loopAttr(level, loop));
    if (!mac.isReduction(loop.dim) || isConstantIntValue(count, 1))
      continue;
    reduced.insert(dim);
    // Copies that have nothing to do leave zeros.
    stack[dim] =
        getConstantIntValue(count) ? count : b.getIndexAttr(loop.bound);
  }
  Value sums = mac.getInit();
  if (!reduced.empty())
    sums = mac.generateInitialTensorForPartialReduction(b, loc, stack, reduced)
               ->front();
  auto forall =
      scf::ForallOp::create(b, loc, counts, sums, b.getArrayAttr(copies));
  b.setInsertionPoint(forall.getTerminator());

  SmallVector<OpFoldResult> offsets(cost::numDims, b.getIndexAttr(0));
  SmallVector<OpFoldResult> ivs, wholeSizes = sizes, tileSizes = sizes;
  for (unsigned i = 0; i < loops.size(); ++i) {
    unsigned dim = cost::index(loops[i].dim);
    Value copy = forall.getInductionVar(i);
    if (reduced.contains(dim))
      ivs.push_back(copy);
    offsets[dim] = affine::makeComposedFoldedAffineApply(
        b, loc, AffineMap::get(1, 0, size * loopSteps[i]), {copy});
    tileSizes[dim] = tileSize(loops[i].dim, loopSteps[i], offsets[dim]);
  }
  sizes = tileSizes;

  Value shared = forall.getRegionIterArgs().front();
  auto whole = cast<optical::MacOp>(b.clone(*mac));
  FailureOr<TilingResult> tiled;
  SmallVector<OpFoldResult> resultOffsets, resultSizes;
  if (reduced.empty()) {
    whole.getInitMutable().assign(shared);
    tiled = whole.getTiledImplementation(b, offsets, sizes);
    (void)whole.getResultTilePosition(b, 0, offsets, sizes, resultOffsets,
                                      resultSizes);
  } else {
    tiled = whole.tileToPartialReduction(b, loc, strategy, shared, offsets,
                                         sizes, reduced, ivs);
    (void)whole.getPartialResultTilePosition(b, 0, strategy, offsets, sizes,
                                             reduced, ivs, resultOffsets,
                                             resultSizes);
  }
  b.eraseOp(whole);
  b.setInsertionPointToEnd(forall.getTerminator().getBody());
  SmallVector<OpFoldResult> ones(resultSizes.size(), b.getIndexAttr(1));
  tensor::ParallelInsertSliceOp::create(b, loc, tiled->tiledValues.front(),
                                        shared, resultOffsets, resultSizes,
                                        ones);
  b.setInsertionPointAfter(forall);
  Value result = forall.getResult(0);
  if (!reduced.empty()) {
    FailureOr<MergeResult> merged =
        mac.mergeReductions(b, loc, result, reduced);
    auto sum = cast<optical::SumOp>(merged->mergeOps.front());
    sum.setLevelAttr(symbol(level.name));
    result = sum.getResult();
  }
  b.replaceOp(mac, result);
  mac = cast<optical::MacOp>(tiled->tiledOps.front());
}

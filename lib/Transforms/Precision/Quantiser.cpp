//===- Quantiser.cpp - A converter of finite resolution ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Quantiser.h"
#include "NormalNoise.h"
#include "State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Conversion/LinalgBuilders.h"
#include "ohas/Transforms/Precision.h"
#include <limits>

using namespace mlir;
using namespace ohas;
using namespace ohas::precision;
using arith::AtomicRMWKind;

static Value real(OpBuilder &b, Location loc, double value) {
  return scalarConstant(b, loc, b.getF64Type(), value);
}

static Value asReal(OpBuilder &b, Location loc, Value value) {
  return convertScalar(b, loc, value, false, b.getF64Type(), false);
}

namespace {
struct Levels {
  Value low, high, step;
};
} // namespace

static Value numElements(OpBuilder &b, Location loc, Value tensor) {
  Value count = arith::ConstantIndexOp::create(b, loc, 1);
  auto type = cast<RankedTensorType>(tensor.getType());
  for (int64_t axis = 0; axis < type.getRank(); ++axis)
    count = b.createOrFold<arith::MulIOp>(
        loc, count, b.createOrFold<tensor::DimOp>(loc, tensor, axis));
  return arith::IndexCastOp::create(b, loc, b.getI64Type(), count);
}

static Value countIf(OpBuilder &b, Location loc, Value condition, Value count) {
  Value one = arith::UIToFPOp::create(b, loc, b.getF64Type(), condition);
  return arith::AddFOp::create(b, loc, count, one);
}

/// Whether the value is no multiple of the grid, which may be 0 for none.
static Value isOff(OpBuilder &b, Location loc, Value value, Value grid) {
  // Multiples in f32 are so only up to rounding: this much at 16 bits.
  constexpr double slack = 4e-3;
  Value place = arith::DivFOp::create(b, loc, value, grid);
  Value apart = arith::SubFOp::create(b, loc, place,
                                      math::RoundEvenOp::create(b, loc, place));
  apart = math::AbsFOp::create(b, loc, apart);
  // What is no number, as all is without a grid, is not off.
  return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OGT, apart,
                               real(b, loc, slack));
}

/// Whether the value is more than half a step beyond the levels, if there are.
static Value isBeyond(OpBuilder &b, Location loc, Value value,
                      const Levels &levels) {
  auto greater = [&](Value x, Value y) -> Value {
    return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OGT, x, y);
  };
  Value slack = arith::MulFOp::create(b, loc, levels.step, real(b, loc, 0.5));
  Value above =
      greater(arith::SubFOp::create(b, loc, value, slack), levels.high);
  Value below =
      greater(levels.low, arith::AddFOp::create(b, loc, value, slack));
  return arith::AndIOp::create(b, loc, greater(levels.step, real(b, loc, 0)),
                               arith::OrIOp::create(b, loc, above, below));
}

/// Notes range, number, zeros and grid of the elements.
static void record(OpBuilder &b, Location loc, Value tensor, Value count,
                   const Levels &levels, Value state) {
  auto type = cast<RankedTensorType>(tensor.getType());
  auto scalar = RankedTensorType::get({}, b.getF64Type());
  Value zero = filledTensor(b, loc, scalar, 0);
  Value infinity =
      filledTensor(b, loc, scalar, std::numeric_limits<double>::infinity());
  SmallVector<Value> initial = {zero, zero, infinity, zero, zero, zero};
  Value grid = load(b, loc, state, Grid);
  auto none = AffineMap::get(type.getRank(), 0, b.getContext());
  SmallVector<AffineMap> maps(1 + initial.size(), none);
  maps.front() = b.getMultiDimIdentityMap(type.getRank());
  SmallVector<utils::IteratorType> loops(type.getRank(),
                                         utils::IteratorType::reduction);
  auto seen = linalg::GenericOp::create(
      b, loc, TypeRange(ValueRange(initial)), tensor, initial, maps, loops,
      [&](OpBuilder &inner, Location at, ValueRange x) {
        Value value = asReal(inner, at, x[0]);
        Value isOther = arith::CmpFOp::create(
            inner, at, arith::CmpFPredicate::UNE, value, real(inner, at, 0));
        Value least = arith::MinNumFOp::create(inner, at, x[1], value);
        Value most = arith::MaxNumFOp::create(inner, at, x[2], value);
        Value magnitude = math::AbsFOp::create(inner, at, value);
        Value smallest = arith::SelectOp::create(
            inner, at, isOther,
            arith::MinNumFOp::create(inner, at, x[3], magnitude), x[3]);
        Value others = countIf(inner, at, isOther, x[4]);
        Value off = countIf(inner, at, isOff(inner, at, value, grid), x[5]);
        Value beyond =
            countIf(inner, at, isBeyond(inner, at, value, levels), x[6]);
        linalg::YieldOp::create(inner, at,
                                {least, most, smallest, others, off, beyond});
      });
  auto note = [&](ConverterState what, AtomicRMWKind kind, Value value) {
    combine(b, loc, state, what, kind, value);
  };
  auto figure = [&](unsigned result) -> Value {
    return tensor::ExtractOp::create(b, loc, seen.getResult(result),
                                     ValueRange());
  };
  note(Least, AtomicRMWKind::minnumf, figure(0));
  note(Most, AtomicRMWKind::maxnumf, figure(1));
  note(Smallest, AtomicRMWKind::minnumf, figure(2));
  note(Nonzeros, AtomicRMWKind::addf, figure(3));
  note(OffGrid, AtomicRMWKind::addf, figure(4));
  note(Beyond, AtomicRMWKind::addf, figure(5));
  note(Elements, AtomicRMWKind::addf,
       arith::SIToFPOp::create(b, loc, b.getF64Type(), count));
}

/// The place of the element in the order of the loops.
static Value placeOf(OpBuilder &b, Location loc, ArrayRef<Value> sizes) {
  Value place = arith::ConstantIndexOp::create(b, loc, 0);
  for (auto [axis, size] : llvm::enumerate(sizes)) {
    place = arith::MulIOp::create(b, loc, place, size);
    place = arith::AddIOp::create(b, loc, place,
                                  linalg::IndexOp::create(b, loc, axis));
  }
  return arith::IndexCastOp::create(b, loc, b.getI64Type(), place);
}

Value ohas::precision::convert(OpBuilder &b, Location loc, Value tensor,
                               const Quantiser &quantiser) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Type element = type.getElementType();
  Value count = numElements(b, loc, tensor);
  Levels levels = {load(b, loc, quantiser.state, Low),
                   load(b, loc, quantiser.state, High),
                   load(b, loc, quantiser.state, Step)};
  Value low = levels.low, high = levels.high, step = levels.step;
  record(b, loc, tensor, count, levels, quantiser.state);
  Value zero = real(b, loc, 0);
  Value isExact =
      arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ, step, zero);
  Value sigma, drawn;
  SmallVector<Value> sizes;
  if (quantiser.noiseCounter) {
    sigma = load(b, loc, quantiser.state, Sigma);
    drawn =
        combine(b, loc, quantiser.noiseCounter, 0, AtomicRMWKind::addi, count);
    for (int64_t axis = 0; axis < type.getRank(); ++axis)
      sizes.push_back(b.createOrFold<tensor::DimOp>(loc, tensor, axis));
  }
  Value empty = tensor::EmptyOp::create(
      b, loc, tensor::getMixedSizes(b, loc, tensor), element);
  AffineMap all = b.getMultiDimIdentityMap(type.getRank());
  SmallVector<AffineMap> maps = {all, all};
  SmallVector<utils::IteratorType> loops(type.getRank(),
                                         utils::IteratorType::parallel);
  auto quantised = linalg::GenericOp::create(
      b, loc, type, tensor, empty, maps, loops,
      [&](OpBuilder &inner, Location at, ValueRange x) {
        Value value = asReal(inner, at, x[0]);
        Value noise;
        if (sigma) {
          Value place = arith::AddIOp::create(inner, at, drawn,
                                              placeOf(inner, at, sizes));
          noise = arith::MulFOp::create(
              inner, at, sigma,
              standardNormal(inner, at, place, quantiser.seed));
        }
        if (noise && quantiser.isNoiseBefore)
          value = arith::AddFOp::create(inner, at, value, noise);
        Value level = arith::DivFOp::create(inner, at, value, step);
        level = math::RoundEvenOp::create(inner, at, level);
        level = arith::MulFOp::create(inner, at, level, step);
        // What is no number stays none.
        level = arith::MinimumFOp::create(inner, at, level, high);
        level = arith::MaximumFOp::create(inner, at, level, low);
        value = arith::SelectOp::create(inner, at, isExact, value, level);
        if (noise && !quantiser.isNoiseBefore)
          value = arith::AddFOp::create(inner, at, value, noise);
        if (isa<IntegerType>(element))
          value = math::RoundEvenOp::create(inner, at, value);
        // The host has no way from 64 bits to 16 in one step.
        if (isa<FloatType>(element) && element.getIntOrFloatBitWidth() < 32)
          value =
              convertScalar(inner, at, value, false, inner.getF32Type(), false);
        linalg::YieldOp::create(
            inner, at, convertScalar(inner, at, value, false, element, false));
      });
  return quantised.getResult(0);
}

//===- NormalNoise.cpp - Normally distributed numbers -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NormalNoise.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace {
/// Arithmetic of one width at one place.
struct Emitter {
  OpBuilder &b;
  Location loc;

  Value bits(uint64_t value) const {
    return arith::ConstantOp::create(b, loc, b.getI64IntegerAttr(value));
  }
  Value real(double value) const {
    return arith::ConstantOp::create(b, loc, b.getF64FloatAttr(value));
  }
  /// x ^ (x >> by)
  Value folded(Value x, unsigned by) const {
    return arith::XOrIOp::create(b, loc, x,
                                 arith::ShRUIOp::create(b, loc, x, bits(by)));
  }
  /// SplitMix64 (Steele et al., OOPSLA 2014) from its state.
  Value mixed(Value x) const {
    x = arith::MulIOp::create(b, loc, folded(x, 30), bits(0xbf58476d1ce4e5b9));
    x = arith::MulIOp::create(b, loc, folded(x, 27), bits(0x94d049bb133111eb));
    return folded(x, 31);
  }
  /// Uniform in (0, 1], from the upper 53 bits.
  Value uniform(Value x) const {
    x = arith::ShRUIOp::create(b, loc, x, bits(11));
    x = arith::AddIOp::create(b, loc, x, bits(1));
    Value wide = arith::UIToFPOp::create(b, loc, b.getF64Type(), x);
    return arith::MulFOp::create(b, loc, wide, real(0x1p-53));
  }
};
} // namespace

Value ohas::precision::standardNormal(OpBuilder &b, Location loc, Value place,
                                      uint64_t seed) {
  Emitter e{b, loc};
  // Two states of a sequence for each number.
  constexpr uint64_t gamma = 0x9e3779b97f4a7c15;
  Value key = e.mixed(e.bits(seed + gamma));
  Value first = arith::MulIOp::create(b, loc, place, e.bits(2 * gamma));
  first = arith::AddIOp::create(b, loc, first, key);
  Value second = arith::AddIOp::create(b, loc, first, e.bits(gamma));
  Value radius = math::LogOp::create(b, loc, e.uniform(e.mixed(first)));
  radius = math::SqrtOp::create(
      b, loc, arith::MulFOp::create(b, loc, e.real(-2), radius));
  Value angle = arith::MulFOp::create(b, loc, e.real(2 * M_PI),
                                      e.uniform(e.mixed(second)));
  // Box and Muller, Ann. Math. Statist. 29, 1958.
  return arith::MulFOp::create(b, loc, radius,
                               math::CosOp::create(b, loc, angle));
}

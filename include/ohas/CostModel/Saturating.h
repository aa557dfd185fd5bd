//===- Saturating.h - Whole numbers that stop at the limit ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sizes come from the user's network: a product may exceed 64 bits.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_SATURATING_H
#define OHAS_COSTMODEL_SATURATING_H

#include "ohas/CostModel/Workload.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <limits>
#include <utility>

namespace ohas::cost {

inline constexpr int64_t saturated = std::numeric_limits<int64_t>::max();

/// For operands >= 0.
inline int64_t saturatingMul(int64_t a, int64_t b) {
  int64_t product;
  return llvm::MulOverflow(a, b, product) ? saturated : product;
}

inline int64_t saturatingAdd(int64_t a, int64_t b) {
  int64_t sum;
  return llvm::AddOverflow(a, b, sum) ? saturated : sum;
}

/// sum += count * value.
inline void addSaturating(int64_t &sum, int64_t count, int64_t value) {
  sum = saturatingAdd(sum, saturatingMul(count, value));
}

/// The nearest whole number of a value >= 0.
inline int64_t toInteger(double value) {
  return value < 9.2e18 ? std::llround(value) : saturated;
}

/// Rounded up, but for what is only the rounding error of the value itself.
inline int64_t toIntegerUp(double value) {
  return toInteger(std::ceil(value * (1 - 1e-12)));
}

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_SATURATING_H

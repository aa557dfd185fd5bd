//===- LoopBounds.cpp - The bounds that a loop may have ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopBounds.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace ohas::search;

using Bounds = llvm::SmallVector<int64_t, 32>;

static Bounds divisors(int64_t trips) {
  Bounds small, large;
  for (int64_t f = 1; f * f <= trips; ++f)
    if (trips % f == 0) {
      small.push_back(f);
      if (f * f != trips)
        large.push_back(trips / f);
    }
  small.append(large.rbegin(), large.rend());
  return small;
}

/// Of those that leave equally many trips only the smallest.
static Bounds balanced(int64_t trips, int64_t limit) {
  Bounds bounds;
  for (int64_t bound = 1; bound <= std::min(trips, limit);) {
    bounds.push_back(bound);
    if (bound == trips)
      break;
    // The smallest bound that leaves fewer trips than this one.
    int64_t left = llvm::divideCeilSigned(trips, bound);
    bound = llvm::divideCeilSigned(trips, left - 1);
  }
  return bounds;
}

static Bounds every(int64_t limit) {
  Bounds bounds;
  for (int64_t bound = 1; bound <= limit; ++bound)
    bounds.push_back(bound);
  return bounds;
}

Bounds ohas::search::loopBounds(int64_t trips, Factors factors) {
  switch (factors) {
  case Factors::Perfect:
    return divisors(trips);
  case Factors::Balanced:
    return balanced(trips, trips);
  case Factors::Every:
    break;
  }
  return every(trips);
}

Bounds ohas::search::spreadBounds(int64_t trips, int64_t limit,
                                  Factors factors) {
  return factors == Factors::Every ? every(std::min(trips, limit))
                                   : balanced(trips, limit);
}

//===- Saturating.h - Sums that do not wrap around --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SATURATING_H
#define OHAS_LIB_SEARCH_SATURATING_H

#include "llvm/Support/MathExtras.h"
#include <limits>

namespace ohas::search {

/// sum += count * value, for values >= 0, up to INT64_MAX.
inline void addSaturating(int64_t &sum, int64_t count, int64_t value) {
  int64_t product;
  if (llvm::MulOverflow(count, value, product) ||
      llvm::AddOverflow(sum, product, sum))
    sum = std::numeric_limits<int64_t>::max();
}

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SATURATING_H

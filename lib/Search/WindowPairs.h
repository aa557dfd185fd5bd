//===- WindowPairs.h - Dims that make up a window ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_WINDOWPAIRS_H
#define OHAS_LIB_SEARCH_WINDOWPAIRS_H

#include "ohas/CostModel/Workload.h"
#include <numeric>
#include <utility>

namespace ohas::search {

/// Position and kernel dims of the windows along height, width and depth.
inline constexpr std::pair<cost::Dim, cost::Dim> windowPairs[] = {
    {cost::Dim::P, cost::Dim::R},
    {cost::Dim::Q, cost::Dim::S},
    {cost::Dim::D, cost::Dim::T}};

/// Stride and dilation without their common divisor.
inline std::pair<int64_t, int64_t> windowSteps(const cost::Workload &workload,
                                               unsigned pair) {
  int64_t s = workload.strides[pair], d = workload.dilations[pair];
  int64_t common = std::gcd(s, d);
  return {s / common, d / common};
}

/// Is an element met by several pairs of a position and a kernel index?
inline bool windowsOverlap(const cost::Workload &workload, unsigned pair) {
  auto [position, kernel] = windowPairs[pair];
  auto [s, d] = windowSteps(workload, pair);
  return workload.size(position) > std::max<int64_t>(d, 1) &&
         workload.size(kernel) > std::max<int64_t>(s, 1);
}

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_WINDOWPAIRS_H

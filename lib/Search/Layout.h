//===- Layout.h - What spreads where, and what is kept where ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The exact mapper decides in this order: fan-outs (a Spread), what memories
// keep (with the spread: a Layout), bounds of temporal loops, orders.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_LAYOUT_H
#define OHAS_LIB_SEARCH_LAYOUT_H

#include "MappingPlan.h"

namespace ohas::search {

using DimBounds = std::array<int64_t, cost::numDims>;

/// Copies along each dim, by fan-out as in MappingProblem::fanouts.
using Spread = llvm::SmallVector<DimBounds, 6>;

/// By memory as in MappingProblem::memories.
using KeptSets = llvm::SmallVector<cost::TensorSet, 8>;

struct Layout {
  Spread spread;
  KeptSets kept;
};

/// What a mapping spreads and keeps.
Layout layoutOf(const MappingProblem &problem, const cost::Mapping &mapping);

/// Every combination of what memories may keep.
std::vector<KeptSets> listKeptSets(const MappingProblem &problem);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_LAYOUT_H

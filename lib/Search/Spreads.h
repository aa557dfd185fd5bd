//===- Spreads.h - Every way to spread over the fan-outs --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SPREADS_H
#define OHAS_LIB_SEARCH_SPREADS_H

#include "Layout.h"
#include "ohas/Search/Mapper.h"

namespace ohas::search {

/// Looks on while spreads are made, from the innermost fan-out outwards.
class SpreadVisitor {
public:
  virtual ~SpreadVisitor() = default;
  /// May what is begun still be completed to something better? Fan-outs before
  /// number `position` are open; at least `steps` remain however they spread.
  virtual bool promises(const Spread &begun, size_t position, double steps) = 0;
  /// A complete spread. False ends the enumeration.
  virtual bool visit(const Spread &spread, double steps) = 0;
};

/// Dims of height and width.
inline constexpr std::pair<cost::Dim, cost::Dim> mirroredDims[] = {
    {cost::Dim::P, cost::Dim::Q}, {cost::Dim::R, cost::Dim::S}};
DimBounds mirrored(DimBounds bounds);

/// Neither the workload nor the accelerator tells height from width: to swap P
/// with Q and R with S in all loops of a mapping changes nothing of its cost.
bool isMirrorSymmetric(const MappingProblem &problem);

/// Visits every spread that the visitor takes for promising. Fan-outs next to
/// each other that do the same to every tensor are one: of spreads that differ
/// only in which of them does what, one is visited; and one of two that mirror
/// each other, where height and width are alike.
void forEachSpread(const MappingProblem &problem, Factors factors,
                   SpreadVisitor &visitor);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SPREADS_H

//===- CrossingTables.h - What crosses costs, by the tile below -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_CROSSINGTABLES_H
#define OHAS_LIB_SEARCH_CROSSINGTABLES_H

#include "CrossingCounts.h"

namespace ohas::search {

/// What crosses the boundaries of a layout, of one weighted sum of energy and
/// time, each table made when it is asked for.
class CrossingTables {
public:
  CrossingTables(CrossingCounts &counts, LayoutBound::What what)
      : what(what), counts(counts) {}
  CrossingTables(CrossingTables &&) = delete;
  ~CrossingTables();

  /// Below loops of a kind and boundary b; of the tensor that stays only once.
  /// Impossible where there is no room, or no such loop.
  const Table &below(unsigned b, const LoopKind &kind);
  /// Of a tensor that stays: how much more comes if it comes again, see
  /// CrossingCounts.
  const Table &again(unsigned b, unsigned tensor);
  /// Of one tile alone.
  double again(unsigned b, unsigned tensor, const Cells &tile) const;

  const LayoutBound::What what;
  CrossingCounts &counts;

private:
  template <typename Fn>
  void forEachTerm(unsigned b, unsigned tensor, Fn fn) const;

  /// By boundary, dim of the kind, and whether others are further out.
  std::map<std::tuple<unsigned, int, LoopsAbove::Outer>, Table> crossings;
  std::map<std::pair<unsigned, unsigned>, Table> comingAgain;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_CROSSINGTABLES_H

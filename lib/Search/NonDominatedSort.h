//===- NonDominatedSort.h - Ranks designs by several figures ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The ranking of NSGA-II: Deb, Pratap, Agarwal and Meyarivan, "A fast and
// elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on
// Evolutionary Computation 6(2), 2002.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_NONDOMINATEDSORT_H
#define OHAS_LIB_SEARCH_NONDOMINATEDSORT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace ohas::search {

/// What an evolution sees of a design.
struct Fitness {
  /// All minimised, in units of their own; none where `violation` is not 0.
  llvm::SmallVector<double, 6> figures;
  /// How far from acceptable, relative; 0: it is.
  double violation = 0;
};

/// Constrained domination: acceptable designs dominate others, of which the one
/// that is closer to acceptable dominates. Among acceptable ones: `a` is
/// nowhere above `b`, and below it somewhere. Both have equally many figures.
bool dominatesConstrained(const Fitness &a, const Fitness &b);

/// Where a design stands among others.
struct Rank {
  /// 0: no other dominates it; else only those of lower fronts do.
  unsigned front = 0;
  /// Of the designs of its front: how far its neighbours in each figure are
  /// apart, beside the range of the figure; infinite at an end.
  double crowding = 0;

  /// Lower fronts come first, and in these what has more room around it.
  bool operator<(const Rank &other) const {
    return front != other.front ? front < other.front
                                : crowding > other.crowding;
  }
};

/// In the order of the designs. Of equal figures an earlier design counts as
/// the lower one.
std::vector<Rank> rankByDomination(llvm::ArrayRef<Fitness> designs);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_NONDOMINATEDSORT_H

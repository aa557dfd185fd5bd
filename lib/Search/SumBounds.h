//===- SumBounds.h - What bounds a network's sums ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An objective of sums, such as (sum of energies) x (sum of latencies), is not
// a sum over layers, but weighted sums of energy and time are. Each that is
// bounded from below leaves a half-plane of sums; all of them leave a region
// whose lower left border is convex. Objectives rise with both and are
// quasi-concave, so that their least value there is at a corner of the border.
// Weightings between those of the lines that meet in the least corner cut it
// off, until it is a sum that some mappings reach (Aneja and Nair, "Bicriteria
// transportation problem", Management Science 25(1), 1979).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SUMBOUNDS_H
#define OHAS_LIB_SEARCH_SUMBOUNDS_H

#include "ohas/Search/Objective.h"
#include <vector>

namespace ohas::search {

/// perFj x energy in fJ + perNs x time in ns; neither is negative, one is not
/// 0.
struct Weighting {
  double perFj = 1, perNs = 0;

  double of(double energyFj, double latencyNs) const {
    return perFj * energyFj + perNs * latencyNs;
  }
};

/// Sums of energy and time.
struct Sums {
  double energyFj = 0, latencyNs = 0;
};

class SumBounds {
public:
  /// No energy and no time is less than these.
  explicit SumBounds(const Sums &least);

  /// No weighted sum is less than `least`, which the sums `reached`, if there
  /// are any, come close to.
  void add(const Weighting &weighting, double least,
           std::optional<Sums> reached);

  /// No sums are better than this value of the (first) objective; energies in
  /// fJ, times in ns.
  double leastValue(const Goal &goal) const;

  /// The weighting that says most about the least value; none if no other one
  /// is left that could say more.
  std::optional<Weighting> next(const Goal &goal) const;

private:
  struct Line {
    Weighting weighting;
    double least;
    std::optional<Sums> reached;
    bool isFirst = false; ///< of the constructor
  };
  /// Where two lines meet; `frugal` weighs time less than `fast` does.
  struct Corner {
    Sums sums;
    size_t frugal, fast;
  };
  std::vector<Corner> corners() const;
  std::optional<Corner> leastCorner(const Goal &goal) const;
  bool isNew(const Weighting &weighting) const;

  std::vector<Line> lines;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SUMBOUNDS_H

//===- ExactMapper.cpp - Proves which mapping is best -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "Spreads.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

namespace {
struct Candidate {
  double bound;
  size_t spread, kept;
};
} // namespace

bool ohas::search::mapExactly(const MappingProblem &problem, Factors factors,
                              Incumbent &incumbent, SearchStatistics &stats) {
  std::vector<KeptSets> keptSets = listKeptSets(problem);
  std::vector<Spread> spreads;
  forEachSpread(problem, factors, std::numeric_limits<double>::infinity(),
                [&](const Spread &spread, double) {
                  spreads.push_back(spread);
                });
  std::vector<Candidate> candidates;
  for (auto [s, spread] : llvm::enumerate(spreads))
    for (auto [k, kept] : llvm::enumerate(keptSets)) {
      Layout layout{spread, kept};
      LayoutBound bound(problem, layout, factors);
      if (!bound.isPossible())
        continue;
      PartialCost least = bound.least();
      double ns = bound.latencyNs(least);
      double value = incumbent.valueOf(bound.energyFj(least, ns), ns);
      if (incumbent.canBeatValue(value))
        candidates.push_back({value, s, k});
    }
  llvm::stable_sort(candidates, [](const Candidate &a, const Candidate &b) {
    return a.bound < b.bound;
  });
  stats.candidates = candidates.size();
  for (const Candidate &candidate : candidates) {
    if (!incumbent.canBeatValue(candidate.bound))
      break;
    if (stats.exhausted())
      return false;
    Layout layout{spreads[candidate.spread], keptSets[candidate.kept]};
    TileSearch(problem, layout, factors, incumbent, stats).run();
  }
  return !stats.exhausted();
}

//===- ExactMapper.cpp - Proves which mapping is best -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "SpreadFloor.h"
#include "Spreads.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Beside a node, of a first bound.
static constexpr double workPerLayout = 0.02;

namespace {
struct Candidate {
  double bound;
  uint32_t spread, kept;
};
} // namespace

bool ohas::search::mapExactly(const MappingProblem &problem, Factors factors,
                              Incumbent &incumbent, SearchStatistics &stats) {
  std::vector<KeptSets> keptSets = listKeptSets(problem);
  SpreadFloor floor(problem, keptSets);
  std::vector<Spread> spreads;
  std::vector<Candidate> candidates;
  forEachSpread(problem, factors, floor.mostSteps(incumbent),
                [&](const Spread &spread, double steps) {
                  ++stats.spreads;
                  stats.work += workPerLayout * double(keptSets.size());
                  if (stats.exhausted())
                    return false;
                  bool promises = false;
                  for (auto [kept, value] :
                       llvm::enumerate(floor.values(spread, steps, incumbent)))
                    if (incumbent.canBeatValue(value)) {
                      candidates.push_back(
                          {value, uint32_t(spreads.size()), uint32_t(kept)});
                      promises = true;
                    }
                  if (promises)
                    spreads.push_back(spread);
                  return true;
                });
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate &a, const Candidate &b) {
              return std::tie(a.bound, a.spread, a.kept) <
                     std::tie(b.bound, b.spread, b.kept);
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

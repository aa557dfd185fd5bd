//===- ExactMapper.cpp - Proves which mapping is best -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "SpreadFloor.h"
#include "Spreads.h"
#include "TileSearch.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Beside a node, of a first bound.
static constexpr double workPerLayout = 0.02;

namespace {
struct Candidate {
  GoalValue bound;
  uint32_t spread, kept;
};

/// Gathers the layouts that may be better than the incumbent.
class LayoutList : public SpreadVisitor {
public:
  LayoutList(const MappingProblem &problem, Factors factors,
             const Incumbent &incumbent, SearchStatistics &stats)
      : keptSets(listKeptSets(problem)), floor(problem, keptSets, factors),
        incumbent(incumbent), stats(stats) {}

  bool promises(const Spread &begun, size_t position, double steps) override {
    return incumbent.canBeatValue(
        floor.leastValue(begun, position, steps, incumbent));
  }

  bool visit(const Spread &spread, double steps) override {
    ++stats.spreads;
    stats.work += workPerLayout * double(keptSets.size());
    // Half of a limit is for looking at the best of them.
    if (stats.limit > 0 && stats.work >= stats.limit / 2) {
      isComplete = false;
      return false;
    }
    bool promises = false;
    for (auto [kept, value] :
         llvm::enumerate(floor.values(spread, steps, incumbent)))
      if (incumbent.canBeatValue(value)) {
        candidates.push_back({value, uint32_t(spreads.size()), uint32_t(kept)});
        promises = true;
      }
    if (promises)
      spreads.push_back(spread);
    return true;
  }

  std::vector<KeptSets> keptSets;
  std::vector<Spread> spreads;
  std::vector<Candidate> candidates;
  bool isComplete = true;

private:
  SpreadFloor floor;
  const Incumbent &incumbent;
  SearchStatistics &stats;
};
} // namespace

/// Tables of fewer tiles are faster, and mostly enough to show that a layout is
/// no better.
static constexpr size_t roughTiles[] = {1 << 10, TileGrid::finest};

/// Wherever sums may land late, mappings where they do and where they do not
/// have bounds of their own.
static void searchTiles(const MappingProblem &problem, const Layout &layout,
                        Factors factors, TablePool &pool, Incumbent &incumbent,
                        SearchStatistics &stats) {
  llvm::SmallVector<unsigned, 2> mayLandLate;
  auto search = [&](llvm::ArrayRef<unsigned> late) {
    for (size_t mostTiles : roughTiles) {
      TileSearch tiles(problem, layout, factors, late, mostTiles, pool,
                       incumbent, stats);
      if (late.empty())
        mayLandLate.assign(tiles.mayLandLate().begin(),
                           tiles.mayLandLate().end());
      if (stats.exhausted() || !tiles.begin())
        return;
      if (mostTiles == TileGrid::finest || tiles.isFine())
        return tiles.run();
    }
  };
  ++stats.layouts;
  search({});
  // Nothing that lands late has a closed form.
  if (!problem.mayCountSlowly())
    return;
  forEachLanding(mayLandLate, [&](llvm::ArrayRef<unsigned> late) {
    if (!late.empty())
      search(late);
  });
}

bool ohas::search::mapExactly(const MappingProblem &problem, Factors factors,
                              Incumbent &incumbent, SearchStatistics &stats) {
  LayoutList list(problem, factors, incumbent, stats);
  forEachSpread(problem, factors, list);
  std::sort(list.candidates.begin(), list.candidates.end(),
            [](const Candidate &a, const Candidate &b) {
              return std::tie(a.bound, a.spread, a.kept) <
                     std::tie(b.bound, b.spread, b.kept);
            });
  stats.candidates = list.candidates.size();
  if (!list.isComplete)
    stats.leastOpen = 0;
  TablePool pool;
  for (const Candidate &candidate : list.candidates) {
    // A later one may only seem to be worse, by its last digits.
    if (!incumbent.canBeatValue(candidate.bound))
      continue;
    // Those that follow promise no more.
    auto leaveOpen = [&] {
      stats.leastOpen = std::min(stats.leastOpen, candidate.bound.first);
      return false;
    };
    if (stats.exhausted())
      return leaveOpen();
    Layout layout{list.spreads[candidate.spread],
                  list.keptSets[candidate.kept]};
    searchTiles(problem, layout, factors, pool, incumbent, stats);
    if (stats.exhausted())
      return leaveOpen();
  }
  return list.isComplete && !stats.exhausted();
}

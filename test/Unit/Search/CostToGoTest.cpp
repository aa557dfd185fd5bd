//===- CostToGoTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostToGo.h"
#include "BoundOfMapping.h"
#include "BruteForceMapper.h"
#include "WindowCases.h"

using namespace ohas::search;
using namespace ohas::search::test;
using namespace ohas::cost;

namespace {
/// Tables of one layout against what the boundaries of a mapping say.
class Tables {
public:
  Tables(const MappingProblem &problem, const Layout &layout, Factors factors,
         llvm::ArrayRef<unsigned> late, size_t mostTiles)
      : problem(problem), bound(problem, layout, factors, late, mostTiles) {
    if (!bound.isPossible())
      return;
    room.emplace(bound, pool);
    CrossingCounts counts(bound, *room, pool);
    auto add = [&](LayoutBound::What what) {
      CrossingTables crossings(counts, what);
      tables.emplace_back(what, CostToGo(crossings));
    };
    add(LayoutBound::energy);
    for (int lane = -1; lane < std::min<int>(bound.lanes(), 1); ++lane) {
      add({lane, 0, 1});
      add({lane, 0.01, 1});
    }
  }

  /// Sums that were compared.
  unsigned compare(const Mapping &mapping, const Accelerator &accelerator) {
    unsigned compared = 0;
    for (auto &[what, toGo] : tables) {
      struct Bound {
        unsigned memory;
        double value;
      };
      std::vector<Bound> bounds;
      std::vector<double> parts(bound.loopMemories().size() + 1, 0);
      bool looped = false; // at the memory above the boundary
      auto see = [&, &what = what, &toGo = toGo](unsigned b, const Cells &tile,
                                                 const LoopsAbove &above,
                                                 const PartialCost &part) {
        parts[b] = what.fj * part.energyFj +
                   what.programmingNs * part.programmingNs +
                   (what.lane < 0 ? 0 : part.busyNs[what.lane]);
        size_t at = bound.grid().position(tile);
        if (looped) {
          bounds.push_back({b + 1, toGo.belowLoops(b + 1, at)});
          bounds.push_back(
              {b + 1, toGo.belowLoops(b + 1, above.innermost, at)});
        }
        looped = b > 0 &&
                 llvm::any_of(mapping.levels[bound.loopMemories()[b - 1]].loops,
                              [](const Loop &loop) { return loop.bound > 1; });
        if (looped)
          bounds.push_back({b, toGo.below(b, tile, above)});
      };
      if (!boundOf(problem, bound, mapping, see))
        return 0;
      for (auto [memory, value] : bounds) {
        double inside = 0;
        for (unsigned b = 0; b < memory; ++b)
          inside += parts[b];
        ++compared;
        EXPECT_LE(value, inside + 1e-9 * (1 + std::abs(inside)))
            << "below memory " << memory << " of\n"
            << show(mapping, accelerator);
      }
    }
    return compared;
  }

private:
  const MappingProblem &problem;
  LayoutBound bound;
  TablePool pool;
  std::optional<TileRoom> room;
  std::deque<std::pair<LayoutBound::What, CostToGo>> tables;
};
} // namespace

static unsigned compare(const MappingProblem &problem, const Case &drawn,
                        const Mapping &mapping, size_t mostTiles) {
  if (idlesForEver(drawn, mapping))
    return 0;
  Layout layout = layoutOf(problem, mapping);
  LayoutBound inTime(problem, layout, drawn.factors, {});
  unsigned compared = 0;
  forEachLanding(inTime.mayLandLate(), [&](llvm::ArrayRef<unsigned> late) {
    compared += Tables(problem, layout, drawn.factors, late, mostTiles)
                    .compare(mapping, drawn.accelerator);
  });
  return compared;
}

TEST(CostToGo, IsNoMoreThanWhatAnyMappingHasInside) {
  uint64_t compared = 0;
  forEachSeed(300, [&](unsigned seed) {
    Case drawn = drawCase(seed, seed % 2 * 4);
    if (drawn.workload.macs() > 4096)
      return;
    MappingProblem problem(drawn.workload, drawn.accelerator);
    unsigned number = 0;
    BruteForceMapper(drawn.workload, drawn.accelerator, drawn.factors)
        .run(3000, [&](const Mapping &mapping) {
          // Some of many: neighbours differ in little.
          if (++number % 37 == 0)
            compared += compare(problem, drawn, mapping,
                                number % 4 ? TileGrid::finest : 32);
        });
  });
  if (!std::getenv("OHAS_SEEDS"))
    EXPECT_GT(compared, 10000u);
}

TEST(CostToGo, IsNoMoreThanWhatWindowsHaveInside) {
  uint64_t compared = 0;
  forEachSeed(200, [&](unsigned seed) {
    WindowCases cases(seed);
    Case drawn = cases.draw();
    MappingProblem problem(drawn.workload, drawn.accelerator);
    for (unsigned i = 0; i < 10; ++i)
      if (std::optional<Mapping> mapping = cases.mapping(drawn))
        compared +=
            compare(problem, drawn, *mapping, i % 4 ? TileGrid::finest : 128);
  });
  if (!std::getenv("OHAS_SEEDS"))
    EXPECT_GT(compared, 3000u);
}

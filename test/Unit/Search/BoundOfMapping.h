//===- BoundOfMapping.h - What the exact mapper thinks of a mapping -------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_BOUNDOFMAPPING_H
#define OHAS_TEST_UNIT_SEARCH_BOUNDOFMAPPING_H

#include "LayoutBound.h"
#include "MapperCases.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <functional>

namespace ohas::search::test {

/// Temporal extents below each boundary, by dim of the problem; the outermost
/// ones are what the fan-outs leave.
inline std::vector<LayoutBound::Extents>
extentsOf(const MappingProblem &problem, const LayoutBound &bound,
          const cost::Mapping &mapping) {
  std::vector<LayoutBound::Extents> below(1);
  below[0].fill(1);
  for (unsigned memory : bound.loopMemories()) {
    LayoutBound::Extents &next = below.emplace_back(below.back());
    for (const cost::Loop &loop : mapping.levels[memory].loops)
      next[problem.number(loop.dim)] *= loop.bound;
  }
  for (LayoutBound::Extents &extents : below)
    for (unsigned d = 0; d < problem.dims.size(); ++d)
      extents[d] = std::min(extents[d], bound.grid().trips(d));
  return below;
}

/// Steps along each dim with all of these tiles known.
inline LayoutBound::Steps stepsOf(const MappingProblem &problem,
                                  const LayoutBound &bound,
                                  const cost::Mapping &mapping) {
  std::vector<LayoutBound::Extents> below = extentsOf(problem, bound, mapping);
  LayoutBound::Steps least = {};
  for (unsigned d = 0; d < problem.dims.size(); ++d) {
    LayoutBound::StepsAlong steps = bound.allSteps(d);
    for (unsigned i = bound.loopMemories().size(); i-- > 0;) {
      steps = bound.stepsInside(i, d, steps, below[i + 1][d], below[i][d]);
      least[d] = std::max(least[d], bound.leastSteps(i, d, steps, below[i][d]));
    }
  }
  return least;
}

/// A boundary's number, tile, the loops above, and what crosses at least.
using SeeBoundary = std::function<void(
    unsigned, const Cells &, const LoopsAbove &, const PartialCost &)>;

/// The bound with all tiles, innermost loops and what moves next as in the
/// mapping: the tightest that the search ever uses. Nothing if the bound is not
/// of mappings with such tiles. `see`: called from the outermost boundary
/// inwards.
inline std::optional<PartialCost> boundOf(const MappingProblem &problem,
                                          LayoutBound &bound,
                                          const cost::Mapping &mapping,
                                          SeeBoundary see = {}) {
  TileGrid &grid = bound.grid();
  unsigned memories = bound.loopMemories().size();
  std::vector<LayoutBound::Extents> below = extentsOf(problem, bound, mapping);
  std::deque<Cells> tiles;
  auto cellsOf = [&](unsigned b) -> const Cells & {
    Cells &cells = tiles.emplace_back();
    cells = {};
    for (unsigned d = 0; d < problem.dims.size(); ++d)
      cells[d] = grid.cellOf(d, below[b][d]);
    return cells;
  };
  PartialCost sum = bound.fixed();
  if (LayoutBound::Steps steps = stepsOf(problem, bound, mapping); true) {
    sum.stepsNs = bound.stepsNs(steps);
    uint16_t spreadOnly = 0;
    for (unsigned i = memories; i-- > 0;)
      spreadOnly |= bound.spreadOnly(i, below[i]);
    sum.energyFj +=
        bound.stepsFj(steps, spreadOnly) - bound.stepsFj(bound.fewestSteps());
  }
  LoopsAbove above;
  std::deque<LoopsBetween> between;
  std::deque<LayoutBound::Extents> bounds;
  const Cells *tile = &cellsOf(memories);
  for (unsigned b = memories + 1; b-- > 0;) {
    if (!bound.fits(b, *tile, 0) || !bound.fits(b, below[b], *tile, 0))
      return std::nullopt;
    PartialCost part = bound.cross(b, *tile, above);
    sum.add(part, bound.lanes());
    if (see)
      see(b, *tile, above, part);
    if (b == 0)
      break;
    const auto &loops = mapping.levels[bound.loopMemories()[b - 1]].loops;
    llvm::SmallVector<std::pair<int, int64_t>, 10> inside; // innermost first
    for (const cost::Loop &loop : llvm::reverse(loops))
      if (loop.bound > 1)
        inside.push_back({int(problem.number(loop.dim)), loop.bound});
    const Cells *top = tile;
    tile = &cellsOf(b - 1);
    if (inside.empty())
      continue;
    auto single = [&](std::pair<int, int64_t> loop) {
      return bound.singleTiles(b - 1, loop.first, below[b - 1][loop.first],
                               loop.second);
    };
    uint16_t all = 0, changing = 0;
    LayoutBound::Extents &trips = bounds.emplace_back();
    trips.fill(1);
    for (std::pair<int, int64_t> loop : inside) {
      all |= 1u << loop.first;
      trips[loop.first] = loop.second;
      if (single(loop).last == SingleTiles::Later)
        changing |= 1u << loop.first;
    }
    LoopsAbove outer = above;
    above = LoopsAbove();
    above.between = &between.emplace_back(
        LoopsBetween{top, tile, outer.between, b - 1, all, changing,
                     uint16_t(1u << inside.front().first), &trips});
    above.trips.fill(1);
    for (unsigned i = b; i <= memories; ++i)
      for (const cost::Loop &loop :
           mapping.levels[bound.loopMemories()[i - 1]].loops)
        above.trips[problem.number(loop.dim)] *= loop.bound;
    above.innermost = inside.front().first;
    for (unsigned t = 0; t < cost::numTensors; ++t) {
      auto relevant = llvm::find_if(inside, [&](std::pair<int, int64_t> loop) {
        return !bound.isIrrelevant(t, loop.first);
      });
      if (relevant != inside.begin()) {
        above.staying = t;
        if (relevant == inside.end()) {
          between.back().innermost = all;
          above.stays[t] = outer.staying == int(t) ? outer.stays[t] : top;
          above.moving[t] = outer.moving[t];
          above.movingTrips[t] = outer.movingTrips[t];
          above.single[t] = outer.single[t];
          above.top[t] = outer.top[t];
          continue;
        }
        above.stays[t] = top;
        // Are all loops that it does not depend on innermost?
        uint16_t innermost = 0;
        for (auto loop = inside.begin(); loop != relevant; ++loop)
          innermost |= 1u << loop->first;
        auto again = std::find_if(relevant, inside.end(),
                                  [&](std::pair<int, int64_t> loop) {
                                    return bound.isIrrelevant(t, loop.first);
                                  });
        if (again == inside.end()) {
          between.back().innermost = innermost;
        } else {
          Cells &stays = tiles.emplace_back(*top);
          stays[again->first] = (*tile)[again->first];
          above.stays[t] = &stays;
        }
      }
      above.moving[t] = relevant->first;
      above.movingTrips[t] = relevant->second;
      above.single[t] = single(*relevant);
      above.top[t] = top;
    }
  }
  return sum;
}

/// Does a fan-out have copies that never have work? With fewer of them the
/// mapping does the same, and that one is bounded.
inline bool idlesForEver(const Case &drawn, const Mapping &mapping) {
  std::array<int64_t, numDims> step;
  step.fill(1);
  for (unsigned i = mapping.levels.size(); i-- > 0;)
    for (const Loop &loop : llvm::reverse(mapping.levels[i].loops)) {
      int64_t &inside = step[index(loop.dim)];
      if (drawn.accelerator.levels[i].kind == LevelKind::Fanout &&
          (loop.bound - 1) * inside >= drawn.workload.size(loop.dim))
        return true;
      inside *= loop.bound;
    }
  return false;
}

/// Sums land late or in time: the search goes through both, each with a bound
/// of its own, so that one of them has to be right.
inline UnroundedCost leastCost(const MappingProblem &problem, Factors factors,
                               const Mapping &mapping,
                               size_t mostTiles = TileGrid::finest) {
  Layout layout = layoutOf(problem, mapping);
  UnroundedCost least = {INFINITY, INFINITY};
  LayoutBound inTime(problem, layout, factors, {});
  forEachLanding(inTime.mayLandLate(), [&](llvm::ArrayRef<unsigned> late) {
    LayoutBound bound(problem, layout, factors, late, mostTiles);
    std::optional<PartialCost> cost = boundOf(problem, bound, mapping);
    if (!cost || !bound.isPossible())
      return;
    double ns = bound.latencyNs(*cost), fj = bound.energyFj(*cost, ns);
    if (fj < least.energyFj)
      least = {ns, fj};
  });
  return least;
}

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_BOUNDOFMAPPING_H

//===- MappingScore.cpp - Judges plans and keeps the best -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingScore.h"
#include "ConvexHull.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Invalid plans are cheap to recognise, but must not go on for ever either.
static constexpr uint64_t discardsPerEvaluation = 16;

bool MappingJudge::isExhausted() const {
  uint64_t budget = std::max<uint64_t>(options.budget, 1);
  // Without any valid mapping yet there is nothing to return: go on a little.
  uint64_t discards = std::max<uint64_t>(budget, 256) * discardsPerEvaluation;
  return numEvaluated >= budget || numDiscarded >= discards;
}

/// FNV-1a over the words of a mapping: equal on every machine, so that a
/// collision, however unlikely, is too.
static uint64_t hash(const Mapping &mapping) {
  uint64_t h = 0xcbf29ce484222325u;
  auto mix = [&](uint64_t word) {
    h = (h ^ word) * 0x100000001b3u;
    h ^= h >> 29;
  };
  for (const LevelMapping &level : mapping.levels) {
    mix(level.kept.mask() << 8 | level.loops.size());
    for (const Loop &loop : level.loops)
      mix(uint64_t(loop.bound) << 4 | index(loop.dim));
  }
  return h & ~uint64_t(3); // off the map's two reserved keys
}

static GoalValue valueOf(const Goal &goal, const QuickCost &cost) {
  return goal.valueOf(double(cost.energyFj), double(cost.latencyPs));
}

void MappingJudge::allowSlowCounts(bool allow) {
  slowAllowed = allow;
  if (allow) {
    seen.clear();
    numDiscarded = 0;
  }
}

/// Some mapping seen is at least as good in both figures as this one can be,
/// and it cannot beat the score.
bool MappingJudge::isHopeless(const Mapping &mapping,
                              const Score &toBeat) const {
  QuickCost least = bound.of(mapping);
  if (!(toBeat.value < valueOf(goal, least)))
    return false;
  auto slower = llvm::partition_point(front, [&](const MappedPoint &point) {
    return point.latencyPs <= least.latencyPs;
  });
  return slower != front.begin() &&
         std::prev(slower)->energyFj <= least.energyFj;
}

std::optional<Score> MappingJudge::judge(const Plan &candidate,
                                         const Score *toBeat) {
  if (isExhausted())
    return std::nullopt;
  Mapping mapping = candidate.toMapping();
  auto [place, isNew] = seen.try_emplace(hash(mapping));
  if (!isNew)
    return place->second;
  if (Violation v =
          findViolation(problem.workload, problem.accelerator, mapping)) {
    if (numDiscarded++ == 0)
      violation = v;
    return std::nullopt;
  }
  if (!slowAllowed && !problem.costs.hasClosedForm(mapping)) {
    ++numDiscarded;
    ++numSlow;
    return std::nullopt;
  }
  if (toBeat && isHopeless(mapping, *toBeat)) {
    // Another score to beat may be higher.
    seen.erase(place);
    ++numHopeless;
    return std::nullopt;
  }
  ++numEvaluated;
  QuickCost cost = problem.costs.quick(mapping);
  Score score{valueOf(goal, cost), cost.latencyPs, cost.energyFj};
  place->second = score;
  addToFront(front, {mapping, score.latencyPs, score.energyFj});
  if (!best || score < *best) {
    best = score;
    plan = candidate;
  }
  return score;
}

void ohas::search::addToFront(std::vector<MappedPoint> &front,
                              MappedPoint point) {
  auto place = llvm::partition_point(front, [&](const MappedPoint &other) {
    return other.latencyPs < point.latencyPs;
  });
  if (place != front.begin() && std::prev(place)->energyFj <= point.energyFj)
    return;
  if (place != front.end() && place->latencyPs == point.latencyPs &&
      place->energyFj <= point.energyFj)
    return;
  auto end = place;
  while (end != front.end() && end->energyFj >= point.energyFj)
    ++end;
  place = front.erase(place, end);
  front.insert(place, std::move(point));
}

std::vector<MappedPoint> MappingJudge::takeFront() {
  // What hides electronic work may be worth choosing inside the hull, too.
  const std::optional<VectorUnit> &unit = problem.accelerator.vectorUnit;
  return unit && unit->overlap > 0 ? std::move(front)
                                   : lowerHull(std::move(front));
}

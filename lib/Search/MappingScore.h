//===- MappingScore.h - Judges plans and keeps the best ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_MAPPINGSCORE_H
#define OHAS_LIB_SEARCH_MAPPINGSCORE_H

#include "CostBound.h"
#include "MappingPlan.h"
#include "ohas/Search/Mapper.h"
#include "llvm/ADT/DenseMap.h"

namespace ohas::search {

/// Smaller is better; the figures themselves break ties. All are made of whole
/// numbers, so that what is equal is so to the last digit.
struct Score {
  GoalValue value;
  int64_t latencyPs = 0, energyFj = 0;

  bool operator<(const Score &other) const {
    if (value < other.value || other.value < value)
      return value < other.value;
    if (latencyPs != other.latencyPs)
      return latencyPs < other.latencyPs;
    return energyFj < other.energyFj;
  }
};

/// Keeps a front by rising latency and falling energy.
void addToFront(std::vector<MappedPoint> &front, MappedPoint point);

/// Counts and costs plans within a budget, each distinct one once.
class MappingJudge {
public:
  MappingJudge(const MappingProblem &problem, const MapperOptions &options)
      : problem(problem), options(options),
        goal(options.objective.ofMappings()),
        bound(problem.workload, problem.accelerator),
        slowAllowed(problem.mayCountSlowly()) {}

  /// Nothing for a plan that is invalid, or when the budget is used up.
  std::optional<Score> judge(const Plan &plan) { return judge(plan, nullptr); }
  /// Nor for a plan that cannot be better than `score`, nor be on the front.
  std::optional<Score> judgeIfBetter(const Plan &plan, const Score &score) {
    return judge(plan, &score);
  }

  /// Mappings that cannot be counted in closed form are left out of the search
  /// of large workloads, unless nothing else is valid: then they are judged
  /// from here on, or no longer.
  void allowSlowCounts(bool allow);
  bool hasLeftOutSlowCounts() const { return numSlow > 0; }

  bool isExhausted() const;
  const std::optional<Score> &bestScore() const { return best; }
  const Plan &bestPlan() const { return plan; }
  uint64_t evaluated() const { return numEvaluated; }
  uint64_t discarded() const { return numDiscarded; }
  /// Plans judged, those included that bounds left out.
  uint64_t judged() const { return numEvaluated + numHopeless; }
  /// Why the first plan was invalid, if it was.
  const cost::Violation &firstViolation() const { return violation; }
  std::vector<MappedPoint> takeFront();

private:
  std::optional<Score> judge(const Plan &plan, const Score *toBeat);
  bool isHopeless(const cost::Mapping &mapping, const Score &toBeat) const;

  const MappingProblem &problem;
  const MapperOptions &options;
  Goal goal;
  CostBound bound;
  bool slowAllowed;
  uint64_t numEvaluated = 0, numDiscarded = 0, numHopeless = 0;
  uint64_t numSlow = 0;
  std::optional<Score> best;
  Plan plan;
  cost::Violation violation;
  llvm::DenseMap<uint64_t, std::optional<Score>> seen;
  std::vector<MappedPoint> front; // by rising latency, falling energy
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_MAPPINGSCORE_H

//===- MappingScore.h - Judges plans and keeps the best ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_MAPPINGSCORE_H
#define OHAS_LIB_SEARCH_MAPPINGSCORE_H

#include "MappingPlan.h"
#include "ohas/Search/Mapper.h"
#include "llvm/ADT/DenseMap.h"

namespace ohas::search {

/// Smaller is better; the figures themselves break ties.
struct Score {
  double value = 0;
  int64_t latencyPs = 0, energyFj = 0;

  bool operator<(const Score &other) const {
    if (value != other.value)
      return value < other.value;
    if (latencyPs != other.latencyPs)
      return latencyPs < other.latencyPs;
    return energyFj < other.energyFj;
  }
};

/// Counts and costs plans within a budget, each distinct one once.
class MappingJudge {
public:
  MappingJudge(const MappingProblem &problem, const MapperOptions &options)
      : problem(problem), options(options) {}

  /// Nothing for a plan that is invalid, or when the budget is used up.
  std::optional<Score> judge(const Plan &plan);

  bool isExhausted() const;
  const std::optional<Score> &bestScore() const { return best; }
  const Plan &bestPlan() const { return plan; }
  uint64_t evaluated() const { return numEvaluated; }
  uint64_t discarded() const { return numDiscarded; }
  /// Why the first plan was invalid, if it was.
  const cost::Violation &firstViolation() const { return violation; }
  std::vector<MappedPoint> takeFront();

private:
  void keep(const cost::Mapping &mapping, const Score &score);

  const MappingProblem &problem;
  const MapperOptions &options;
  uint64_t numEvaluated = 0, numDiscarded = 0;
  std::optional<Score> best;
  Plan plan;
  cost::Violation violation;
  llvm::DenseMap<uint64_t, std::optional<Score>> seen;
  std::vector<MappedPoint> front; // by rising latency, falling energy
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_MAPPINGSCORE_H

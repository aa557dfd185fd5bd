//===- Incumbent.h - The best mapping so far --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_INCUMBENT_H
#define OHAS_LIB_SEARCH_INCUMBENT_H

#include "MappingPlan.h"
#include "ohas/Search/Mapper.h"
#include <limits>

namespace ohas::search {

class Incumbent {
public:
  Incumbent(const MappingProblem &problem, Objective objective);

  /// False if nothing of at least this value can be better. Sums in another
  /// order differ in the last digits, which are no improvement.
  bool canBeatValue(double bound) const { return bound < value * (1 - 1e-11); }
  double valueOf(double energyFj, double latencyNs) const {
    return objectiveOf(objective, energyFj, latencyNs);
  }
  /// Counts and costs a mapping; nothing if it is invalid.
  std::optional<cost::UnroundedCost> offer(const cost::Mapping &mapping);

  bool hasMapping() const {
    return value < std::numeric_limits<double>::infinity();
  }
  const cost::Mapping &mapping() const { return best; }
  double objectiveValue() const { return value; }
  uint64_t evaluated() const { return numEvaluated; }
  uint64_t discarded() const { return numDiscarded; }

private:
  const MappingProblem &problem;
  Objective objective;
  double value = std::numeric_limits<double>::infinity();
  cost::Mapping best;
  uint64_t numEvaluated = 0, numDiscarded = 0;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_INCUMBENT_H

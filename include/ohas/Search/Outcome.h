//===- Outcome.h - What a search learns about one design --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_OUTCOME_H
#define OHAS_SEARCH_OUTCOME_H

#include "ohas/Search/DesignSpace.h"
#include "ohas/Search/Mapper.h"

namespace ohas::search {

/// A network on a design: sums over its layers, and the design's footprint.
struct Totals {
  int64_t latencyPs = 0, energyFj = 0, areaUm2 = 0, peakPowerUw = 0;
  bool operator==(const Totals &other) const {
    return latencyPs == other.latencyPs && energyFj == other.energyFj &&
           areaUm2 == other.areaUm2 && peakPowerUw == other.peakPowerUw;
  }
};

double edpJs(const Totals &totals);
double averagePowerW(const Totals &totals);

/// The figure that an objective minimises.
double objectiveValue(Objective objective, const Totals &totals);
GoalValue valueOf(const Goal &goal, const Totals &totals);

/// Why a design is out. Designs rejected for the same `kind` are counted
/// together; `message` says it with this design's numbers.
struct Rejection {
  std::string kind, message;
  /// How far from acceptable, relative; steers strategies. 1 where unknown.
  double violation = 1;
};

enum class Status : uint8_t {
  Feasible,
  Pruned,     ///< rejected before anything was mapped
  Infeasible, ///< no mapping, or a constraint on mapped figures fails
  Skipped,    ///< the search was stopped before it was looked at
  Open,       ///< only bounds are known
  Beaten,     ///< its bounds are no better than what another design reaches
};

/// Mappings that were costed for a layer on an accelerator. Designs that do not
/// differ for the mapper share the `key`, a hash.
struct LayerEffort {
  uint64_t key = 0, mappings = 0;
};

struct Outcome {
  Status status = Status::Skipped;
  Totals totals; ///< meaningful when Feasible; bounds when Open or Beaten
  std::vector<Rejection> rejections;
  std::vector<LayerEffort> effort;

  double violation() const;
};

/// A design that a strategy proposes. Numbers count proposals from 0.
struct Candidate {
  uint64_t number = 0;
  Choice choice;
  cost::DesignPoint point;
  /// Nearest to the defaults of the description.
  bool isDefault = false;
  /// What became of it, where the strategy knows.
  std::optional<Outcome> known;

  /// Of designs that are equally good: the defaults, then lexicographically.
  bool comesBefore(const Candidate &other) const {
    return isDefault != other.isDefault ? isDefault : choice < other.choice;
  }
};

/// Strict order by the goal, then by EDP, latency, energy, area and power.
/// Rejected designs come last, those nearest to acceptable first.
bool isBetter(const Goal &goal, const Outcome &a, const Outcome &b);

} // namespace ohas::search

#endif // OHAS_SEARCH_OUTCOME_H

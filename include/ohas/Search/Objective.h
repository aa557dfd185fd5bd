//===- Objective.h - What a search minimises --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_OBJECTIVE_H
#define OHAS_SEARCH_OBJECTIVE_H

#include "llvm/Support/Error.h"
#include <optional>
#include <string>

namespace ohas::search {

/// One figure that is minimised.
enum class Objective : uint8_t { Edp, Energy, Latency, Ed2p, Area, Power };

/// What an objective makes of an energy and a latency. Area and power are no
/// matter of these: in their place is the energy-delay product.
inline double objectiveOf(Objective objective, double energy, double latency) {
  switch (objective) {
  case Objective::Energy:
    return energy;
  case Objective::Latency:
    return latency;
  case Objective::Ed2p:
    return energy * latency * latency;
  case Objective::Edp:
  case Objective::Area:
  case Objective::Power:
    break;
  }
  return energy * latency;
}
llvm::StringRef name(Objective objective);
std::optional<Objective> parseObjective(llvm::StringRef text);
/// "edp, energy, ..." for messages.
std::string listObjectives();

/// A value of each objective of a goal; `second` is 0 where there is none.
struct GoalValue {
  double first = 0, second = 0;

  /// Lexicographic, to the last digit: a strict order to sort by.
  bool operator<(const GoalValue &other) const {
    return first != other.first ? first < other.first : second < other.second;
  }
};

/// What is minimised: the first objective, and of all that is equal in it the
/// second, if there is one.
struct Goal {
  Objective first = Objective::Edp;
  std::optional<Objective> second;

  Goal() = default;
  /// One objective is a goal.
  Goal(Objective first, std::optional<Objective> second = std::nullopt)
      : first(first), second(second) {}

  /// Of one design's mappings. Area and power are the same for all of these, so
  /// that the other objective decides, or energy-delay product if there is no
  /// other.
  Goal ofMappings() const;

  GoalValue valueOf(double energy, double latency) const {
    return {objectiveOf(first, energy, latency),
            second ? objectiveOf(*second, energy, latency) : 0};
  }
  /// Is `a` less than `b` in the first objective? Where a second one is to
  /// decide, not by what sums in another order differ by.
  bool isFirstLess(double a, double b) const {
    return a < (second ? b * (1 - noise) : b);
  }
  bool isLess(const GoalValue &a, const GoalValue &b) const {
    return isFirstLess(a.first, b.first) ||
           (!isFirstLess(b.first, a.first) && a.second < b.second);
  }
  /// If `offered` is less it takes the place of `best`. What is equal in the
  /// first objective is always held against the first of its kind, so that
  /// differences in the last digits do not add up.
  bool replaceIfLess(GoalValue &best, const GoalValue &offered) const {
    if (!isLess(offered, best))
      return false;
    if (isFirstLess(offered.first, best.first))
      best.first = offered.first;
    best.second = offered.second;
    return true;
  }

  /// Relative differences up to this are no improvement.
  static constexpr double noise = 1e-11;
};
/// "latency" or "latency,energy".
std::string name(const Goal &goal);
/// Errors: an unknown objective, one named twice, more than two.
llvm::Expected<Goal> parseGoal(llvm::StringRef text);

} // namespace ohas::search

#endif // OHAS_SEARCH_OBJECTIVE_H

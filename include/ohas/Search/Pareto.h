//===- Pareto.h - Designs that no other design beats ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_PARETO_H
#define OHAS_SEARCH_PARETO_H

#include "ohas/Search/Outcome.h"

namespace ohas::search {

struct EvaluatedDesign {
  Candidate candidate;
  Outcome outcome;
};

/// What a front compares: latency, energy, area and power, each as the
/// objective of that name.
using FrontAxes = llvm::SmallVector<Objective, 4>;
inline const FrontAxes defaultFrontAxes = {Objective::Latency,
                                           Objective::Energy, Objective::Area};
/// Parses `latency,power`. Errors: an unknown axis, one named twice, fewer than
/// two.
llvm::Expected<FrontAxes> parseFrontAxes(llvm::StringRef text);

/// Is `a` nowhere above `b`? Equal totals dominate each other.
bool dominates(const Totals &a, const Totals &b, const FrontAxes &axes);

class ParetoFront {
public:
  explicit ParetoFront(FrontAxes axes = defaultFrontAxes)
      : axes(std::move(axes)) {}

  /// Returns whether the design is on the front now. Of designs that are equal
  /// along the axes the front has the one that comes first.
  bool insert(const EvaluatedDesign &design);
  /// Ascending by the axes, the first one first.
  llvm::ArrayRef<EvaluatedDesign> designs() const { return front; }

private:
  FrontAxes axes;
  std::vector<EvaluatedDesign> front;
};

} // namespace ohas::search

#endif // OHAS_SEARCH_PARETO_H

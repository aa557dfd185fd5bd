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

/// Is `a` nowhere worse than `b` in latency, energy and area? Equal totals
/// dominate each other.
bool dominates(const Totals &a, const Totals &b);

/// The exact front over latency, energy and area of the designs inserted. Of
/// designs with equal figures the one inserted first stays.
class ParetoFront {
public:
  /// Returns whether the design is on the front now.
  bool insert(const EvaluatedDesign &design);
  /// By latency, then energy, then area, ascending.
  llvm::ArrayRef<EvaluatedDesign> designs() const { return front; }

private:
  std::vector<EvaluatedDesign> front;
};

} // namespace ohas::search

#endif // OHAS_SEARCH_PARETO_H

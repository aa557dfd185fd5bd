//===- Spaces.h - Design spaces for the tests -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_SPACES_H
#define OHAS_TEST_UNIT_SEARCH_SPACES_H

#include "ohas/Search/Search.h"
#include "gtest/gtest.h"
#include <set>

namespace ohas::search::test {

/// An accelerator that is nothing but knobs.
inline cost::AcceleratorSpec knobs() {
  cost::AcceleratorSpec spec;
  spec.name = "toy";
  spec.knobs = {{"plcg", "groups", 9, {3, 9, 27}},
                {"bits", "precision", 8, {4, 8}},
                {"clock_ghz", "clock", 5, {}}};
  return spec;
}

inline DesignSpace space(llvm::ArrayRef<std::string> texts) {
  return llvm::cantFail(DesignSpace::create(knobs(), texts));
}

template <typename T> std::string message(llvm::Expected<T> result) {
  return result ? "" : llvm::toString(result.takeError());
}

/// A design whose figures are functions of its knobs; best at plcg = 70,
/// clock_ghz = 30.
inline Outcome judge(const Candidate &candidate) {
  double plcg = candidate.point.knobs.at("plcg");
  double clock = candidate.point.knobs.at("clock_ghz");
  Outcome outcome;
  if (plcg > 90) {
    outcome.status = Status::Pruned;
    outcome.rejections = {
        {"plcg<=90", "plcg is " + std::to_string(int(plcg)), plcg / 90 - 1}};
    return outcome;
  }
  outcome.status = Status::Feasible;
  outcome.totals.energyFj = 1000 + (plcg - 70) * (plcg - 70);
  outcome.totals.latencyPs = 1000 + (clock - 30) * (clock - 30);
  outcome.totals.areaUm2 = 10 * plcg;
  return outcome;
}

/// Runs a strategy alone, each outcome told at once.
inline std::vector<Choice> run(Strategy &strategy) {
  std::vector<Choice> choices;
  while (std::optional<Candidate> candidate = strategy.ask(Bar())) {
    EXPECT_EQ(candidate->number, choices.size());
    choices.push_back(candidate->choice);
    strategy.tell(*candidate, judge(*candidate));
  }
  return choices;
}

inline size_t distinct(const std::vector<Choice> &choices) {
  return std::set<Choice>(choices.begin(), choices.end()).size();
}

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_SPACES_H

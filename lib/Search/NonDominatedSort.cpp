//===- NonDominatedSort.cpp - Ranks designs by several figures --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NonDominatedSort.h"
#include "llvm/ADT/STLExtras.h"
#include <limits>

using namespace ohas::search;

bool ohas::search::dominatesConstrained(const Fitness &a, const Fitness &b) {
  if (a.violation > 0 || b.violation > 0)
    return a.violation < b.violation;
  bool below = false;
  for (auto [one, other] : llvm::zip_equal(a.figures, b.figures)) {
    if (one > other)
      return false;
    below |= one < other;
  }
  return below;
}

/// Fronts as lists of positions, the first one first.
static std::vector<std::vector<size_t>>
sortIntoFronts(llvm::ArrayRef<Fitness> designs) {
  std::vector<std::vector<size_t>> dominated(designs.size());
  std::vector<size_t> dominators(designs.size(), 0), front;
  for (size_t a = 0; a < designs.size(); ++a)
    for (size_t b = 0; b < designs.size(); ++b)
      if (dominatesConstrained(designs[a], designs[b])) {
        dominated[a].push_back(b);
        ++dominators[b];
      }
  for (size_t i = 0; i < designs.size(); ++i)
    if (dominators[i] == 0)
      front.push_back(i);
  std::vector<std::vector<size_t>> fronts;
  while (!front.empty()) {
    std::vector<size_t> next;
    for (size_t i : front)
      for (size_t other : dominated[i])
        if (--dominators[other] == 0)
          next.push_back(other);
    llvm::sort(next);
    fronts.push_back(std::move(front));
    front = std::move(next);
  }
  return fronts;
}

static void addCrowding(llvm::ArrayRef<Fitness> designs,
                        std::vector<size_t> front, std::vector<Rank> &ranks) {
  size_t numFigures = designs[front.front()].figures.size();
  for (size_t figure = 0; figure < numFigures; ++figure) {
    auto of = [&](size_t position) {
      return designs[front[position]].figures[figure];
    };
    llvm::sort(front);
    llvm::stable_sort(front, [&](size_t a, size_t b) {
      return designs[a].figures[figure] < designs[b].figures[figure];
    });
    double range = of(front.size() - 1) - of(0);
    for (size_t end : {front.front(), front.back()})
      ranks[end].crowding = std::numeric_limits<double>::infinity();
    if (range > 0)
      for (size_t i = 1; i + 1 < front.size(); ++i)
        ranks[front[i]].crowding += (of(i + 1) - of(i - 1)) / range;
  }
}

std::vector<Rank>
ohas::search::rankByDomination(llvm::ArrayRef<Fitness> designs) {
  std::vector<Rank> ranks(designs.size());
  for (auto [number, front] : llvm::enumerate(sortIntoFronts(designs))) {
    for (size_t i : front)
      ranks[i].front = number;
    addCrowding(designs, front, ranks);
  }
  return ranks;
}

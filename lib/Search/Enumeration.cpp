//===- Enumeration.cpp - Strategies that do not learn -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Strategy.h"
#include "ohas/Support/Random.h"
#include <set>

using namespace ohas;
using namespace ohas::search;

Strategy::~Strategy() = default;

Candidate ohas::search::makeCandidate(const DesignSpace &space, uint64_t number,
                                      const Choice &choice) {
  return {number, choice, space.point(choice), choice == space.defaultChoice(),
          std::nullopt};
}

namespace {
class Exhaustive : public Strategy {
public:
  explicit Exhaustive(const DesignSpace &space) : space(space) {}

  std::optional<Candidate> ask(const Bar &) override {
    if (asked == 0)
      return propose(space.defaultChoice());
    std::optional<Choice> choice = space.choiceAt(position++);
    if (choice == space.defaultChoice())
      choice = space.choiceAt(position++);
    if (!choice)
      return std::nullopt;
    return propose(*choice);
  }

  void tell(const Candidate &, const Outcome &) override {}
  bool isExhaustive() const override { return true; }
  uint64_t numOpen(const Bar &) const override {
    return uint64_t(space.size()) - asked;
  }

private:
  Candidate propose(const Choice &choice) {
    return makeCandidate(space, asked++, choice);
  }

  const DesignSpace &space;
  uint64_t asked = 0, position = 0;
};

class RandomStrategy : public Strategy {
public:
  RandomStrategy(const DesignSpace &space, uint64_t seed, uint64_t limit)
      : space(space), random(seed), limit(limit) {}

  std::optional<Candidate> ask(const Bar &) override {
    if (asked >= limit || double(asked) >= space.size())
      return std::nullopt;
    Choice choice;
    do
      choice = draw();
    while (!seen.insert(choice).second);
    return makeCandidate(space, asked++, choice);
  }

  void tell(const Candidate &, const Outcome &) override {}
  uint64_t numOpen(const Bar &) const override {
    return uint64_t(std::min(double(limit), space.size())) - asked;
  }

private:
  Choice draw() {
    Choice choice;
    for (const KnobRange &range : space.ranges())
      choice.push_back(random.below(range.values.size()));
    return choice;
  }

  const DesignSpace &space;
  Random random;
  uint64_t limit, asked = 0;
  std::set<Choice> seen;
};
} // namespace

std::unique_ptr<Strategy>
ohas::search::createExhaustive(const DesignSpace &space) {
  return std::make_unique<Exhaustive>(space);
}

std::unique_ptr<Strategy> ohas::search::createRandom(const DesignSpace &space,
                                                     uint64_t seed,
                                                     uint64_t limit) {
  return std::make_unique<RandomStrategy>(space, seed, limit);
}

//===- Evolution.cpp - A strategy for spaces too large to list --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Steady-state evolution: there are no generations to wait for, so that any
// number of workers is kept busy. Knobs are ordered, hence mutation prefers
// neighbouring values and the neighbours of the best design are tried one by
// one: a search that ends by itself has tried them all.
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Strategy.h"
#include "ohas/Support/Random.h"
#include <deque>
#include <set>

using namespace ohas;
using namespace ohas::search;

static constexpr size_t populationSize = 48;
static constexpr unsigned initialDesigns = 24, tournamentSize = 3;
/// Proposals that were all tried already mean that a corner is exhausted.
static constexpr unsigned maxRepeats = 64;

namespace {
struct Individual {
  Choice choice;
  Outcome outcome;
};

class Evolution : public Strategy {
public:
  Evolution(const DesignSpace &space, const Goal &goal, uint64_t seed,
            uint64_t limit)
      : space(space), goal(goal), random(seed), limit(limit) {}

  std::optional<Candidate> ask(const Bar &) override;
  void tell(const Candidate &candidate, const Outcome &outcome) override;
  uint64_t numOpen(const Bar &) const override { return limit - asked; }

private:
  Choice draw();
  const Choice &select();
  Choice offspring();
  std::optional<Choice> neighbour();
  void queueNeighbours(const Choice &choice);
  std::optional<Candidate> propose(const Choice &choice);

  const DesignSpace &space;
  Goal goal;
  Random random;
  uint64_t limit, asked = 0;
  std::set<Choice> seen;
  std::vector<Individual> population;
  std::optional<Individual> best;
  std::deque<Choice> neighbours;
};
} // namespace

std::optional<Candidate> Evolution::propose(const Choice &choice) {
  if (!seen.insert(choice).second)
    return std::nullopt;
  return makeCandidate(space, asked++, choice);
}

Choice Evolution::draw() {
  Choice choice;
  for (const KnobRange &range : space.ranges())
    choice.push_back(random.below(range.values.size()));
  return choice;
}

const Choice &Evolution::select() {
  const Individual *winner = nullptr;
  for (unsigned i = 0; i < tournamentSize; ++i) {
    const Individual &other = population[random.below(population.size())];
    if (!winner || isBetter(goal, other.outcome, winner->outcome))
      winner = &other;
  }
  return winner->choice;
}

Choice Evolution::offspring() {
  Choice child = select();
  const Choice &other = select();
  for (size_t i = 0; i < child.size(); ++i)
    if (random.oneIn(2))
      child[i] = other[i];
  // At least one knob changes, one more on average.
  size_t forced = random.below(child.size());
  for (size_t i = 0; i < child.size(); ++i) {
    uint64_t values = space.ranges()[i].values.size();
    if (i != forced && !random.oneIn(child.size()))
      continue;
    if (random.oneIn(3)) {
      child[i] = random.below(values);
      continue;
    }
    // One draw a statement: compilers differ in the order of operands.
    int64_t step = 1 + random.below(2);
    if (random.oneIn(2))
      step = -step;
    child[i] = std::clamp<int64_t>(int64_t(child[i]) + step, 0, values - 1);
  }
  return child;
}

std::optional<Choice> Evolution::neighbour() {
  while (!neighbours.empty()) {
    Choice choice = neighbours.front();
    neighbours.pop_front();
    if (!seen.count(choice))
      return choice;
  }
  return std::nullopt;
}

void Evolution::queueNeighbours(const Choice &choice) {
  neighbours.clear();
  for (size_t i = 0; i < choice.size(); ++i)
    for (int step : {-1, 1}) {
      int64_t value = int64_t(choice[i]) + step;
      if (value < 0 || value >= int64_t(space.ranges()[i].values.size()))
        continue;
      neighbours.push_back(choice);
      neighbours.back()[i] = value;
    }
}

std::optional<Candidate> Evolution::ask(const Bar &) {
  if (asked >= limit || double(asked) >= space.size())
    return std::nullopt;
  if (asked == 0)
    return propose(space.defaultChoice());
  // Neighbours of the best first, but every other proposal explores: the best
  // so far may be a local one.
  if (asked % 2)
    if (std::optional<Choice> choice = neighbour())
      return propose(*choice);
  bool breed = asked >= initialDesigns && !population.empty();
  for (unsigned repeat = 0; repeat < maxRepeats; ++repeat)
    if (std::optional<Candidate> candidate =
            propose(breed ? offspring() : draw()))
      return candidate;
  for (;;) // Distinct designs are left: see the size check above.
    if (std::optional<Candidate> candidate = propose(draw()))
      return candidate;
}

void Evolution::tell(const Candidate &candidate, const Outcome &outcome) {
  Individual individual{candidate.choice, outcome};
  if (!best || isBetter(goal, outcome, best->outcome)) {
    best = individual;
    queueNeighbours(candidate.choice);
  }
  if (population.size() < populationSize) {
    population.push_back(std::move(individual));
    return;
  }
  // A newcomer replaces the worst, if it is better.
  size_t worst = 0;
  for (size_t i = 1; i < population.size(); ++i)
    if (isBetter(goal, population[worst].outcome, population[i].outcome))
      worst = i;
  if (isBetter(goal, outcome, population[worst].outcome))
    population[worst] = std::move(individual);
}

std::unique_ptr<Strategy>
ohas::search::createEvolutionary(const DesignSpace &space, const Goal &goal,
                                 uint64_t seed, uint64_t limit) {
  return std::make_unique<Evolution>(space, goal, seed, limit);
}

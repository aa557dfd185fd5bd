//===- Evolution.cpp - A strategy for spaces too large to list --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Steady-state evolution: there are no generations to wait for, so that any
// number of workers is kept busy. What survives and breeds is ranked as in
// NSGA-II. Knobs are ordered, hence mutation prefers neighbouring values, and
// the neighbours of the best design, then of those on the front, are tried one
// by one.
//
//===----------------------------------------------------------------------===//

#include "NonDominatedSort.h"
#include "ohas/Search/Strategy.h"
#include "ohas/Support/Random.h"
#include <deque>
#include <limits>
#include <set>

using namespace ohas;
using namespace ohas::search;

static constexpr size_t populationSize = 48;
static constexpr unsigned initialDesigns = 24, tournamentSize = 2;
/// Proposals that were all tried already mean that a corner is exhausted.
static constexpr unsigned maxRepeats = 64;

namespace {
struct Individual {
  Choice choice;
  Outcome outcome;
  Fitness fitness;
};

class Evolution : public Strategy {
public:
  Evolution(const DesignSpace &space, const Goal &goal, const FrontAxes &axes,
            uint64_t seed, uint64_t limit)
      : space(space), goal(goal), figures(axes), random(seed), limit(limit) {
    for (std::optional<Objective> one :
         {std::optional(goal.first), goal.second})
      if (one && !llvm::is_contained(figures, *one))
        figures.push_back(*one);
  }

  std::optional<Candidate> ask(const Bar &) override;
  void tell(const Candidate &candidate, const Outcome &outcome) override;
  uint64_t numOpen(const Bar &) const override { return limit - asked; }

private:
  Choice draw();
  const Choice &select();
  Choice offspring();
  Fitness fitnessOf(const Outcome &outcome) const;
  std::optional<Choice> neighbour();
  void refillNeighbours();
  void queueNeighbours(const Choice &choice);
  std::optional<Candidate> propose(const Choice &choice);

  const DesignSpace &space;
  Goal goal;
  FrontAxes figures; ///< those of the front, and the goal's
  Random random;
  uint64_t limit, asked = 0;
  std::set<Choice> seen;
  std::vector<Individual> population;
  std::vector<Rank> ranks;        ///< of the population
  std::optional<Individual> best; ///< for the goal
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
  size_t winner = random.below(population.size());
  for (unsigned i = 1; i < tournamentSize; ++i)
    if (size_t other = random.below(population.size());
        ranks[other] < ranks[winner])
      winner = other;
  return population[winner].choice;
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

/// Of the design on the front that has most room around it and untried
/// neighbours.
void Evolution::refillNeighbours() {
  std::vector<size_t> order;
  for (size_t i = 0; i < population.size(); ++i)
    if (ranks[i].front == 0)
      order.push_back(i);
  llvm::stable_sort(order,
                    [&](size_t a, size_t b) { return ranks[a] < ranks[b]; });
  for (size_t i : order) {
    queueNeighbours(population[i].choice);
    if (llvm::any_of(neighbours,
                     [&](const Choice &choice) { return !seen.count(choice); }))
      return;
  }
  neighbours.clear();
}

std::optional<Choice> Evolution::neighbour() {
  if (llvm::all_of(neighbours,
                   [&](const Choice &choice) { return seen.count(choice); }))
    refillNeighbours();
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

/// A design that was given up is ranked by its bounds, which a design of the
/// front beats.
Fitness Evolution::fitnessOf(const Outcome &outcome) const {
  Fitness fitness;
  if (outcome.status == Status::Feasible || outcome.status == Status::Beaten)
    for (Objective figure : figures)
      fitness.figures.push_back(objectiveValue(figure, outcome.totals));
  else
    fitness.violation =
        std::max(outcome.violation(), std::numeric_limits<double>::min());
  return fitness;
}

void Evolution::tell(const Candidate &candidate, const Outcome &outcome) {
  Individual individual{candidate.choice, outcome, fitnessOf(outcome)};
  if (!best || isBetter(goal, outcome, best->outcome)) {
    best = individual;
    queueNeighbours(candidate.choice);
  }
  population.push_back(std::move(individual));
  auto rank = [&] {
    std::vector<Fitness> fitness;
    for (const Individual &one : population)
      fitness.push_back(one.fitness);
    ranks = rankByDomination(fitness);
  };
  rank();
  if (population.size() <= populationSize)
    return;
  // Of what is alike the last one goes.
  size_t worst = 0;
  for (size_t i = 1; i < ranks.size(); ++i)
    if (!(ranks[i] < ranks[worst]))
      worst = i;
  population.erase(population.begin() + worst);
  rank();
}

std::unique_ptr<Strategy>
ohas::search::createEvolutionary(const DesignSpace &space, const Goal &goal,
                                 const FrontAxes &axes, uint64_t seed,
                                 uint64_t limit) {
  return std::make_unique<Evolution>(space, goal, axes, seed, limit);
}

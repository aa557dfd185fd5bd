//===- SpatialPlans.cpp - How a workload spreads over fan-outs --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A beam search over the fan-outs, innermost first: what a fan-out delivers per
// step depends on what lies inside it. States are ranked by the steps that they
// leave if the fan-outs still to come are used as well as the sizes allow.
//
//===----------------------------------------------------------------------===//

#include "SpatialPlans.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace ohas::search;
using namespace ohas::cost;

static constexpr size_t beamWidth = 192, maxChoices = 512;

using Bounds = std::array<int64_t, numDims>;

namespace {
struct State {
  Plan plan;
  Bounds trips; ///< of each dim, under the fan-outs filled so far
};

/// One way to fill the next fan-out of a state.
struct Extension {
  const State *state;
  Bounds bounds, trips;
  double steps; ///< estimate, see above
};

class Beam {
public:
  explicit Beam(const MappingProblem &problem) : problem(problem) {}
  std::vector<Plan> run(size_t most);

private:
  void choose(const State &state, size_t dim, int64_t copies, Bounds &bounds);
  void extend(const State &state);
  void keepMaximal(size_t begin);
  bool isLimited(size_t position) const;
  bool delivers(const Plan &plan) const;
  double estimate(const Bounds &trips) const;
  std::vector<State> select(size_t most);

  const MappingProblem &problem;
  size_t position = 0; ///< in problem.fanouts
  std::vector<Extension> extensions;
};
} // namespace

double Beam::estimate(const Bounds &trips) const {
  double steps = 1;
  for (Dim dim : problem.dims)
    steps *= double(trips[index(dim)]);
  for (unsigned fanout : llvm::ArrayRef(problem.fanouts).take_front(position)) {
    double useful = 1;
    for (Dim dim : problem.dims)
      if (problem.accepted(fanout).contains(dim))
        useful *= double(trips[index(dim)]);
    steps /=
        std::min(useful, double(problem.accelerator.levels[fanout].extent));
  }
  return std::max(steps, 1.0);
}

/// Every split of the fan-out over the dims it accepts, ragged ones included.
void Beam::choose(const State &state, size_t number, int64_t copies,
                  Bounds &bounds) {
  if (number == problem.dims.size()) {
    Extension extension{&state, bounds, state.trips, 0};
    for (Dim dim : problem.dims)
      extension.trips[index(dim)] =
          llvm::divideCeilSigned(state.trips[index(dim)], bounds[index(dim)]);
    extension.steps = estimate(extension.trips);
    extensions.push_back(extension);
    return;
  }
  Dim dim = problem.dims[number];
  unsigned fanout = problem.fanouts[position];
  if (!problem.accepted(fanout).contains(dim))
    return choose(state, number + 1, copies, bounds);
  // Large splits first, in case there are more than can be looked at.
  for (int64_t bound :
       llvm::reverse(splitBounds(state.trips[index(dim)], copies))) {
    if (extensions.size() > maxChoices * beamWidth)
      break;
    bounds[index(dim)] = bound;
    choose(state, number + 1, copies / bound, bounds);
  }
  bounds[index(dim)] = 1;
}

/// Does a limit on what can be delivered depend on this fan-out? Then a smaller
/// split may allow more further out.
bool Beam::isLimited(size_t position) const {
  return llvm::any_of(
      llvm::ArrayRef(problem.fanouts).take_front(position + 1),
      [&](unsigned fanout) {
        return llvm::any_of(
            problem.accelerator.levels[fanout].maxPerStep,
            [](const std::optional<int64_t> &most) { return bool(most); });
      });
}

/// Drops extensions that leave no dim with fewer trips than another one does.
void Beam::keepMaximal(size_t begin) {
  auto first = extensions.begin() + begin;
  std::stable_sort(
      first, extensions.end(),
      [](const Extension &a, const Extension &b) { return a.steps < b.steps; });
  std::vector<Extension> kept;
  for (const Extension &extension : llvm::make_range(first, extensions.end())) {
    bool dominated = llvm::any_of(kept, [&](const Extension &other) {
      return llvm::all_of(problem.dims, [&](Dim dim) {
        return other.trips[index(dim)] <= extension.trips[index(dim)];
      });
    });
    if (!dominated && kept.size() < maxChoices)
      kept.push_back(extension);
  }
  extensions.erase(first, extensions.end());
  llvm::append_range(extensions, kept);
}

void Beam::extend(const State &state) {
  size_t begin = extensions.size();
  Bounds bounds;
  bounds.fill(1);
  int64_t extent = problem.accelerator.levels[problem.fanouts[position]].extent;
  choose(state, 0, extent, bounds);
  if (!isLimited(position))
    keepMaximal(begin);
}

bool Beam::delivers(const Plan &plan) const {
  unsigned fanout = problem.fanouts[position];
  const Level &level = problem.accelerator.levels[fanout];
  for (Tensor tensor : allTensors)
    if (std::optional<int64_t> most = level.maxPerStep[index(tensor)])
      if (elementsPerStep(problem.workload, problem.accelerator,
                          plan.toMapping(), fanout, tensor) > *most)
        return false;
  return true;
}

std::vector<State> Beam::select(size_t most) {
  std::stable_sort(
      extensions.begin(), extensions.end(),
      [](const Extension &a, const Extension &b) { return a.steps < b.steps; });
  std::vector<State> states;
  for (const Extension &extension : extensions) {
    if (states.size() == most)
      break;
    State state{extension.state->plan, extension.trips};
    state.plan.levels[problem.fanouts[position]].bounds = extension.bounds;
    if (delivers(state.plan))
      states.push_back(std::move(state));
  }
  extensions.clear();
  return states;
}

std::vector<Plan> Beam::run(size_t most) {
  std::vector<State> states = {{problem.emptyPlan(), problem.workload.sizes}};
  for (position = problem.fanouts.size(); position-- > 0;) {
    for (const State &state : states)
      extend(state);
    states = select(beamWidth);
  }
  std::vector<Plan> plans;
  for (State &state : states)
    if (plans.size() < most && problem.close(state.plan))
      plans.push_back(std::move(state.plan));
  return plans;
}

std::vector<Plan> ohas::search::spatialPlans(const MappingProblem &problem,
                                             size_t most) {
  return Beam(problem).run(most);
}

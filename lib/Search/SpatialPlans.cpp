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
// Only states that can be completed go on: spreading further out never needs
// fewer elements per step, so a state that exceeds the limit of any fan-out
// further out is dropped at once. One copy of everything exceeds none, so the
// beam does not run empty.
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
  /// Spreads no dims but `spread`.
  Beam(const MappingProblem &problem, DimSet spread);
  std::vector<Plan> run(size_t most);

private:
  void choose(const State &state, size_t dim, int64_t copies, Bounds &bounds);
  void extend(const State &state);
  void keepMaximal(size_t begin);
  bool isLimited(size_t position) const;
  bool delivers(const Plan &plan) const;
  bool canFinish(const Bounds &trips) const;
  std::vector<State> select(size_t most);

  const MappingProblem &problem;
  DimSet spread;
  /// Fan-outs that limit what they deliver of some tensor.
  llvm::SmallVector<std::pair<unsigned, Tensor>, 4> limits;
  size_t position = 0; ///< in problem.fanouts
  std::vector<Extension> extensions;
};
} // namespace

Beam::Beam(const MappingProblem &problem, DimSet spread)
    : problem(problem), spread(spread) {
  for (unsigned fanout : problem.fanouts)
    for (Tensor tensor : allTensors)
      if (problem.accelerator.levels[fanout].maxPerStep[index(tensor)])
        limits.push_back({fanout, tensor});
}

/// Every split of the fan-out over the dims it accepts, ragged ones included.
void Beam::choose(const State &state, size_t number, int64_t copies,
                  Bounds &bounds) {
  if (number == problem.dims.size()) {
    Extension extension{&state, bounds, state.trips, 0};
    for (Dim dim : problem.dims)
      extension.trips[index(dim)] =
          llvm::divideCeilSigned(state.trips[index(dim)], bounds[index(dim)]);
    extension.steps = problem.leastSteps(extension.trips, position);
    extensions.push_back(extension);
    return;
  }
  Dim dim = problem.dims[number];
  unsigned fanout = problem.fanouts[position];
  if (!problem.accepted(fanout).contains(dim) || !spread.contains(dim))
    return choose(state, number + 1, copies, bounds);
  // Large splits first, in case there are more than can be looked at.
  auto splits = splitBounds(state.trips[index(dim)], copies);
  for (int64_t bound : llvm::reverse(splits)) {
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
  return llvm::any_of(limits, [&](std::pair<unsigned, Tensor> limit) {
    return limit.first <= problem.fanouts[position];
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

/// Fan-outs further inside have been looked at before.
bool Beam::delivers(const Plan &plan) const {
  if (!isLimited(position))
    return true;
  Mapping mapping = plan.toMapping();
  return llvm::all_of(limits, [&](std::pair<unsigned, Tensor> limit) {
    auto [fanout, tensor] = limit;
    return fanout > problem.fanouts[position] ||
           elementsPerStep(problem.workload, problem.accelerator, mapping,
                           fanout, tensor) <=
               *problem.accelerator.levels[fanout].maxPerStep[index(tensor)];
  });
}

/// Can the fan-outs to come take what no memory loops over?
bool Beam::canFinish(const Bounds &trips) const {
  return llvm::all_of(problem.dims, [&](Dim dim) {
    if (!problem.hasToSpread().contains(dim))
      return true;
    double most = 1;
    for (unsigned fanout : llvm::ArrayRef(problem.fanouts).take_front(position))
      if (problem.accepted(fanout).contains(dim))
        most *= double(problem.accelerator.levels[fanout].extent);
    return double(trips[index(dim)]) <= most;
  });
}

std::vector<State> Beam::select(size_t most) {
  std::stable_sort(
      extensions.begin(), extensions.end(),
      [](const Extension &a, const Extension &b) { return a.steps < b.steps; });
  std::vector<State> states;
  for (const Extension &extension : extensions) {
    if (states.size() == most)
      break;
    if (!canFinish(extension.trips))
      continue;
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
    std::vector<State> next = select(beamWidth);
    // Of too many splits only the largest were looked at, all beyond a limit:
    // the fan-out stays idle.
    if (!next.empty())
      states = std::move(next);
  }
  std::vector<Plan> plans;
  for (State &state : states)
    if (plans.size() < most && problem.close(state.plan))
      plans.push_back(std::move(state.plan));
  return plans;
}

std::vector<Plan> ohas::search::spatialPlans(const MappingProblem &problem,
                                             size_t most) {
  DimSet all;
  for (Dim dim : problem.dims)
    all.insert(dim);
  return Beam(problem, all).run(most);
}

std::vector<Plan> ohas::search::leastSpatialPlans(const MappingProblem &problem,
                                                  size_t most) {
  return Beam(problem, problem.hasToSpread()).run(most);
}

//===- TemporalPlans.cpp - First guesses at tiles and orders ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Orders collapse to a few classes. The dims that weight, input and output do
// not depend on are disjoint sets ({N P Q D}, {M}, {C R S T}), so at most one
// tensor stays in place while the innermost loops of a memory turn; a guess is
// which one, and local improvement does the rest.
//
//===----------------------------------------------------------------------===//

#include "TemporalPlans.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas;
using namespace ohas::search;
using namespace ohas::cost;

namespace {
/// Sizes of tiles as a plan grows. Windows are taken as contiguous and sums as
/// incomplete: guesses may be a little smaller than what would fit.
class TileSizes {
public:
  TileSizes(const MappingProblem &problem, const Plan &plan)
      : problem(problem), plan(plan) {}

  double bits(unsigned memory, Tensor tensor) const;
  double bits(unsigned memory) const;
  bool fit(unsigned memory) const;
  /// At `memory` and further out: inner loops enlarge all these tiles.
  bool fitFrom(unsigned memory) const {
    return llvm::all_of(problem.memories, [&](unsigned other) {
      return other > memory || fit(other);
    });
  }

private:
  double extent(unsigned memory, Dim dim) const;

  const MappingProblem &problem;
  const Plan &plan;
};
} // namespace

/// Loops of sinks further out do not count: they are what remains.
double TileSizes::extent(unsigned memory, Dim dim) const {
  double product = 1;
  for (const LevelPlan &level : llvm::drop_begin(plan.levels, memory))
    product *= double(level.bound(dim));
  return std::min(product, double(problem.workload.size(dim)));
}

double TileSizes::bits(unsigned memory, Tensor tensor) const {
  const Workload &workload = problem.workload;
  DimSet relevant = workload.relevantDims(tensor);
  double elements = 1;
  for (auto [axis, window] : llvm::enumerate(windowPairs)) {
    auto [position, kernel] = window;
    if (!relevant.contains(position) || !relevant.contains(kernel))
      continue;
    double p = extent(memory, position), r = extent(memory, kernel);
    elements *=
        std::min(p * r, (p - 1) * double(workload.strides[axis]) +
                            (r - 1) * double(workload.dilations[axis]) + 1);
    relevant.erase(position);
    relevant.erase(kernel);
  }
  for (Dim dim : problem.dims)
    if (relevant.contains(dim))
      elements *= extent(memory, dim);
  const Accelerator &accelerator = problem.accelerator;
  unsigned asked = workload.bits[index(tensor)];
  unsigned width = tensor == Tensor::Output ? accelerator.accumulatorBits
                   : asked                  ? asked
                                            : accelerator.bits[index(tensor)];
  return elements * width;
}

double TileSizes::bits(unsigned memory) const {
  double sum = 0;
  for (Tensor tensor : allTensors)
    if (plan.levels[memory].kept.contains(tensor))
      sum += bits(memory, tensor);
  return problem.accelerator.levels[memory].doubleBuffered ? 2 * sum : sum;
}

bool TileSizes::fit(unsigned memory) const {
  const Level &level = problem.accelerator.levels[memory];
  return !level.capacityBits || bits(memory) <= double(*level.capacityBits);
}

/// Lets pass what does not fit even before anything has grown, largest first.
static void dropWhatDoesNotFit(const MappingProblem &problem, Plan &plan,
                               unsigned memory) {
  TileSizes sizes(problem, plan);
  TensorSet must = problem.accelerator.levels[memory].mustKeep;
  while (!sizes.fit(memory)) {
    std::optional<Tensor> largest;
    for (Tensor tensor : allTensors)
      if (plan.levels[memory].kept.contains(tensor) && !must.contains(tensor) &&
          (!largest ||
           sizes.bits(memory, tensor) > sizes.bits(memory, *largest)))
        largest = tensor;
    if (!largest || memory == problem.memories.front())
      return;
    plan.levels[memory].kept.erase(*largest);
  }
}

/// The largest bound of `dim` at `memory` with which everything still fits.
static void growDim(const MappingProblem &problem, Plan &plan, unsigned memory,
                    Dim dim) {
  int64_t trips = problem.temporalTrips(plan, dim);
  for (unsigned inner : problem.memories)
    if (inner > memory)
      trips = llvm::divideCeilSigned(trips, plan.levels[inner].bound(dim));
  int64_t &bound = plan.levels[memory].bound(dim);
  TileSizes sizes(problem, plan);
  llvm::SmallVector<int64_t, 32> bounds = splitBounds(trips, trips);
  auto *tooLarge = llvm::partition_point(bounds, [&](int64_t candidate) {
    bound = candidate;
    return sizes.fitFrom(memory);
  });
  bound = tooLarge == bounds.begin() ? 1 : *std::prev(tooLarge);
}

Plan ohas::search::growTiles(const MappingProblem &problem, const Plan &spatial,
                             llvm::ArrayRef<MemoryPolicy> policies) {
  Plan plan = spatial;
  // The rest comes back to the sinks in close().
  for (unsigned memory : problem.memories)
    plan.levels[memory].bounds = LevelPlan().bounds;
  for (auto [memory, policy] :
       llvm::reverse(llvm::zip_equal(problem.memories, policies))) {
    LevelPlan &level = plan.levels[memory];
    DimSet stationary = problem.irrelevant(policy.stationary);
    level.putInnermost(stationary);
    dropWhatDoesNotFit(problem, plan, memory);
    if (memory == problem.memories.front() || policy.growth == Growth::None)
      continue;
    for (bool others : {false, true}) {
      if (others && policy.growth != Growth::Full)
        break;
      for (Dim dim : llvm::reverse(level.order))
        if (problem.accepted(memory).contains(dim) &&
            stationary.contains(dim) != others)
          growDim(problem, plan, memory, dim);
    }
  }
  problem.close(plan);
  return plan;
}

llvm::SmallVector<MemoryPolicy, 8>
ohas::search::drawPolicies(const MappingProblem &problem, Random &random) {
  llvm::SmallVector<MemoryPolicy, 8> policies(problem.memories.size());
  for (MemoryPolicy &policy : policies)
    policy = {static_cast<Tensor>(random.below(numTensors)),
              static_cast<Growth>(random.below(3))};
  return policies;
}

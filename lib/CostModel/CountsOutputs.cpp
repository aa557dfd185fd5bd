//===- CountsOutputs.cpp - Partial sums that travel upwards -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsChain.h"
#include "CountsTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// States of a reduction dim: how many steps an element stays, and how often.
struct Stay {
  int64_t steps, times;
};
using Stays = llvm::SmallVector<Stay, 4>;

/// The temporal loops of one reduction dim that may run while an element stays.
struct Reduction {
  View view;
  llvm::SmallVector<std::pair<int64_t, int64_t>, 8> loops; // bound, step

  Reduction(const Nest &nest, const Question &question, Dim dim)
      : view(nest, question, dim) {
    for (const NestLoop &loop : nest.loops)
      if (loop.dim == dim && loop.temporal)
        loops.emplace_back(loop.bound, loop.step);
  }

  int64_t steps(int64_t rest, unsigned outer) const {
    int64_t count = 0, inside = 1;
    for (size_t j = outer; j < loops.size(); ++j)
      inside *= loops[j].first;
    for (size_t j = outer; j < loops.size(); ++j) {
      auto [bound, step] = loops[j];
      inside /= bound;
      int64_t edge = (rest - 1) / step;
      if (edge >= bound)
        return count + bound * inside;
      count += edge * inside;
      rest -= edge * step;
    }
    return count + 1;
  }

  /// With `outer` temporal loops outside the stay.
  Stays stays(unsigned outer) const {
    Stays stays;
    view.forEachState(outer, false, [&](int64_t rest, int64_t times) {
      int64_t length = steps(std::min(rest, view.size), outer);
      for (Stay &stay : stays)
        if (stay.steps == length) {
          stay.times += times;
          return;
        }
      stays.push_back({length, times});
    });
    return stays;
  }
};
} // namespace

/// Sum of ceil(steps / limit) over the product of the dims' stays.
static int64_t emptied(llvm::ArrayRef<Stays> dims, int64_t steps,
                       int64_t limit) {
  if (dims.empty())
    return (steps - 1) / limit + 1;
  int64_t sum = 0;
  for (const Stay &stay : dims.front())
    sum += stay.times * emptied(dims.drop_front(), steps * stay.steps, limit);
  return sum;
}

/// The same where every bound divides: all elements are alike.
static int64_t integratedEvenly(const Nest &nest, const Question &question,
                                int64_t limit) {
  DimSet relevant = nest.relevantDims(question.tensor);
  int64_t times = 1, steps = 1;
  bool stays = true; // no loop of the outputs is further inside
  for (const NestLoop &loop : llvm::reverse(nest.loops)) {
    bool isRelevant = relevant.contains(loop.dim);
    if (loop.level >= question.child) {
      // Below the child: the elements of its tile, and steps.
      if (isRelevant)
        times *= loop.bound;
      else if (loop.temporal)
        steps *= loop.bound;
    } else if (loop.temporal) {
      stays &= !isRelevant;
      (stays ? steps : times) *= loop.bound;
    } else if (loop.level < question.top
                   ? !question.one
                   : isRelevant || !question.shares(nest, loop)) {
      times *= loop.bound;
    }
  }
  return times * ((steps - 1) / limit + 1);
}

/// Departures from an integrator. An element stays while no loop advances that
/// has, inside it, a loop of the element's own dims with more than one value;
/// elements differ in which is the innermost such loop.
static int64_t integrated(const Nest &nest, const Question &question,
                          int64_t limit) {
  DimSet relevant = nest.relevantDims(question.tensor);
  llvm::SmallVector<Reduction, 5> reductions;
  llvm::SmallVector<View, 6> elements;
  for (Dim dim : allDims) {
    if (nest.workload.size(dim) == 1)
      continue;
    if (relevant.contains(dim))
      elements.emplace_back(nest, question, dim);
    else
      reductions.emplace_back(nest, question, dim);
  }
  std::array<unsigned, numDims> cuts = {};
  int64_t total = 0, before = 0;
  auto count = [&] {
    // Elements whose loops inside the cut all have a single value.
    int64_t still = 1;
    for (const View &view : elements)
      still *= dimSums(view, cuts[index(view.dim)], false, Measure::Now).kept;
    if (still != before) {
      llvm::SmallVector<Stays, 5> stays;
      for (const Reduction &reduction : reductions)
        stays.push_back(reduction.stays(cuts[index(reduction.view.dim)]));
      total += (still - before) * emptied(stays, 1, limit);
    }
    before = still;
  };
  count();
  for (const NestLoop &loop : nest.loops) {
    if (loop.level >= question.child)
      break;
    if (!loop.temporal)
      continue;
    ++cuts[index(loop.dim)];
    count();
  }
  return total;
}

bool ohas::cost::counting::hasClosedDepartures(const Nest &nest,
                                               const Link &link) {
  if (!nest.accelerator.levels[link.child].accumulateLimit)
    return true;
  if (nest.hasWindow(link.tensor))
    return false;
  // Copies that are added up must have worked equally long.
  DimSet relevant = nest.relevantDims(link.tensor);
  Question question = {link.tensor, link.child, link.parent, false, {}};
  for (const NestLoop &loop : nest.loops)
    if (!loop.temporal && loop.level > link.parent && loop.level < link.child &&
        nest.ragged.contains(loop.dim) && !relevant.contains(loop.dim) &&
        question.shares(nest, loop))
      return false;
  return true;
}

int64_t ohas::cost::counting::departures(const Nest &nest,
                                         const Question &question) {
  const auto &limit = nest.accelerator.levels[question.child].accumulateLimit;
  if (!limit)
    return Traffic(nest, question).departures();
  return nest.ragged.empty() ? integratedEvenly(nest, question, *limit)
                             : integrated(nest, question, *limit);
}

bool ohas::cost::counting::landsInTime(const Nest &nest, const Link &link) {
  for (Dim dim : allDims) {
    if (!nest.ragged.contains(dim))
      continue;
    int64_t size = nest.workload.size(dim);
    int64_t extent = nest.extent(dim, link.parent);
    int64_t last = (size - 1) % extent + 1, reach = 0;
    for (const NestLoop &loop : nest.loops)
      if (loop.dim == dim && !loop.temporal && loop.level > link.parent &&
          loop.level < link.child)
        reach += (loop.bound - 1) * loop.step;
    if (extent < size && reach >= last)
      return false;
  }
  return true;
}

//===- CountsTraffic.cpp - What crosses a place of the nest -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsTraffic.h"
#include "CountsProfile.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

/// Does each copy along a loop, whose bound divides, count for itself?
static bool isAddedUp(const Nest &nest, const Question &question,
                      const NestLoop &loop) {
  if (loop.level < question.top)
    return !question.one;
  return nest.relevantDims(question.tensor).contains(loop.dim) ||
         !question.shares(nest, loop);
}

int64_t ohas::cost::counting::evenCopies(const Nest &nest,
                                         const Question &question) {
  int64_t copies = 1;
  for (const NestLoop &loop : nest.loops)
    if (!loop.temporal && loop.level < question.child &&
        isAddedUp(nest, question, loop))
      copies *= loop.bound;
  return copies;
}

Traffic::Traffic(const Nest &nest, const Question &question)
    : nest(nest), question(question),
      relevant(nest.relevantDims(question.tensor)) {
  axisOf.fill(plain);
  bool mixed = false;
  for (unsigned i = 0; i < 3; ++i) {
    if (!nest.isWindow(question.tensor, i))
      continue;
    auto [position, kernel] = windowPairs[i];
    Axis axis = {position, kernel, true};
    mixed |= isMixed(nest, question, axis);
    axisOf[index(position)] = axisOf[index(kernel)] = axes.size();
    axes.push_back(axis);
    viewOf.push_back(windows.size());
    windows.emplace_back(nest, question, axis);
  }
  joint = mixed && windows.size() > 1;
  for (Dim dim : allDims) {
    if (!nest.ragged.contains(dim) || axisOf[index(dim)] != plain)
      continue;
    axisOf[index(dim)] = axes.size();
    axes.push_back({dim, dim, false});
    viewOf.push_back(views.size());
    views.emplace_back(nest, question, dim);
  }
  std::array<int64_t, numDims> extents = nest.workload.sizes;
  for (const NestLoop &loop : nest.loops) {
    if (loop.level >= question.child)
      break;
    extents[index(loop.dim)] = loop.step;
    if (axisOf[index(loop.dim)] != plain)
      continue;
    if (loop.temporal)
      turns += relevant.contains(loop.dim);
    else if (isAddedUp(nest, question, loop))
      copies *= loop.bound;
  }
  for (Dim dim : allDims)
    if (axisOf[index(dim)] == plain && relevant.contains(dim))
      tile *= extents[index(dim)];
}

Sums Traffic::sums(unsigned axis, const Cuts &cuts, unsigned moving,
                   Measure measure) const {
  unsigned first = index(axes[axis].first), second = index(axes[axis].second);
  Cut cut = {cuts[first], moving == first};
  if (axes[axis].window)
    return windowSums(windows[viewOf[axis]], question, cut,
                      {cuts[second], moving == second}, measure);
  return dimSums(views[viewOf[axis]], cut.outer, cut.moved, measure);
}

int64_t Traffic::everyStep() const {
  int64_t product = copies * tile;
  for (const NestLoop &loop : nest.loops)
    if (loop.temporal && loop.level < question.child &&
        axisOf[index(loop.dim)] == plain)
      product *= loop.bound;
  Cuts cuts;
  cuts.fill(noLoop);
  for (unsigned i = 0; i < axes.size() && product; ++i)
    product *= sums(i, cuts, noLoop, Measure::Now).all;
  return product;
}

static Sums product(llvm::ArrayRef<Sums> sums) {
  Sums product = {1, 1};
  for (const Sums &sum : sums) {
    product.all *= sum.all;
    product.kept *= sum.kept;
  }
  return product;
}

int64_t Traffic::overall(Measure measure) const {
  Cuts cuts = {};
  llvm::SmallVector<Sums, 8> current;
  for (unsigned i = 0; i < axes.size(); ++i)
    current.push_back(sums(i, cuts, noLoop, measure));
  int64_t steps = measure == Measure::States ? 1 : copies * tile;
  unsigned inside = turns;
  int64_t total = steps * product(current).all;
  for (const NestLoop &loop : nest.loops) {
    if (loop.level >= question.child)
      break;
    if (!loop.temporal)
      continue;
    unsigned dim = index(loop.dim), axis = axisOf[dim];
    bool isPlain = axis == plain;
    if (!isPlain)
      current[axis] = sums(axis, cuts, dim, measure);
    // Nothing stays where a plain dim of the tensor moves on or starts again.
    bool replaced = inside > 0 || (isPlain && relevant.contains(loop.dim));
    int64_t fresh;
    if (!replaced && joint) {
      fresh = jointFresh(current, cuts, dim, measure);
    } else {
      Sums sums = product(current);
      fresh = replaced ? sums.all : sums.all - sums.kept;
    }
    total += steps * fresh * (isPlain ? loop.bound - 1 : 1);
    if (isPlain) {
      steps *= loop.bound;
      inside -= relevant.contains(loop.dim);
      continue;
    }
    ++cuts[dim];
    current[axis] = sums(axis, cuts, noLoop, measure);
  }
  return total;
}

int64_t Traffic::jointFresh(llvm::ArrayRef<Sums> sums, const Cuts &cuts,
                            unsigned moving, Measure measure) const {
  // Every copy from the outermost sharing fan-out inwards has to be seen.
  unsigned bodyFrom = noLoop;
  int64_t all = 1, kept = 1, windowed = 1;
  for (auto [axis, sum] : llvm::zip(axes, sums)) {
    all *= sum.all;
    if (!axis.window) {
      kept *= sum.kept;
      continue;
    }
    windowed *= sum.all;
    bodyFrom = std::min(bodyFrom, firstSharing(nest, question, axis));
  }
  if (all == 0 || kept == 0)
    return all;

  // States of each window axis, and for each combination the joint fold.
  llvm::SmallVector<std::vector<std::pair<AxisProfile, int64_t>>, 3> states;
  for (const Axis &axis : axes) {
    if (!axis.window)
      continue;
    WindowView view(nest, question, axis, bodyFrom);
    Cut cut = {cuts[index(axis.first)], moving == index(axis.first)};
    Cut kernelCut = {cuts[index(axis.second)], moving == index(axis.second)};
    auto &list = states.emplace_back();
    view.position.forEachState(
        cut.outer, cut.moved, [&](int64_t rest, int64_t times) {
          view.kernel.forEachState(
              kernelCut.outer, kernelCut.moved,
              [&](int64_t kernelRest, int64_t kernelTimes) {
                list.emplace_back(AxisProfile(view, question, rest, kernelRest,
                                              cut, kernelCut, measure),
                                  times * kernelTimes);
              });
        });
  }
  int64_t fresh = 0;
  std::vector<AxisProfile> chosen;
  std::function<void(size_t, int64_t)> visit = [&](size_t axis, int64_t times) {
    if (axis == states.size()) {
      fresh += times * counting::jointFresh(chosen);
      return;
    }
    for (const auto &[profile, count] : states[axis]) {
      chosen.push_back(profile);
      visit(axis + 1, times * count);
      chosen.pop_back();
    }
  };
  visit(0, 1);
  // Elements that are new along another axis count in full; the others only
  // where the windows bring something new.
  return all - kept * (windowed - fresh);
}

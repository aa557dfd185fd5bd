//===- CountsTraffic.cpp - What crosses a place of the nest -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsTraffic.h"
#include "CountsProfile.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

Traffic::Traffic(const Nest &nest, const Question &question)
    : nest(nest), question(question), axes(nest.axes(question.tensor)) {
  bool mixed = false;
  for (const Axis &axis : axes)
    mixed |= axis.window && isMixed(nest, question, axis);
  unsigned count = llvm::count_if(axes, [](const Axis &a) { return a.window; });
  joint = mixed && count > 1;
  for (const Axis &axis : axes) {
    viewOf.push_back(axis.window ? windows.size() : views.size());
    if (axis.window)
      windows.emplace_back(nest, question, axis);
    else
      views.emplace_back(nest, question, axis.first);
  }
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
  Cuts cuts;
  cuts.fill(std::numeric_limits<uint8_t>::max());
  int64_t product = 1;
  for (unsigned i = 0; i < axes.size() && product; ++i)
    product *= sums(i, cuts, noLoop, Measure::Now).all;
  return product;
}

static int64_t product(llvm::ArrayRef<Sums> sums, int64_t Sums::*what) {
  int64_t product = 1;
  for (const Sums &sum : sums)
    product *= sum.*what;
  return product;
}

int64_t Traffic::overall(Measure measure) const {
  Cuts cuts = {};
  llvm::SmallVector<Sums, 10> current;
  for (unsigned i = 0; i < axes.size(); ++i)
    current.push_back(sums(i, cuts, noLoop, measure));
  int64_t total = product(current, &Sums::all);
  for (const NestLoop &loop : nest.loops) {
    if (loop.level >= question.child)
      break;
    if (!loop.temporal)
      continue;
    unsigned axis = llvm::find_if(axes,
                                  [&](const Axis &axis) {
                                    return axis.first == loop.dim ||
                                           axis.second == loop.dim;
                                  }) -
                    axes.begin();
    current[axis] = sums(axis, cuts, index(loop.dim), measure);
    if (joint)
      total += jointFresh(current, cuts, index(loop.dim), measure);
    else
      total += product(current, &Sums::all) - product(current, &Sums::kept);
    ++cuts[index(loop.dim)];
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
                                              cut, kernelCut,
                                              measure == Measure::Before
                                                  ? ProfileOf::Departures
                                                  : ProfileOf::Arrivals),
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

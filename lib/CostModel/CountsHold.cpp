//===- CountsHold.cpp - Converters that hold what they convert --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A converter copy presents a multiset: how often an element is in it is a
// product over the axes, and so is how often it was in the one before. What is
// converted is the excess of the one over the other.
//
//===----------------------------------------------------------------------===//

#include "CountsChain.h"
#include "CountsProfile.h"
#include "CountsTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// `count` elements that are presented `now` times, and were `before` times.
struct Presented {
  int64_t now, before, count;
};

/// Of one axis: the sum of `now`, and the elements that were there before.
struct AxisPresented {
  int64_t all = 0;
  llvm::SmallVector<Presented, 4> repeated;

  void add(int64_t now, int64_t before, int64_t count) {
    all += now * count;
    if (now == 0 || before == 0)
      return;
    for (Presented &p : repeated)
      if (p.now == now && p.before == before) {
        p.count += count;
        return;
      }
    repeated.push_back({now, before, count});
  }
};

AxisPresented present(const View &view, Cut cut) {
  AxisPresented result;
  view.forEachState(cut.outer, cut.moved, [&](int64_t rest, int64_t times) {
    int64_t shift = view.change(rest, cut.outer, cut.moved).shift;
    int64_t now = view.bodies(rest);
    if (view.relevant)
      result.add(1, shift == 0, now * times);
    else
      result.add(now, view.bodies(rest - shift), times);
  });
  return result;
}

/// States of a dim that present the same, now and before.
struct AlikeStates {
  Presenting presenting;
  int64_t times;
};

llvm::SmallVector<AlikeStates, 8> alikeStates(const View &view, Cut cut) {
  // Of the copies, the last one starts so much further on.
  int64_t last = 0;
  for (const ViewLoop &loop : view.loops)
    if (loop.role == Role::Body)
      last += (loop.bound - 1) * loop.step;
  llvm::SmallVector<AlikeStates, 8> states;
  view.forEachState(cut.outer, cut.moved, [&](int64_t rest, int64_t times) {
    int64_t shift = view.change(rest, cut.outer, cut.moved).shift;
    // Where all copies have something, it does not matter what is left.
    rest = std::min(rest, std::max<int64_t>(shift, 0) + last + 1);
    for (AlikeStates &state : states)
      if (state.presenting.rest == rest && state.presenting.shift == shift) {
        state.times += times;
        return;
      }
    states.push_back({{rest, shift}, times});
  });
  return states;
}

AxisPresented present(const WindowView &view, const Question &question, Cut cut,
                      Cut kernelCut) {
  AxisPresented result;
  auto kernelStates = alikeStates(view.kernel, kernelCut);
  for (const AlikeStates &state : alikeStates(view.position, cut))
    for (const AlikeStates &kernel : kernelStates)
      AxisProfile(view, question, state.presenting, kernel.presenting)
          .forEachCoordinate([&](int64_t now, int64_t before) {
            result.add(now, before, state.times * kernel.times);
          });
  return result;
}

/// The dims of an axis as the question sees them.
struct AxisViews {
  std::optional<WindowView> window;
  std::optional<View> single;

  AxisViews(const Nest &nest, const Question &question, const Axis &axis) {
    if (axis.window)
      window.emplace(nest, question, axis, 0);
    else
      single.emplace(nest, question, axis.first, 0);
  }
  AxisPresented present(const Question &question, Cut cut,
                        Cut kernelCut) const {
    return window ? ::present(*window, question, cut, kernelCut)
                  : ::present(*single, cut);
  }
};
} // namespace

/// Sum of min(product of now, product of before) over the product of the axes.
static int64_t repeated(llvm::ArrayRef<AxisPresented> axes, int64_t now,
                        int64_t before) {
  if (axes.empty())
    return std::min(now, before);
  int64_t sum = 0;
  for (const Presented &p : axes.front().repeated)
    sum +=
        p.count * repeated(axes.drop_front(), now * p.now, before * p.before);
  return sum;
}

/// True if what a converter copy presents is as much at every step, and its
/// lanes have no windows in common: then it is like the tile of a memory.
static bool presentsTiles(const Nest &nest, const Question &question) {
  if (!nest.ragged.empty())
    return false;
  for (unsigned i = 0; i < 3; ++i)
    if (nest.isWindow(question.tensor, i))
      for (Dim dim : {windowPairs[i].first, windowPairs[i].second})
        for (unsigned loop : nest.loopsOf[index(dim)])
          if (!nest.loops[loop].temporal &&
              nest.loops[loop].level > question.top)
            return false;
  return true;
}

DimSet ohas::cost::counting::wavering(const Nest &nest,
                                      const Question &question, DimSet edges) {
  DimSet dims = windowDims(nest, question.tensor, edges);
  DimSet relevant = nest.relevantDims(question.tensor);
  for (const NestLoop &loop : nest.loops)
    if (!loop.temporal && loop.level > question.top &&
        edges.contains(loop.dim) && !relevant.contains(loop.dim) &&
        !question.shares(nest, loop))
      dims.insert(loop.dim);
  return dims;
}

int64_t ohas::cost::counting::heldConversions(const Nest &nest,
                                              const Question &question) {
  if (presentsTiles(nest, question))
    return Traffic(nest, question).arrivals();
  Axes axes = nest.axes(question.tensor);
  llvm::erase_if(axes, [&](const Axis &axis) {
    return !axis.window && nest.workload.size(axis.first) == 1;
  });
  llvm::SmallVector<AxisViews, 10> views;
  for (const Axis &axis : axes)
    views.emplace_back(nest, question, axis);
  std::array<unsigned, numDims> cuts = {};
  auto presentAt = [&](size_t axis, unsigned moving) {
    unsigned first = index(axes[axis].first), second = index(axes[axis].second);
    return views[axis].present(question, {cuts[first], moving == first},
                               {cuts[second], moving == second});
  };
  llvm::SmallVector<AxisPresented, 10> current;
  int64_t total = 1;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    current.push_back(presentAt(axis, noLoop));
    total *= current.back().all;
  }
  // The axis of the loop before: what it presents below that is yet to come.
  size_t stale = axes.size();
  for (const NestLoop &loop : nest.loops) {
    if (!loop.temporal)
      continue;
    size_t axis = llvm::find_if(axes,
                                [&](const Axis &axis) {
                                  return axis.first == loop.dim ||
                                         axis.second == loop.dim;
                                }) -
                  axes.begin();
    if (stale < axes.size() && stale != axis)
      current[stale] = presentAt(stale, noLoop);
    current[axis] = presentAt(axis, index(loop.dim));
    int64_t all = 1;
    for (const AxisPresented &p : current)
      all *= p.all;
    total += all - repeated(current, 1, 1);
    ++cuts[index(loop.dim)];
    stale = axis;
  }
  return total;
}

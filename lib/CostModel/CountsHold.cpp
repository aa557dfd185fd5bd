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

AxisPresented present(const WindowView &view, const Question &question, Cut cut,
                      Cut kernelCut) {
  AxisPresented result;
  view.position.forEachState(
      cut.outer, cut.moved, [&](int64_t rest, int64_t times) {
        view.kernel.forEachState(
            kernelCut.outer, kernelCut.moved,
            [&](int64_t kernelRest, int64_t kernelTimes) {
              AxisProfile(view, question, rest, kernelRest, cut, kernelCut,
                          ProfileOf::Presented)
                  .forEachCoordinate([&](int64_t now, int64_t before) {
                    result.add(now, before, times * kernelTimes);
                  });
            });
      });
  return result;
}
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
  std::array<unsigned, numDims> cuts = {};
  auto presentAt = [&](const Axis &axis, unsigned moving) {
    unsigned first = index(axis.first), second = index(axis.second);
    Cut cut = {cuts[first], moving == first};
    if (axis.window)
      return present(WindowView(nest, question, axis, 0), question, cut,
                     {cuts[second], moving == second});
    return present(View(nest, question, axis.first, 0), cut);
  };
  llvm::SmallVector<AxisPresented, 10> current;
  int64_t total = 1;
  for (const Axis &axis : axes) {
    current.push_back(presentAt(axis, noLoop));
    total *= current.back().all;
  }
  for (const NestLoop &loop : nest.loops) {
    if (!loop.temporal)
      continue;
    size_t axis = llvm::find_if(axes,
                                [&](const Axis &axis) {
                                  return axis.first == loop.dim ||
                                         axis.second == loop.dim;
                                }) -
                  axes.begin();
    current[axis] = presentAt(axes[axis], index(loop.dim));
    int64_t all = 1;
    for (const AxisPresented &p : current)
      all *= p.all;
    total += all - repeated(current, 1, 1);
    ++cuts[index(loop.dim)];
    current[axis] = presentAt(axes[axis], noLoop);
  }
  return total;
}

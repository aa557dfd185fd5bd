//===- CountsWindow.cpp - Sums over a window axis ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsWindow.h"
#include "CountsProfile.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

unsigned ohas::cost::counting::firstSharing(const Nest &nest,
                                            const Question &question,
                                            const Axis &axis) {
  for (const NestLoop &loop : nest.loops) {
    if (loop.level >= question.child)
      break;
    if (!loop.temporal && loop.level > question.top &&
        (loop.dim == axis.first || loop.dim == axis.second) &&
        question.shares(nest, loop))
      return loop.level;
  }
  return noLoop;
}

bool ohas::cost::counting::isMixed(const Nest &nest, const Question &question,
                                   const Axis &axis) {
  unsigned first = firstSharing(nest, question, axis);
  for (const NestLoop &loop : nest.loops) {
    if (loop.level >= question.child)
      break;
    if (!loop.temporal && loop.level > first &&
        (loop.dim == axis.first || loop.dim == axis.second) &&
        !question.shares(nest, loop))
      return true;
  }
  return false;
}

DimSet ohas::cost::counting::windowDims(const Nest &nest, Tensor tensor,
                                        DimSet dims) {
  DimSet windows;
  if (dims.empty())
    return windows;
  for (unsigned i = 0; i < 3; ++i)
    if (nest.isWindow(tensor, i))
      for (Dim dim : {windowPairs[i].first, windowPairs[i].second})
        if (dims.contains(dim))
          windows.insert(dim);
  return windows;
}

DimSet ohas::cost::counting::returningDims(const Nest &nest, Tensor tensor,
                                           unsigned child, DimSet edges) {
  DimSet returning = windowDims(nest, tensor, edges);
  if (returning.empty())
    return returning;
  auto stays = [&](Dim dim) {
    return llvm::none_of(nest.loopsOf[index(dim)], [&](unsigned i) {
      return nest.loops[i].temporal && nest.loops[i].level < child;
    });
  };
  for (auto [position, kernel] : windowPairs) {
    if (returning.contains(position) == returning.contains(kernel))
      continue;
    // While the other dim stays, the indices that see an element follow upon
    // each other, unless they have to agree in a residue. So if two tiles have
    // it, all between them have, by their first index, which no edge cuts off.
    auto [s, d] = nest.windowSteps(position);
    if (returning.contains(position) ? d == 1 && stays(kernel)
                                     : s == 1 && stays(position)) {
      returning.erase(position);
      returning.erase(kernel);
    }
  }
  return returning;
}

WindowView::WindowView(const Nest &nest, const Question &question,
                       const Axis &axis, unsigned bodyFrom)
    : nest(nest), position(nest, question, axis.first, bodyFrom),
      kernel(nest, question, axis.second, bodyFrom) {
  std::tie(s, d) = nest.windowSteps(axis.first);
}

WindowView::WindowView(const Nest &nest, const Question &question,
                       const Axis &axis)
    : WindowView(nest, question, axis, firstSharing(nest, question, axis)) {}

BoxChange ohas::cost::counting::boxChange(const View &position,
                                          const View &kernel, int64_t rest,
                                          int64_t kernelRest, Cut cut,
                                          Cut kernelCut) {
  BoxChange boxes;
  if (rest <= 0 || kernelRest <= 0)
    return boxes;
  Change p = position.change(rest, cut.outer, cut.moved);
  Change k = kernel.change(kernelRest, kernelCut.outer, kernelCut.moved);
  boxes.now = {0, p.tile, 0, k.tile};
  boxes.before = {p.shift, p.oldTile, k.shift, k.oldTile};
  return boxes;
}

static bool hasBody(const View &view) {
  return llvm::any_of(
      view.loops, [](const ViewLoop &loop) { return loop.role == Role::Body; });
}

/// How many numbers some run has; sorts them.
static int64_t
unionOf(llvm::SmallVectorImpl<std::pair<int64_t, int64_t>> &runs) {
  llvm::sort(runs);
  int64_t count = 0, end = std::numeric_limits<int64_t>::min();
  for (auto [from, to] : runs) {
    if (to > end)
      count += to - std::max(from, end);
    end = std::max(end, to);
  }
  return count;
}

/// The sums of a state whose copies all share and hold one run each.
static std::optional<Sums> runSums(const WindowView &view,
                                   const Question &question, int64_t rest,
                                   int64_t kernelRest, Cut cut, Cut kernelCut,
                                   Measure measure) {
  using Run = std::pair<int64_t, int64_t>;
  struct Offset {
    int64_t position, kernel;
  };
  llvm::SmallVector<Offset, 16> offsets = {{0, 0}};
  for (const View *dim : {&view.position, &view.kernel})
    for (const ViewLoop &loop : dim->loops) {
      if (loop.role != Role::Body)
        continue;
      if (!question.shares(view.nest, view.nest.loops[loop.index]))
        return std::nullopt;
      size_t outer = offsets.size();
      for (int64_t v = 1; v < loop.bound; ++v)
        for (size_t i = 0; i < outer; ++i) {
          Offset offset = offsets[i];
          (dim == &view.kernel ? offset.kernel : offset.position) +=
              v * loop.step;
          offsets.push_back(offset);
        }
    }
  llvm::SmallVector<Run, 16> all, fresh;
  for (auto [position, kernel] : offsets) {
    BoxChange boxes = boxChange(view.position, view.kernel, rest - position,
                                kernelRest - kernel, cut, kernelCut);
    if (measure == Measure::Before)
      std::swap(boxes.now, boxes.before);
    if (isEmpty(boxes.now))
      continue;
    std::optional<Run> now = asRun(boxes.now, view.s, view.d);
    std::optional<Run> before = asRun(boxes.before, view.s, view.d);
    if (!now || !before)
      return std::nullopt;
    int64_t shift = position * view.s + kernel * view.d;
    auto [from, to] = *now;
    all.push_back({from + shift, to + shift});
    if (from < std::min(to, before->first))
      fresh.push_back({from + shift, std::min(to, before->first) + shift});
    if (std::max(from, before->second) < to)
      fresh.push_back({std::max(from, before->second) + shift, to + shift});
  }
  Sums sums;
  sums.all = unionOf(all);
  sums.kept = sums.all - unionOf(fresh);
  return sums;
}

/// Sums of the steps and copies with these rests.
static Sums stateSums(const WindowView &view, const Question &question,
                      int64_t rest, int64_t kernelRest, Cut cut, Cut kernelCut,
                      Measure measure, bool body) {
  if (body) {
    if (auto sums =
            runSums(view, question, rest, kernelRest, cut, kernelCut, measure))
      return *sums;
    AxisProfile profile(view, question, rest, kernelRest, cut, kernelCut,
                        measure);
    return profile.sums();
  }
  BoxChange boxes =
      boxChange(view.position, view.kernel, rest, kernelRest, cut, kernelCut);
  int64_t all = coordinates(
      measure == Measure::Before ? boxes.before : boxes.now, view.s, view.d);
  int64_t kept = commonCoordinates(boxes.now, boxes.before, view.s, view.d);
  if (measure == Measure::States)
    return {1, kept == all};
  return {all, kept};
}

Sums ohas::cost::counting::windowSums(const WindowView &view,
                                      const Question &question, Cut cut,
                                      Cut kernelCut, Measure measure) {
  Sums sums;
  bool body = hasBody(view.position) || hasBody(view.kernel);
  view.position.forEachState(
      cut.outer, cut.moved, [&](int64_t rest, int64_t times) {
        view.kernel.forEachState(
            kernelCut.outer, kernelCut.moved,
            [&](int64_t kernelRest, int64_t kernelTimes) {
              Sums state = stateSums(view, question, rest, kernelRest, cut,
                                     kernelCut, measure, body);
              sums.all += times * kernelTimes * state.all;
              sums.kept += times * kernelTimes * state.kept;
            });
      });
  return sums;
}

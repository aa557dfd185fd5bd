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

/// Sums of the steps and copies with these rests.
static Sums stateSums(const WindowView &view, const Question &question,
                      int64_t rest, int64_t kernelRest, Cut cut, Cut kernelCut,
                      Measure measure, bool body) {
  if (body) {
    AxisProfile profile(view, question, rest, kernelRest, cut, kernelCut,
                        profileOf(measure));
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

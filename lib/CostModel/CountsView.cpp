//===- CountsView.cpp - One dim as one question sees it ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsView.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

bool Question::shares(const Nest &nest, const NestLoop &loop) const {
  return nest.accelerator.levels[loop.level].shares(
      tensor, nest.relevantDims(tensor).contains(loop.dim));
}

View::View(const Nest &nest, const Question &question, Dim dim,
           unsigned bodyFrom)
    : dim(dim), size(nest.workload.size(dim)), tile(size),
      relevant(nest.relevantDims(question.tensor).contains(dim)),
      ragged(nest.ragged.contains(dim)) {
  for (unsigned i : nest.loopsOf[index(dim)]) {
    const NestLoop &loop = nest.loops[i];
    if (loop.level >= question.child)
      break;
    ViewLoop seen = {loop.bound, loop.step, 0, Role::Sum, uint8_t(i)};
    tile = loop.step;
    if (loop.temporal) {
      seen.role = Role::Temporal;
      ++temporals;
    } else if (loop.level < question.top) {
      seen.role = question.one ? Role::Fixed : Role::Sum;
      if (question.one && !question.at.empty())
        seen.digit = question.at[i];
    } else if (!relevant && question.shares(nest, loop)) {
      // Copies that differ in an irrelevant loop alone have the same, and the
      // first of them works whenever another does.
      seen.role = Role::Fixed;
    } else if (loop.level >= bodyFrom) {
      seen.role = Role::Body;
    }
    loops.push_back(seen);
  }
}

Change View::change(int64_t rest, unsigned outer, bool moved) const {
  Change change = {std::min(tile, rest), 0, 0};
  unsigned t = 0;
  if (moved) {
    // The value before is followed by more indices: nothing was cut off.
    for (const ViewLoop &loop : loops)
      if (loop.role == Role::Temporal && t++ >= outer)
        change.shift +=
            t - 1 == outer ? -loop.step : (loop.bound - 1) * loop.step;
    change.oldTile = tile;
    return change;
  }
  for (const ViewLoop &loop : loops)
    if (loop.role == Role::Temporal && t++ >= outer) {
      int64_t last = rest >= loop.bound * loop.step
                         ? loop.bound - 1
                         : std::min(loop.bound - 1, (rest - 1) / loop.step);
      change.shift += last * loop.step;
      rest -= last * loop.step;
    }
  change.oldTile = std::min(tile, rest);
  return change;
}

namespace {
/// The walk of forEachState: all digits of a loop whose inside is complete are
/// one state; only along the edge of the dim are digits told apart.
template <typename Fn> struct Walk {
  const View &view;
  unsigned outer;
  bool moved;
  Fn fn;

  /// How many values loop j, the t-th temporal one, takes; and the first.
  std::pair<int64_t, int64_t> values(unsigned j, unsigned t) const {
    const ViewLoop &loop = view.loops[j];
    switch (loop.role) {
    case Role::Sum:
      return {loop.bound, 0};
    case Role::Temporal:
      if (t < outer)
        return {loop.bound, 0};
      if (t == outer && moved)
        return {loop.bound - 1, 1};
      return {1, 0};
    case Role::Fixed:
    case Role::Body:
      break;
    }
    return {1, loop.digit};
  }

  void complete(unsigned j, unsigned t, int64_t times) const {
    for (; j < view.loops.size(); ++j) {
      times *= values(j, t).first;
      t += view.loops[j].role == Role::Temporal;
    }
    fn(std::numeric_limits<int64_t>::max() / 2, times);
  }

  /// `rest` indices from here to the end of the dim. `apart`: a loop outside is
  /// yet to move (body, or a temporal loop that starts again), so that rests
  /// differ in meaning even where the inside is complete.
  void go(unsigned j, unsigned t, int64_t rest, bool apart) const {
    if (rest <= 0)
      return;
    if (!apart && rest >= view.reach(j))
      return complete(j, t, 1);
    if (j == view.loops.size())
      return fn(rest, 1);
    const ViewLoop &loop = view.loops[j];
    auto [count, first] = values(j, t);
    bool temporal = loop.role == Role::Temporal;
    bool waits = loop.role == Role::Body ||
                 (temporal && count == 1 && first == 0 && loop.bound > 1);
    t += temporal;
    if (waits || loop.role == Role::Fixed)
      return go(j + 1, t, rest - first * loop.step, apart || waits);
    if (apart) {
      for (int64_t v = first; v < loop.bound && rest > v * loop.step; ++v)
        go(j + 1, t, rest - v * loop.step, true);
      return;
    }
    int64_t edge = (rest - 1) / loop.step;
    if (edge > first)
      complete(j + 1, t, edge - first);
    if (edge >= first)
      go(j + 1, t, rest - edge * loop.step, false);
  }
};
} // namespace

void View::forEachState(unsigned outer, bool moved,
                        llvm::function_ref<void(int64_t, int64_t)> fn) const {
  Walk<llvm::function_ref<void(int64_t, int64_t)>>{*this, outer, moved, fn}.go(
      0, 0, size, false);
}

int64_t View::bodies(int64_t rest) const {
  int64_t count = 0;
  for (size_t j = 0; j < loops.size() && rest > 0; ++j) {
    if (loops[j].role != Role::Body)
      continue;
    int64_t inside = 1;
    for (size_t k = j + 1; k < loops.size(); ++k)
      if (loops[k].role == Role::Body)
        inside *= loops[k].bound;
    int64_t edge = (rest - 1) / loops[j].step;
    if (edge >= loops[j].bound)
      return count + loops[j].bound * inside;
    count += edge * inside;
    rest -= edge * loops[j].step;
  }
  return count + (rest > 0);
}

Sums ohas::cost::counting::dimSums(const View &view, unsigned outer, bool moved,
                                   Measure measure) {
  Sums sums;
  auto add = [&](int64_t rest, int64_t times) {
    if (!view.relevant) {
      sums.all += times;
      sums.kept += times;
      return;
    }
    Change change = view.change(rest, outer, moved);
    int64_t value = measure == Measure::Now      ? change.tile
                    : measure == Measure::Before ? change.oldTile
                                                 : 1;
    sums.all += times * value;
    if (change.shift == 0)
      sums.kept += times * value;
  };
  // This runs so often that calls through a reference would show.
  Walk<decltype(add)>{view, outer, moved, add}.go(0, 0, view.size, false);
  return sums;
}

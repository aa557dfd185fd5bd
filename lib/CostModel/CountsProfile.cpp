//===- CountsProfile.cpp - Who holds a coordinate ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsProfile.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

/// The converter's step before is the same for all copies below it.
static BoxChange presentedChange(const WindowView &view, int64_t rest,
                                 int64_t offset, int64_t kernelRest,
                                 int64_t kernelOffset, Cut cut, Cut kernelCut) {
  int64_t shift = view.position.change(rest, cut.outer, cut.moved).shift;
  int64_t kernelShift =
      view.kernel.change(kernelRest, kernelCut.outer, kernelCut.moved).shift;
  BoxChange change;
  change.now = {0, rest > offset, 0, kernelRest > kernelOffset};
  change.before = {shift, rest - shift > offset, kernelShift,
                   kernelRest - kernelShift > kernelOffset};
  return change;
}

AxisProfile::AxisProfile(const WindowView &view, const Question &question,
                         int64_t rest, int64_t kernelRest, Cut cut,
                         Cut kernelCut, ProfileOf what) {
  // The loops of both dims in the order of the nest; each moves one box.
  struct Move {
    int64_t step;
    bool kernel;
  };
  llvm::SmallVector<Move, 4> moves;
  const auto &p = view.position.loops, &k = view.kernel.loops;
  for (size_t i = 0, j = 0; i < p.size() || j < k.size();) {
    bool kernel = i == p.size() || (j < k.size() && k[j].index < p[i].index);
    const ViewLoop &loop = kernel ? k[j++] : p[i++];
    if (loop.role != Role::Body)
      continue;
    bool shares = question.shares(view.nest, view.nest.loops[loop.index]);
    loops.push_back({loop.index, loop.bound, shares});
    moves.push_back({loop.step, kernel});
    copies *= loop.bound;
  }

  int64_t low = std::numeric_limits<int64_t>::max(), high = 0;
  llvm::SmallVector<BoxChange, 16> boxes;
  for (size_t copy = 0; copy < copies; ++copy) {
    int64_t offset = 0, kernelOffset = 0;
    size_t digits = copy;
    for (size_t i = loops.size(); i-- > 0; digits /= loops[i].bound)
      (moves[i].kernel ? kernelOffset : offset) +=
          moves[i].step * int64_t(digits % loops[i].bound);
    BoxChange change =
        what == ProfileOf::Presented
            ? presentedChange(view, rest, offset, kernelRest, kernelOffset, cut,
                              kernelCut)
            : boxChange(view.position, view.kernel, rest - offset,
                        kernelRest - kernelOffset, cut, kernelCut);
    if (what == ProfileOf::Departures)
      std::swap(change.now, change.before);
    for (WindowBox *box : {&change.now, &change.before}) {
      box->position += offset;
      box->kernel += kernelOffset;
    }
    forEachRun(change.now, view.s, view.d, [&](int64_t begin, int64_t end) {
      low = std::min(low, begin);
      high = std::max(high, end);
    });
    boxes.push_back(change);
  }
  if (low >= high)
    return;
  cells.assign((high - low) * copies, Absent);
  for (auto [copy, change] : llvm::enumerate(boxes)) {
    auto mark = [&, copy = copy](const WindowBox &box, Holding holding) {
      forEachRun(box, view.s, view.d, [&](int64_t begin, int64_t end) {
        for (int64_t x = std::max(begin, low); x < std::min(end, high); ++x)
          cells[(x - low) * copies + copy] |= holding;
      });
    };
    mark(change.now, Now);
    mark(change.before, Before);
  }
}

Sums AxisProfile::sums() const {
  Sums sums;
  for (size_t x = 0; x * copies < cells.size(); ++x) {
    llvm::StringRef column = holders(x);
    int64_t all = Fold{loops, column, Fold::HaveNow}.value();
    sums.all += all;
    if (all)
      sums.kept += all - Fold{loops, column, Fold::IsFresh}.value();
  }
  return sums;
}

void AxisProfile::forEachCoordinate(
    llvm::function_ref<void(int64_t, int64_t)> fn) const {
  for (size_t x = 0; x * copies < cells.size(); ++x) {
    llvm::StringRef column = holders(x);
    fn(Fold{loops, column, Fold::HaveNow}.value(),
       Fold{loops, column, Fold::HadBefore}.value());
  }
}

std::vector<AxisProfile::Class> AxisProfile::classes() const {
  std::map<std::string, int64_t> counted;
  for (size_t x = 0; x * copies < cells.size(); ++x) {
    std::string column = holders(x).str();
    for (char &cell : column)
      if (cell == Before) // what a copy no longer has does not matter
        cell = Absent;
    ++counted[column];
  }
  return {counted.begin(), counted.end()};
}

/// Is it what the fold asks for, in one copy?
static bool holds(Fold::Which which, char holding) {
  switch (which) {
  case Fold::HaveNow:
    return (holding & Now) != 0;
  case Fold::HadBefore:
    return (holding & Before) != 0;
  case Fold::IsFresh:
    return holding == Now;
  }
  return false;
}

static int64_t fold(const Fold &question, size_t depth,
                    llvm::MutableArrayRef<size_t> copy) {
  if (depth == question.loops.size()) {
    char common = Kept;
    for (auto [axis, holders] : llvm::enumerate(question.holders))
      common &= holders[copy[axis]];
    return holds(question.which, common);
  }
  const ProfileLoop &loop = question.loops[depth];
  size_t outside = copy[loop.axis];
  int64_t result = 0;
  for (int64_t digit = 0; digit < loop.bound; ++digit) {
    copy[loop.axis] = outside * loop.bound + digit;
    int64_t value = fold(question, depth + 1, copy);
    result = loop.shares ? std::max(result, value) : result + value;
  }
  copy[loop.axis] = outside;
  return result;
}

int64_t Fold::value() const {
  // Of one axis whose copies all share, any copy will do; if none share, each
  // counts.
  if (holders.size() == 1) {
    auto holding = [&](char cell) { return holds(which, cell); };
    auto shares = [](const ProfileLoop &loop) { return loop.shares; };
    if (llvm::all_of(loops, shares))
      return llvm::any_of(holders[0], holding);
    if (llvm::none_of(loops, shares))
      return llvm::count_if(holders[0], holding);
  }
  llvm::SmallVector<size_t, 3> copy(holders.size(), 0);
  return fold(*this, 0, copy);
}

int64_t ohas::cost::counting::jointFresh(llvm::ArrayRef<AxisProfile> profiles) {
  llvm::SmallVector<ProfileLoop, 8> loops;
  llvm::SmallVector<std::vector<AxisProfile::Class>, 3> classes;
  for (auto [axis, profile] : llvm::enumerate(profiles)) {
    for (ProfileLoop loop : profile.getLoops()) {
      loop.axis = axis;
      loops.push_back(loop);
    }
    classes.push_back(profile.classes());
  }
  llvm::sort(loops, [](const ProfileLoop &a, const ProfileLoop &b) {
    return a.index < b.index;
  });
  int64_t sum = 0;
  llvm::SmallVector<llvm::StringRef, 3> holders(profiles.size());
  std::function<void(size_t, int64_t)> visit = [&](size_t axis, int64_t times) {
    if (axis == profiles.size()) {
      sum += times * Fold{loops, holders, Fold::IsFresh}.value();
      return;
    }
    for (const AxisProfile::Class &entry : classes[axis]) {
      holders[axis] = entry.first;
      visit(axis + 1, times * entry.second);
    }
  };
  visit(0, 1);
  return sum;
}

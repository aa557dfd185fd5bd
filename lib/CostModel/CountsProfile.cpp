//===- CountsProfile.cpp - Who holds a coordinate ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsProfile.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

AxisProfile::AxisProfile(const WindowView &view, const Question &question,
                         int64_t rest, int64_t kernelRest, Cut cut,
                         Cut kernelCut, Measure measure) {
  list(view, question, [&](int64_t offset, int64_t kernelOffset) {
    BoxChange change = boxChange(view.position, view.kernel, rest - offset,
                                 kernelRest - kernelOffset, cut, kernelCut);
    if (measure == Measure::Before)
      std::swap(change.now, change.before);
    return change;
  });
}

AxisProfile::AxisProfile(const WindowView &view, const Question &question,
                         Presenting position, Presenting kernel) {
  // The converter's step before is the same for all copies below it.
  list(view, question, [&](int64_t offset, int64_t kernelOffset) {
    int64_t rest = position.rest - offset,
            kernelRest = kernel.rest - kernelOffset;
    BoxChange change;
    change.now = {0, rest > 0, 0, kernelRest > 0};
    change.before = {position.shift, rest > position.shift, kernel.shift,
                     kernelRest > kernel.shift};
    return change;
  });
}

void AxisProfile::list(
    const WindowView &view, const Question &question,
    llvm::function_ref<BoxChange(int64_t, int64_t)> changeAt) {
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

  int64_t high = 0;
  low = std::numeric_limits<int64_t>::max();
  llvm::SmallVector<BoxChange, 32> boxes;
  for (size_t copy = 0; copy < copies; ++copy) {
    int64_t offset = 0, kernelOffset = 0;
    size_t digits = copy;
    for (size_t i = loops.size(); i-- > 0; digits /= loops[i].bound)
      (moves[i].kernel ? kernelOffset : offset) +=
          moves[i].step * int64_t(digits % loops[i].bound);
    BoxChange change = changeAt(offset, kernelOffset);
    for (WindowBox *box : {&change.now, &change.before}) {
      box->position += offset;
      box->kernel += kernelOffset;
    }
    if (!isEmpty(change.now)) {
      auto [begin, end] = hull(change.now, view.s, view.d);
      low = std::min(low, begin);
      high = std::max(high, end);
    }
    boxes.push_back(change);
  }
  if (low >= high)
    return;
  width = high - low;
  cells.assign(width * copies, Absent);
  for (auto [copy, change] : llvm::enumerate(boxes)) {
    mark(change.now, copy, view.s, view.d, Now);
    mark(change.before, copy, view.s, view.d, Before);
  }
}

void AxisProfile::mark(const WindowBox &box, size_t copy, int64_t s, int64_t d,
                       Holding holding) {
  forEachRun(box, s, d, [&](int64_t begin, int64_t end) {
    for (int64_t x = std::max(begin - low, int64_t(0));
         x < std::min(end - low, width); ++x)
      cells[copy * width + x] |= holding;
  });
}

/// Is it so in some of the copies that share, or in how many of the others? By
/// coordinate: all of them at a time, from the innermost loop on.
template <typename Holds>
llvm::ArrayRef<int32_t> AxisProfile::fold(Counts &counts, Holds holds) const {
  counts.resize_for_overwrite(cells.size());
  llvm::transform(cells, counts.begin(), holds);
  size_t groups = copies;
  for (const ProfileLoop &loop : llvm::reverse(loops)) {
    groups /= loop.bound;
    for (size_t group = 0; group < groups; ++group) {
      int32_t *to = &counts[group * width];
      const int32_t *from = &counts[group * loop.bound * width];
      std::copy(from, from + width, to);
      for (int64_t digit = 1; digit < loop.bound; ++digit) {
        from += width;
        if (loop.shares)
          for (int64_t x = 0; x < width; ++x)
            to[x] = std::max(to[x], from[x]);
        else
          for (int64_t x = 0; x < width; ++x)
            to[x] += from[x];
      }
    }
  }
  return llvm::ArrayRef(counts).take_front(width);
}

static int32_t haveNow(char cell) { return (cell & Now) != 0; }
static int32_t hadBefore(char cell) { return (cell & Before) != 0; }
static int32_t isFresh(char cell) { return cell == Now; }

Sums AxisProfile::sums() const {
  Counts now, fresh;
  Sums sums;
  for (auto [all, arriving] :
       llvm::zip(fold(now, haveNow), fold(fresh, isFresh))) {
    sums.all += all;
    if (all)
      sums.kept += all - arriving;
  }
  return sums;
}

void AxisProfile::forEachCoordinate(
    llvm::function_ref<void(int64_t, int64_t)> fn) const {
  Counts now, before;
  llvm::ArrayRef<int32_t> here = fold(now, haveNow);
  auto isKept = [](char cell) { return cell != Now && cell != Before; };
  llvm::ArrayRef<int32_t> there =
      llvm::all_of(cells, isKept) ? here : fold(before, hadBefore);
  for (auto [one, other] : llvm::zip(here, there))
    fn(one, other);
}

std::vector<AxisProfile::Class> AxisProfile::classes() const {
  std::map<std::string, int64_t> counted;
  for (int64_t x = 0; x < width; ++x) {
    std::string column;
    for (size_t copy = 0; copy < copies; ++copy) {
      char cell = cells[copy * width + x];
      // What a copy no longer has does not matter.
      column.push_back(cell == Before ? char(Absent) : cell);
    }
    ++counted[column];
  }
  return {counted.begin(), counted.end()};
}

/// How often one element is delivered that is new: the fold, through `loops`
/// (outermost first, of all axes), of the copies that have it now only, with
/// its `holders` along each axis.
static int64_t foldFresh(llvm::ArrayRef<ProfileLoop> loops,
                         llvm::ArrayRef<llvm::StringRef> holders,
                         llvm::MutableArrayRef<size_t> copy) {
  if (loops.empty()) {
    char common = Kept;
    for (auto [axis, holder] : llvm::enumerate(holders))
      common &= holder[copy[axis]];
    return isFresh(common);
  }
  const ProfileLoop &loop = loops.front();
  size_t outside = copy[loop.axis];
  int64_t result = 0;
  for (int64_t digit = 0; digit < loop.bound; ++digit) {
    copy[loop.axis] = outside * loop.bound + digit;
    int64_t value = foldFresh(loops.drop_front(), holders, copy);
    result = loop.shares ? std::max(result, value) : result + value;
  }
  copy[loop.axis] = outside;
  return result;
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
      llvm::SmallVector<size_t, 3> copy(holders.size(), 0);
      sum += times * foldFresh(loops, holders, copy);
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

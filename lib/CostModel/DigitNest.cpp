//===- DigitNest.cpp - A loop nest for counting quickly ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitNest.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

bool DigitNest::build(const Mapping &mapping) {
  unsigned next = maxLoops, nextSpatial = maxLoops, passed = facts.compute + 1;
  std::array<int64_t, numDims> covered;
  std::array<uint8_t, numDims> outermost;
  covered.fill(1);
  innermost.fill(none);
  Mask resident = 0;
  for (unsigned level : facts.loopLevels) {
    const LevelMapping &mapped = mapping.levels[level];
    resident |= mapped.resident.mask();
    // Levels without loops in between have the same above.
    for (; passed > level + 1; --passed) {
      above[passed - 1] = next;
      spatialAbove[passed - 1] = nextSpatial;
    }
    bool temporal = facts.levels[level].kind == LevelKind::Memory;
    uint8_t shares = facts.levels[level].shares;
    for (unsigned i = mapped.loops.size(); i-- > 0;) {
      auto [dim, bound] = mapped.loops[i];
      unsigned d = index(dim);
      int64_t size = facts.workload.sizes[d], step = covered[d];
      // A loop whose second value would lie beyond the size does nothing.
      if (bound <= 1 || step >= size)
        continue;
      if (next == 0)
        return false;
      bound = std::min(bound, size);
      if (bound * step > size)
        bound = uint32_t(size - 1) / uint32_t(step) + 1;
      loops[--next] = {bound, step,     bound - 1, uint8_t(level),
                       none,  temporal, dim,       shares};
      if (innermost[d] == none)
        innermost[d] = next;
      else
        loops[outermost[d]].outer = next;
      outermost[d] = next;
      covered[d] = step * bound;
      if (!temporal)
        spatial[--nextSpatial] = next;
    }
  }
  for (; passed > 0; --passed) {
    above[passed - 1] = next;
    spatialAbove[passed - 1] = nextSpatial;
  }
  begin = next;
  spatialBegin = nextSpatial;
  ragged = 0;
  forEachDim(facts.large, [&](Dim dim) {
    if (covered[index(dim)] != facts.workload.size(dim))
      ragged |= maskOf(dim);
  });
  if (ragged)
    findLastDigits();
  return resident == 0;
}

namespace {
/// Products by tensor in registers: an array would be read as a whole right
/// after a part of it was written, which takes as long as a dozen
/// multiplications.
struct Products {
  int64_t a = 1, b = 1, c = 1, d = 1;
  static_assert(numTensors + 1 == 4);

  void multiply(unsigned tensor, int64_t by) {
    a *= tensor == 0 ? by : 1;
    b *= tensor == 1 ? by : 1;
    c *= tensor == 2 ? by : 1;
    d *= tensor == 3 ? by : 1;
  }
  DigitNest::ByTensor all() const { return {a, b, c, d}; }
};
} // namespace

void DigitNest::findBefore() {
  constexpr uint32_t ones = BytesByTensor::ones;
  Products trips, strange, alone;
  uint32_t cuts = begin * ones, sharing = 0;
  int64_t copies = 1;
  Mask raggedCopies = 0;
  sharingWindows = 0;
  unsigned s = spatialBegin;
  for (unsigned i = begin; i < maxLoops; ++i) {
    before[i] = {trips.all(), {cuts}};
    const DigitLoop &here = loops[i];
    unsigned stranger = facts.stranger[index(here.dim)];
    Mask mask = maskOf(here.dim);
    int64_t even = ragged & mask ? 1 : here.bound;
    if (here.temporal) {
      uint32_t kept = uint32_t(0xff) << 8 * stranger;
      cuts = (cuts & kept) | ((i + 1) * ones & ~kept);
      trips.multiply(stranger, even);
      continue;
    }
    spread[s++] = {copies, strange.all(), alone.all(), {sharing}, raggedCopies};
    bool shared = here.shares >> stranger & 1;
    copies *= even;
    strange.multiply(stranger, even);
    alone.multiply(stranger, shared ? 1 : even);
    sharing += uint32_t(shared) << 8 * stranger;
    raggedCopies |= ragged & mask;
    if ((facts.windowed & mask) && facts.levels[here.level].sharesWindows) {
      sharingWindows |= uint64_t(1) << here.level;
      sharing += uint32_t(1) << 8 * index(Tensor::Input);
    }
  }
  before[maxLoops] = {trips.all(), {cuts}};
  spread[maxLoops] = {
      copies, strange.all(), alone.all(), {sharing}, raggedCopies};
}

void DigitNest::findLastDigits() {
  forEachDim(ragged, [&](Dim dim) {
    uint32_t rest = facts.workload.size(dim) - 1;
    for (unsigned i = innermost[index(dim)]; i != none; i = loops[i].outer) {
      uint32_t bound = loops[i].bound;
      loops[i].last = rest % bound;
      rest /= bound;
    }
  });
}

int64_t DigitNest::states(Dim dim, Mask tensor, unsigned cut,
                          const Place &place) const {
  int64_t inside = 1, count = 1;
  for (unsigned i = innermost[index(dim)]; i != none; i = loops[i].outer) {
    const DigitLoop &loop = loops[i];
    if (loop.level >= place.child)
      continue;
    bool free = isFree(loop, i, cut, place);
    if (!loop.temporal && loop.level >= place.top)
      free = !isShared(loop, tensor);
    if (free) {
      count += loop.last * inside;
      inside *= loop.bound;
    } else if (loop.last > 0) {
      count = inside;
    }
  }
  return count;
}

int64_t DigitNest::indices(Dim dim, const Place &place, bool states) const {
  int64_t inside = 1, count = 1;
  for (unsigned i = innermost[index(dim)]; i != none; i = loops[i].outer) {
    const DigitLoop &loop = loops[i];
    bool inTile = loop.level >= place.child;
    if (inTile && states)
      continue;
    if (inTile || isFree(loop, i, maxLoops, place)) {
      count += loop.last * inside;
      inside *= loop.bound;
    } else if (loop.last > 0) {
      count = inside;
    }
  }
  return count;
}

int64_t DigitNest::kept(Dim dim, unsigned cut, const Place &place,
                        bool states) const {
  // A tile has one value in the loops that start again if it begins less than
  // the step of the innermost of these before the last index: so its digits
  // from there outwards are those of the last index, or one less where the
  // digits inside are more.
  int64_t tile = 1, edge = 1, all = 1, upToLast = 1;
  bool starts = false, same = true, less = true, borrows = true, hasLast = true;
  for (unsigned i = innermost[index(dim)]; i != none; i = loops[i].outer) {
    const DigitLoop &loop = loops[i];
    if (loop.level >= place.child) {
      edge += loop.last * tile;
      tile *= loop.bound;
      continue;
    }
    bool free = isFree(loop, i, cut, place);
    starts |= loop.temporal && !free;
    if (starts) {
      int64_t digit = loop.last - borrows;
      borrows = digit < 0;
      same &= free || loop.last == 0;
      less &= free || digit == 0;
    } else if (free) {
      upToLast += loop.last * all;
      all *= loop.bound;
    } else if (loop.last > 0) {
      upToLast = all;
      hasLast = false;
    }
  }
  if (states)
    tile = edge = 1;
  int64_t elements = 0;
  if (same)
    elements = upToLast * tile - (hasLast ? tile - edge : 0);
  if (less && !borrows)
    elements += (all - upToLast) * tile;
  return elements;
}

bool DigitNest::hasTemporal(Dim dim, unsigned from, unsigned child) const {
  for (unsigned i = innermost[index(dim)]; i != none && i >= from;
       i = loops[i].outer)
    if (loops[i].temporal && loops[i].level < child)
      return true;
  return false;
}

int64_t DigitNest::extent(Dim dim, unsigned level) const {
  int64_t extent = 1;
  for (unsigned i = innermost[index(dim)]; i != none && loops[i].level >= level;
       i = loops[i].outer)
    extent *= loops[i].bound;
  return std::min(extent, facts.workload.size(dim));
}

int64_t DigitNest::computeSteps() const {
  // Each dim is strange to one tensor at most.
  const Before &all = before[maxLoops];
  int64_t steps = all.trips[0] * all.trips[1] * all.trips[2] * all.trips[3];
  uint8_t compute = facts.compute;
  Place place = {compute, compute, true};
  forEachDim(ragged,
             [&](Dim dim) { steps *= states(dim, 0, maxLoops, place); });
  return steps;
}

int64_t DigitNest::instances(unsigned level) const {
  int64_t copies = spread[spatialAbove[level]].all;
  Place place = {uint8_t(level), uint8_t(level), false};
  forEachDim(raggedAbove(level),
             [&](Dim dim) { copies *= states(dim, 0, 0, place); });
  return copies;
}

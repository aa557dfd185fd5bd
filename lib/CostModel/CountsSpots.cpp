//===- CountsSpots.cpp - Elements that have the same timeline ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Elements whose digits agree in which loops can still advance, and which are
// at their start, go through the same. Between two loops of reductions it only
// matters whether all loops of the outputs are at their start, and which is the
// innermost that can advance; so there are few kinds of elements.
//
//===----------------------------------------------------------------------===//

#include "CountsTimeline.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// By segment of loops: at the start, innermost that advances for the child,
/// and for the parent (0: none).
using Kind = std::string;

struct Sort {
  int64_t elements = 0;
  Spot spot; ///< an example
};
using Sorts = std::map<Kind, Sort>;

/// Copies of `top` along one dim that see the same, and the elements there; of
/// a reduction, just the place.
struct CopySort {
  int64_t copies = 0;
  Sorts sorts;
};

class Sorter {
public:
  Sorter(const Nest &nest, const Link &link, const Question &question)
      : nest(nest), link(link), question(question),
        outputs(nest.relevantDims(link.tensor)), clock(nest, link),
        siblings(nest, question) {
    segments();
  }
  Arrivals run();

private:
  void segments();
  Kind kind(Dim dim, const Spot &spot) const;
  Sorts elements(Dim dim, Spot spot) const;
  template <typename Fn>
  void visit(Dim dim, size_t loop, int64_t times, const Spot &spot,
             Fn fn) const;
  Sorts combined(const Sorts &a, const Sorts &b) const;
  void choose(size_t dim, int64_t copies, const Sorts &sorts, Kind key);

  const Nest &nest;
  const Link link;
  const Question question;
  const DimSet outputs;
  Clock clock;
  Siblings siblings;
  llvm::SmallVector<unsigned, 16> segmentOf; // by hand
  unsigned segmentCount = 0;
  std::vector<std::vector<CopySort>> dims;
  std::map<std::pair<Kind, Kind>, Arrivals> known;
  Arrivals result;
};
} // namespace

void Sorter::segments() {
  for (unsigned i = 0; i < clock.aboveChild; ++i) {
    if (i > 0 && (i == clock.aboveParent ||
                  clock.hands[i].relevant != clock.hands[i - 1].relevant))
      ++segmentCount;
    segmentOf.push_back(segmentCount);
  }
  ++segmentCount;
}

Kind Sorter::kind(Dim dim, const Spot &spot) const {
  Kind kind(3 * segmentCount, 0);
  int64_t size = nest.workload.size(dim), child = spot.child[index(dim)],
          parent = spot.parent[index(dim)];
  for (unsigned s = 0; s < segmentCount; ++s)
    kind[3 * s] = 1;
  for (unsigned i = 0; i < clock.aboveChild; ++i) {
    const NestLoop &loop = clock.hands[i].loop;
    if (loop.dim != dim)
      continue;
    char *flags = &kind[3 * segmentOf[i]];
    int64_t next = (spot.digits[i] + 1) * loop.step;
    bool last = spot.digits[i] + 1 == loop.bound;
    flags[0] &= spot.digits[i] == 0;
    if (!last && child + next < size)
      flags[1] = i + 1;
    if (!last && i < clock.aboveParent && parent + next < size)
      flags[2] = i + 1;
    child += spot.digits[i] * loop.step;
    parent += spot.digits[i] * loop.step;
  }
  return kind;
}

/// Visits the digits of the dim's loops above the child, equal ones together:
/// what matters of a digit is whether it is the first or the last, and how it
/// compares with the digit of the dim's last index.
template <typename Fn>
void Sorter::visit(Dim dim, size_t i, int64_t times, const Spot &spot,
                   Fn fn) const {
  auto skips = [&](const NestLoop &loop) {
    return loop.dim != dim || (!loop.temporal && loop.level < question.top);
  };
  while (i < nest.loops.size() && skips(nest.loops[i]))
    ++i;
  if (i == nest.loops.size() || nest.loops[i].level >= link.child)
    return fn(spot, times);
  const NestLoop &loop = nest.loops[i];
  int64_t last = (nest.workload.size(dim) - 1) / loop.step % loop.bound;
  llvm::SmallVector<int64_t, 8> starts = {0, 1, loop.bound - 1, loop.bound};
  for (int64_t near = last - 1; near <= last + 2; ++near)
    starts.push_back(std::clamp<int64_t>(near, 0, loop.bound));
  llvm::sort(starts);
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  unsigned hand =
      llvm::count_if(llvm::ArrayRef(nest.loops).take_front(i),
                     [](const NestLoop &loop) { return loop.temporal; });
  for (size_t s = 0; s + 1 < starts.size(); ++s) {
    Spot inner = spot;
    if (loop.temporal)
      inner.digits[hand] = starts[s];
    else
      inner.child[index(dim)] += starts[s] * loop.step;
    visit(dim, i + 1, times * (starts[s + 1] - starts[s]), inner, fn);
  }
}

/// The elements along a dim of the outputs, from the start of a copy.
Sorts Sorter::elements(Dim dim, Spot start) const {
  Sorts sorts;
  int64_t tile = nest.extent(dim, link.child);
  visit(dim, 0, 1, start, [&](const Spot &spot, int64_t times) {
    int64_t at = spot.child[index(dim)];
    for (unsigned i = 0; i < clock.aboveChild; ++i)
      if (clock.hands[i].loop.dim == dim)
        at += spot.digits[i] * clock.hands[i].loop.step;
    int64_t elements = std::min(tile, nest.workload.size(dim) - at);
    if (elements <= 0)
      return;
    Sort &sort = sorts[kind(dim, spot)];
    sort.elements += times * elements;
    sort.spot = spot;
  });
  return sorts;
}

static Spot joined(Spot a, const Spot &b) {
  for (size_t i = 0; i < a.digits.size(); ++i)
    a.digits[i] += b.digits[i];
  for (unsigned d = 0; d < numDims; ++d) {
    a.child[d] += b.child[d];
    a.parent[d] += b.parent[d];
  }
  return a;
}

Sorts Sorter::combined(const Sorts &a, const Sorts &b) const {
  Sorts result;
  for (const auto &[kindA, sortA] : a)
    for (const auto &[kindB, sortB] : b) {
      Kind kind = kindA;
      for (unsigned s = 0; s < segmentCount; ++s) {
        kind[3 * s] &= kindB[3 * s];
        for (unsigned i = 1; i < 3; ++i)
          kind[3 * s + i] = std::max(kind[3 * s + i], kindB[3 * s + i]);
      }
      Sort &sort = result[kind];
      sort.elements += sortA.elements * sortB.elements;
      sort.spot = joined(sortA.spot, sortB.spot);
    }
  return result;
}

void Sorter::choose(size_t d, int64_t copies, const Sorts &sorts, Kind key) {
  if (d == dims.size()) {
    Arrivals sum;
    for (const auto &[kind, sort] : sorts) {
      auto [found, isNew] = known.try_emplace({kind, key});
      if (isNew)
        found->second = follow(nest, link, clock, siblings, sort.spot);
      sum.all += sort.elements * found->second.all;
      sum.again += sort.elements * found->second.again;
    }
    result.all += copies * sum.all;
    result.again += copies * sum.again;
    return;
  }
  bool isOutput = outputs.contains(allDims[d]);
  for (auto [i, copy] : llvm::enumerate(dims[d])) {
    if (isOutput) {
      choose(d + 1, copies * copy.copies, combined(sorts, copy.sorts), key);
      continue;
    }
    Sorts moved = sorts;
    for (auto &[kind, sort] : moved)
      sort.spot = joined(sort.spot, copy.sorts.begin()->second.spot);
    choose(d + 1, copies * copy.copies, moved, key + char(i));
  }
}

Arrivals Sorter::run() {
  Sort origin;
  origin.elements = 1;
  origin.spot.digits.assign(clock.aboveChild, 0);
  for (Dim dim : allDims) {
    auto &list = dims.emplace_back();
    std::vector<CopyClass> copies;
    if (question.one && !question.at.empty())
      copies = {copyAt(nest, dim, question.top, link.parent, question.at)};
    else if (question.one)
      copies = {CopyClass{1, 0, 0, {}}};
    else
      copies = copyClasses(nest, dim, question.top, link.parent);
    for (const CopyClass &copy : copies) {
      Spot start = origin.spot;
      start.child[index(dim)] = copy.start;
      start.parent[index(dim)] = copy.parentStart;
      if (outputs.contains(dim))
        list.push_back({copy.copies, elements(dim, start)});
      else
        list.push_back({copy.copies, {{"", {1, start}}}});
    }
  }
  Kind none(3 * segmentCount, 0);
  for (unsigned s = 0; s < segmentCount; ++s)
    none[3 * s] = 1;
  choose(0, 1, {{none, origin}}, "");
  return result;
}

Arrivals ohas::cost::counting::countTimelines(const Nest &nest,
                                              const Link &link,
                                              const Question &question) {
  return Sorter(nest, link, question).run();
}

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

/// Copies of `top` along one dim that see the same.
struct CopySort {
  int64_t copies = 0;
  Sorts sorts;
};

class Sorter {
public:
  Sorter(const Nest &nest, const Link &link, unsigned top)
      : nest(nest), link(link), top(top), clock(nest, link),
        siblings(nest, {link.tensor, link.child, top, false, {}}) {
    segments();
  }
  TimelineCounts run();

private:
  void segments();
  Kind kind(Dim dim, const Spot &spot) const;
  std::vector<CopySort> relevant(Dim dim) const;
  std::vector<CopySort> reduction(Dim dim) const;
  template <typename Fn>
  void visit(Dim dim, size_t loop, int64_t times, Spot &spot, Digits &copy,
             Fn fn) const;
  Sorts combined(const Sorts &a, const Sorts &b) const;
  void choose(size_t dim, int64_t copies, const Sorts &sorts, Kind key);

  const Nest &nest;
  const Link link;
  const unsigned top;
  Clock clock;
  Siblings siblings;
  llvm::SmallVector<unsigned, 16> segmentOf; // by hand
  unsigned segmentCount = 0;
  std::vector<std::vector<CopySort>> dims;
  std::map<std::pair<Kind, Kind>, Arrivals> known;
  TimelineCounts result;
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
void Sorter::visit(Dim dim, size_t i, int64_t times, Spot &spot, Digits &copy,
                   Fn fn) const {
  while (i < nest.loops.size() && nest.loops[i].dim != dim)
    ++i;
  if (i == nest.loops.size() || nest.loops[i].level >= link.child)
    return fn(times);
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
    int64_t digit = starts[s], same = starts[s + 1] - digit;
    Spot inner = spot;
    Digits innerCopy = copy;
    if (loop.temporal) {
      inner.digits[hand] = digit;
    } else {
      inner.child[index(dim)] += digit * loop.step;
      if (loop.level < link.parent)
        inner.parent[index(dim)] += digit * loop.step;
      if (loop.level < top)
        innerCopy.push_back(digit);
    }
    std::swap(inner, spot);
    std::swap(innerCopy, copy);
    visit(dim, i + 1, times * same, spot, copy, fn);
    std::swap(inner, spot);
    std::swap(innerCopy, copy);
  }
}

std::vector<CopySort> Sorter::relevant(Dim dim) const {
  struct Seen {
    int64_t copies = 1;
    Sorts sorts;
  };
  std::map<std::vector<int64_t>, Seen> byCopy;
  int64_t tile = nest.extent(dim, link.child);
  Spot spot;
  spot.digits.assign(clock.aboveChild, 0);
  Digits copy;
  visit(dim, 0, 1, spot, copy, [&](int64_t times) {
    int64_t at = spot.child[index(dim)];
    for (unsigned i = 0; i < clock.aboveChild; ++i)
      if (clock.hands[i].loop.dim == dim)
        at += spot.digits[i] * clock.hands[i].loop.step;
    int64_t elements = std::min(tile, nest.workload.size(dim) - at);
    if (elements <= 0)
      return;
    Sort &sort = byCopy[{copy.begin(), copy.end()}].sorts[kind(dim, spot)];
    sort.elements += times * elements;
    sort.spot = spot;
  });
  // Digits of `top` that were visited together count once a copy.
  std::map<std::vector<std::pair<Kind, int64_t>>, CopySort> distinct;
  for (auto &[digits, seen] : byCopy) {
    int64_t copies = 1;
    size_t d = 0;
    for (const NestLoop &loop : nest.loops) {
      if (loop.temporal || loop.dim != dim || loop.level >= top)
        continue;
      int64_t last = (nest.workload.size(dim) - 1) / loop.step % loop.bound;
      int64_t end = loop.bound;
      for (int64_t start :
           {int64_t(1), last - 1, last, last + 1, last + 2, loop.bound - 1})
        if (start > digits[d])
          end = std::min(end, start);
      copies *= end - digits[d++];
    }
    std::vector<std::pair<Kind, int64_t>> histogram;
    for (auto &[kind, sort] : seen.sorts) {
      sort.elements /= copies;
      histogram.emplace_back(kind, sort.elements);
    }
    CopySort &entry = distinct[histogram];
    entry.copies += copies;
    entry.sorts = seen.sorts;
  }
  std::vector<CopySort> result;
  for (auto &[histogram, entry] : distinct)
    result.push_back(std::move(entry));
  return result;
}

/// Copies of `top` along a reduction: those that see every index are alike.
std::vector<CopySort> Sorter::reduction(Dim dim) const {
  int64_t size = nest.workload.size(dim), reach = 1;
  llvm::SmallVector<std::pair<int64_t, int64_t>, 8> starts = {{0, 0}};
  for (const NestLoop &loop : nest.loops) {
    if (loop.dim != dim)
      continue;
    if (loop.temporal || loop.level >= top) {
      reach += (loop.bound - 1) * loop.step;
      continue;
    }
    auto outer = starts;
    starts.clear();
    for (auto [start, parent] : outer)
      for (int64_t v = 0; v < loop.bound && start + v * loop.step < size; ++v)
        starts.push_back({start + v * loop.step,
                          parent + (loop.level < link.parent) * v * loop.step});
  }
  std::map<std::pair<int64_t, int64_t>, CopySort> byRest;
  for (auto [start, parent] : starts) {
    CopySort &sort =
        byRest[{std::min(size - start, reach), std::min(size - parent, reach)}];
    Sort &one =
        sort.sorts[std::to_string(std::min(size - start, reach)) + "/" +
                   std::to_string(std::min(size - parent, reach)) + " "];
    ++sort.copies;
    one.elements = 1;
    one.spot.digits.assign(clock.aboveChild, 0);
    one.spot.child[index(dim)] = start;
    one.spot.parent[index(dim)] = parent;
  }
  std::vector<CopySort> result;
  for (auto &[rest, sort] : byRest)
    result.push_back(sort);
  return result;
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
    result.all.all += copies * sum.all;
    result.all.again += copies * sum.again;
    result.busiest.all = std::max(result.busiest.all, sum.all);
    result.busiest.again = std::max(result.busiest.again, sum.again);
    return;
  }
  bool isRelevant =
      nest.workload.relevantDims(link.tensor).contains(allDims[d]);
  for (const CopySort &copy : dims[d]) {
    if (isRelevant) {
      choose(d + 1, copies * copy.copies, combined(sorts, copy.sorts), key);
      continue;
    }
    Sorts moved = sorts;
    const auto &[name, one] = *copy.sorts.begin();
    for (auto &[kind, sort] : moved)
      sort.spot = joined(sort.spot, one.spot);
    choose(d + 1, copies * copy.copies, moved, key + name);
  }
}

TimelineCounts Sorter::run() {
  DimSet outputs = nest.workload.relevantDims(link.tensor);
  for (Dim dim : allDims)
    dims.push_back(outputs.contains(dim) ? relevant(dim) : reduction(dim));
  Kind none(3 * segmentCount, 0);
  for (unsigned s = 0; s < segmentCount; ++s)
    none[3 * s] = 1;
  Sorts start;
  start[none].elements = 1;
  start[none].spot.digits.assign(clock.aboveChild, 0);
  choose(0, 1, start, "");
  return result;
}

TimelineCounts ohas::cost::counting::countTimelines(const Nest &nest,
                                                    const Link &link,
                                                    unsigned top) {
  return Sorter(nest, link, top).run();
}

//===- CountsTimeline.cpp - Partial sums of one element in time -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsTimeline.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

/// After the last step.
static constexpr int64_t theEnd = std::numeric_limits<int64_t>::max();

Clock::Clock(const Nest &nest, const Link &link) {
  DimSet dims = nest.relevantDims(link.tensor);
  for (const NestLoop &loop : nest.loops) {
    if (!loop.temporal)
      continue;
    hands.push_back({loop, 1, dims.contains(loop.dim)});
    aboveParent += loop.level < link.parent;
    aboveChild += loop.level < link.child;
  }
  for (size_t i = hands.size(); i-- > 1;)
    hands[i - 1].weight = hands[i].weight * hands[i].loop.bound;
}

Siblings::Siblings(const Nest &nest, const Question &question) {
  starts.emplace_back();
  starts.back().fill(0);
  DimSet dims = nest.relevantDims(question.tensor);
  for (const NestLoop &loop : nest.loops) {
    if (loop.temporal || loop.level < question.top ||
        loop.level >= question.child || dims.contains(loop.dim))
      continue;
    loops.push_back({loop.bound, question.shares(nest, loop)});
    llvm::SmallVector<Starts, 8> outer(std::move(starts));
    starts.clear();
    for (Starts start : outer)
      for (int64_t v = 0; v < loop.bound;
           ++v, start[index(loop.dim)] += loop.step)
        starts.push_back(start);
  }
}

int64_t Siblings::merged(llvm::ArrayRef<bool> present) const {
  llvm::SmallVector<int64_t, 8> values(present.begin(), present.end());
  for (const Copies &loop : llvm::reverse(loops)) {
    size_t groups = values.size() / loop.bound;
    for (size_t g = 0; g < groups; ++g) {
      int64_t result = 0;
      for (int64_t v = 0; v < loop.bound; ++v) {
        int64_t value = values[g * loop.bound + v];
        result = loop.shares ? std::max(result, value) : result + value;
      }
      values[g] = result;
    }
    values.resize(groups);
  }
  return values.front();
}

namespace {
/// The walk of one copy through time.
struct Walker {
  const Nest &nest;
  const Clock &clock;
  const Spot &spot;
  Starts starts;
  Digits digits;

  bool exists() const {
    return llvm::all_of(
        allDims, [&](Dim dim) { return at(dim) < nest.workload.size(dim); });
  }
  int64_t at(Dim dim) const {
    int64_t at = starts[index(dim)];
    for (auto [digit, hand] : llvm::zip(digits, clock.hands))
      if (hand.loop.dim == dim)
        at += digit * hand.loop.step;
    return at;
  }
  int64_t time() const {
    int64_t time = 0;
    for (auto [digit, hand] : llvm::zip(digits, clock.hands))
      time += digit * hand.weight;
    return time;
  }
  /// At the element's own digits, so that its tile is there?
  bool isThere() const {
    for (auto [digit, hand, own] :
         llvm::zip_first(digits, clock.hands, spot.digits))
      if (hand.relevant && digit != own)
        return false;
    return true;
  }
  /// The next step at which the copy works: over all hands that `digits` has,
  /// or over those of reductions, from the `outermost` on. False after the
  /// last.
  bool advance(bool reductionsOnly, size_t outermost = 0) {
    Starts now;
    for (Dim dim : allDims)
      now[index(dim)] = at(dim);
    for (size_t i = digits.size(); i-- > outermost;) {
      const Clock::Hand &hand = clock.hands[i];
      if (reductionsOnly && hand.relevant)
        continue;
      int64_t &outer = now[index(hand.loop.dim)];
      outer -= digits[i] * hand.loop.step;
      int64_t next = digits[i] + 1;
      if (next < hand.loop.bound &&
          outer + next * hand.loop.step < nest.workload.size(hand.loop.dim)) {
        digits[i] = next;
        return true;
      }
      digits[i] = 0;
    }
    return false;
  }
};

struct Event {
  int64_t time;
  bool full; ///< an integrator that is full, not a tile that leaves
  size_t sibling;
  bool operator<(const Event &other) const {
    return std::tie(time, full, sibling) <
           std::tie(other.time, other.full, other.sibling);
  }
};
} // namespace

/// Departures of the element from one copy of the child.
static void depart(Walker copy, size_t sibling, unsigned aboveChild,
                   std::optional<int64_t> limit,
                   llvm::SmallVectorImpl<Event> &events) {
  if (!copy.exists())
    return;
  int64_t waiting = 0;
  bool more = true;
  while (more) {
    if (limit) {
      // Every step at which the child's own loops touch the element.
      Walker inside = copy;
      inside.digits.resize(copy.clock.hands.size(), 0);
      do {
        if (++waiting == *limit) {
          events.push_back({inside.time(), true, sibling});
          waiting = 0;
        }
      } while (inside.advance(true, aboveChild));
    }
    Walker next = copy;
    bool ends = !next.advance(false);
    if (ends || !next.isThere()) {
      if (!limit || waiting)
        events.push_back({ends ? theEnd : next.time(), false, sibling});
      waiting = 0;
    }
    more = copy.advance(true);
  }
}

/// The first step, from `time` on, at which the parent has no place for the
/// element any more.
static int64_t placeEnds(Walker parent, const Clock &clock, int64_t time) {
  for (unsigned i = 0; i < clock.aboveParent; ++i) {
    parent.digits.push_back(time / clock.hands[i].weight);
    time %= clock.hands[i].weight;
  }
  if (!parent.isThere())
    return parent.time() + time;
  while (parent.advance(false))
    if (!parent.isThere())
      return parent.time();
  return theEnd;
}

Arrivals ohas::cost::counting::follow(const Nest &nest, const Link &link,
                                      const Clock &clock,
                                      const Siblings &siblings,
                                      const Spot &spot) {
  auto limit = nest.accelerator.levels[link.child].accumulateLimit;
  llvm::SmallVector<Event, 32> events;
  for (auto [i, start] : llvm::enumerate(siblings.starts)) {
    Walker copy = {nest, clock, spot, spot.child, spot.digits};
    for (Dim dim : allDims)
      copy.starts[index(dim)] += start[index(dim)];
    depart(copy, i, clock.aboveChild, limit, events);
  }
  llvm::sort(events);

  Arrivals arrivals;
  int64_t place = -1; // the element is in the parent's sums until then
  for (size_t i = 0; i < events.size();) {
    Event event = events[i];
    llvm::SmallVector<bool, 8> present(siblings.starts.size(), false);
    for (; i < events.size() && events[i].time == event.time &&
           events[i].full == event.full;
         ++i)
      present[events[i].sibling] = true;
    int64_t merged = siblings.merged(present);
    arrivals.all += merged;
    bool landed = place >= event.time;
    arrivals.again += landed ? merged : merged - 1;
    if (!landed || place == event.time)
      place = event.time == theEnd
                  ? theEnd
                  : placeEnds({nest, clock, spot, spot.parent, {}}, clock,
                              event.time);
  }
  return arrivals;
}

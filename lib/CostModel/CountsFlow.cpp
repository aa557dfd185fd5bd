//===- CountsFlow.cpp - What a tensor does between two levels ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsFlow.h"
#include "CountsTimeline.h"
#include "CountsTraffic.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

Flow::Flow(const Nest &nest, const Link &link)
    : nest(nest), link(link),
      isEven(nest.ragged.empty() && !nest.hasWindow(link.tensor)) {
  if (!fromMemory()) {
    how = EverySteps;
    return;
  }
  if (link.tensor != Tensor::Output) {
    how = Arriving;
    return;
  }
  how = hasClosedDepartures(nest, link) ? Departing : Timelines;
  inTime = nest.accelerator.levels[link.parent].accumulateLimit ||
           landsInTime(nest, link);
  if ((how == Timelines || !inTime) && nest.hasWindow(link.tensor)) {
    how = Enumerated;
    enumeration =
        std::make_unique<EnumeratedOutputs>(enumerateOutputs(nest, link));
  }
}

DimSet Flow::uneven(unsigned level, DimSet edges) const {
  if (edges.empty() || !inTime)
    return edges;
  const Level &place = nest.accelerator.levels[level];
  switch (how) {
  case EverySteps:
    if (place.kind == LevelKind::Converter && place.hold)
      return wavering(nest, ask(level, false, {}), edges);
    return {};
  case Departing:
    // Cut copies may let go of an element apart, and it is not merged then.
    if (level != link.child)
      return windowDims(nest, link.tensor, edges);
    [[fallthrough]];
  case Arriving:
    return returningDims(nest, link.tensor, link.child, edges);
  case Timelines:
  case Enumerated:
    break;
  }
  return edges;
}

int64_t Flow::enumerated(const EnumeratedOutputs::PerCopy &copies,
                         unsigned level, bool one,
                         llvm::ArrayRef<int64_t> at) const {
  std::vector<int64_t> copy;
  for (unsigned i = 0; i < nest.loops.size(); ++i)
    if (!nest.loops[i].temporal && nest.loops[i].level < level)
      copy.push_back(at.empty() ? 0 : at[i]);
  int64_t sum = 0;
  for (const auto &[digits, count] : copies)
    if (!one || digits == copy)
      sum += count;
  return sum;
}

int64_t Flow::crossing(unsigned level, bool one,
                       llvm::ArrayRef<int64_t> at) const {
  if (!at.empty())
    return count(level, one, at);
  const Level &place = nest.accelerator.levels[level];
  bool hold = place.kind == LevelKind::Converter && place.hold;
  unsigned above = nest.spatialAbove[level];
  bool atChild = level == link.child;
  for (const Known &same : known)
    if (same.spatialLoopsAbove == above && same.one == one &&
        same.hold == hold && same.atChild == atChild)
      return same.crossing;
  known.push_back({above, one, hold, atChild, count(level, one, at)});
  return known.back().crossing;
}

int64_t Flow::traffic(const Question &question) const {
  auto count = [&] {
    Traffic traffic(nest, question);
    return how == EverySteps ? traffic.everyStep()
           : how == Arriving ? traffic.arrivals()
                             : traffic.departures();
  };
  if (!isEven)
    return count();
  int64_t copies = evenCopies(nest, question);
  if (!perCopy)
    perCopy = count() / copies;
  return *perCopy * copies;
}

int64_t Flow::count(unsigned level, bool one,
                    llvm::ArrayRef<int64_t> at) const {
  Question question = ask(level, one, at);
  const Level &place = nest.accelerator.levels[level];
  switch (how) {
  case EverySteps:
    if (place.kind == LevelKind::Converter && place.hold)
      return heldConversions(nest, question);
    return traffic(question);
  case Arriving:
    return traffic(question);
  case Departing:
    if (nest.accelerator.levels[link.child].accumulateLimit)
      return counting::departures(nest, question);
    return traffic(question);
  case Timelines:
    // Between the child and itself, nothing is added up.
    if (level == link.child)
      return counting::departures(nest, question);
    return countTimelines(nest, link, question).all;
  case Enumerated:
    break;
  }
  return enumerated(enumeration->crossing[level], level, one, at);
}

int64_t Flow::again(int64_t arrivals, bool one,
                    llvm::ArrayRef<int64_t> at) const {
  if (how == Enumerated)
    return enumerated(enumeration->again, link.parent, one, at);
  if (!inTime)
    return countTimelines(nest, link, ask(link.parent, one, at)).again;
  // The first partial sum of an element's stay in the parent needs no read.
  Question stays = {link.tensor, link.parent, link.parent, one, at};
  return arrivals - Traffic(nest, stays).arrivals();
}

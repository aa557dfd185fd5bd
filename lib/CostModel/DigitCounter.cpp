//===- DigitCounter.cpp - Counts for a cost, from digits --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitCounter.h"
#include "CountsChain.h"
#include "CountsWindow.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

bool DigitCounter::run() {
  if (!facts.isCovered || !nest.build(mapping))
    return false;
  for (unsigned level = 0; level < facts.compute; ++level)
    if (facts.levels[level].kind == LevelKind::Converter)
      levels[level].conversions = levels[level].busiestConversions = 0;
  for (Tensor tensor : allTensors)
    if (!addTensor(tensor))
      return false;
  computeCycles = nest.computeSteps();
  for (unsigned level = 0; level <= facts.compute; ++level)
    if (facts.levels[level].needsInstances)
      levels[level].instances = nest.instances(level);
  findComplete();
  return true;
}

void DigitCounter::findComplete() {
  Mask outputs = facts.relevant[index(Tensor::Output)];
  completeFrom = facts.compute;
  integratorsOverflow = false;
  for (unsigned i = nest.begin; i < DigitNest::maxLoops; ++i)
    if (const DigitLoop &loop = nest.loops[i]; !(outputs & maskOf(loop.dim))) {
      completeFrom = loop.level;
      break;
    }
  for (unsigned level = 0; level < facts.compute; ++level) {
    if (!facts.levels[level].integrates ||
        !mapping.levels[level].kept.contains(Tensor::Output))
      continue;
    int64_t steps = 1;
    for (unsigned i = nest.above[level].loops; i < DigitNest::maxLoops; ++i)
      if (const DigitLoop &loop = nest.loops[i];
          loop.temporal && !(outputs & maskOf(loop.dim)))
        steps *= loop.bound;
    integratorsOverflow |= steps > facts.levels[level].limit;
  }
}

bool DigitCounter::addTensor(Tensor tensor) {
  Span span = traffic.start(), parentSpan = span;
  std::optional<unsigned> parent;
  for (unsigned level = 0; level <= facts.compute; ++level) {
    const NestFacts::LevelFacts &here = facts.levels[level];
    bool keeps = here.kind == LevelKind::Memory &&
                 mapping.levels[level].kept.contains(tensor);
    if (!keeps && level != facts.compute)
      continue;
    traffic.grow(span, tensor, level);
    TensorCount &count = levels[level].tensors[index(tensor)];
    count.reads = count.fills = count.updates = 0;
    count.busiestReads = count.busiestWrites = 0;
    if (keeps && here.needed.residency && tensor != Tensor::Output &&
        !residency(tensor, level, span))
      return false;
    if (parent && !addFlow({tensor, *parent, level, span}, parentSpan))
      return false;
    parent = level;
    parentSpan = span;
  }
  return true;
}

/// Is every copy of the child at work when the tile of its parent changes?
bool DigitCounter::landsInTime(unsigned parent, unsigned child) const {
  for (Dim dim : allDims) {
    if (!(nest.ragged & maskOf(dim)))
      continue;
    int64_t last = 1, reach = 0;
    bool advances = false;
    for (unsigned i = nest.innermost[index(dim)]; i != DigitNest::none;
         i = nest.loops[i].outer) {
      const DigitLoop &loop = nest.loops[i];
      advances |= loop.level < parent;
      if (loop.level < parent)
        break;
      last += loop.last * loop.step;
      if (!loop.temporal && loop.level < child)
        reach += (loop.bound - 1) * loop.step;
    }
    if (advances && reach >= last)
      return false;
  }
  return true;
}

bool DigitCounter::isCounted(const Link &link) const {
  unsigned spatialAbove = nest.above[link.child].spatialLoops;
  if (link.tensor == Tensor::Input && facts.windowed)
    for (unsigned s = 0; s < spatialAbove; ++s)
      if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
          (facts.windowed & maskOf(loop.dim)) &&
          facts.levels[loop.level].sharesWindows)
        return false;
  if (link.tensor != Tensor::Output || link.child == facts.compute ||
      !nest.ragged)
    return true;
  // Copies that are added up must have worked equally long.
  if (facts.levels[link.child].integrates)
    for (unsigned s = nest.above[link.parent].spatialLoops; s < spatialAbove;
         ++s)
      if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
          (nest.ragged & ~facts.relevant[index(Tensor::Output)] &
           maskOf(loop.dim)) &&
          nest.isShared(loop, Tensor::Output))
        return false;
  return facts.levels[link.parent].integrates ||
         landsInTime(link.parent, link.child);
}

/// May a copy of the level be busier than the first, as the tile of its child
/// at an edge may be without an element for a while?
bool DigitCounter::mayReturn(Tensor tensor, unsigned child,
                             unsigned level) const {
  if (tensor != Tensor::Input)
    return false;
  Mask edges = nest.ragged & facts.windowed & nest.above[level].spatialDims;
  if (!edges)
    return false;
  for (const WindowFacts &window : facts.windows) {
    bool position = edges & maskOf(window.position);
    bool kernel = edges & maskOf(window.kernel);
    if (position && kernel)
      return true;
    if (position && (window.dilation != 1 ||
                     nest.hasTemporal(window.kernel, nest.begin, child)))
      return true;
    if (kernel && (window.stride != 1 ||
                   nest.hasTemporal(window.position, nest.begin, child)))
      return true;
  }
  return false;
}

bool DigitCounter::presentsTiles(Tensor tensor, unsigned level) const {
  if (nest.ragged)
    return false;
  if (tensor == Tensor::Input)
    for (unsigned s = nest.above[level].spatialLoops,
                  end = nest.above[facts.compute].spatialLoops;
         s < end; ++s)
      if (facts.windowed & maskOf(nest.loops[nest.spatial[s]].dim))
        return false;
  return true;
}

/// What leaves an integrator: each stay of L steps ceil(L / limit) times.
int64_t DigitCounter::integrated(const Link &link, const Place &place) {
  int64_t limit = facts.levels[link.child].limit, steps = 1;
  Mask outputs = facts.relevant[index(Tensor::Output)];
  for (unsigned i = link.span.cut; i < DigitNest::maxLoops; ++i)
    if (const DigitLoop &loop = nest.loops[i];
        loop.temporal && !(outputs & maskOf(loop.dim)))
      steps *= loop.bound;
  // Some tiles at a ragged edge stay longer.
  bool alike = link.span.cut == nest.begin ||
               !nest.mayBeSingle(nest.loops[link.span.cut - 1]);
  if (alike && steps <= limit)
    return traffic.arrivals(place, link.span);
  if (!nest.ragged)
    return traffic.arrivals(place, link.span) * ((steps - 1) / limit + 1);
  if (!general)
    general.emplace(facts.workload, facts.accelerator, mapping);
  return departures(*general,
                    {place.tensor, place.child, place.top, place.one, {}});
}

bool DigitCounter::crossing(const Link &link, const Place &place,
                            int64_t &count) {
  const NestFacts::LevelFacts &child = facts.levels[link.child];
  if (link.child != facts.compute) {
    count = child.integrates && link.tensor == Tensor::Output
                ? integrated(link, place)
                : traffic.arrivals(place, link.span);
    return true;
  }
  const NestFacts::LevelFacts &level = facts.levels[place.top];
  if (level.kind == LevelKind::Converter && level.hold) {
    if (!presentsTiles(link.tensor, place.top))
      return false;
    count = traffic.arrivals(place, link.span);
    return true;
  }
  count = traffic.everyStep(place, link.span);
  return true;
}

bool DigitCounter::crossing(const Link &link, unsigned level, AmountNeeded what,
                            Amount &amount) {
  amount = {0, 0};
  if (!what.all && !what.busiest)
    return true;
  if (what.busiest && link.child != facts.compute &&
      mayReturn(link.tensor, link.child, level))
    return false;
  unsigned spatialLoops = nest.above[level].spatialLoops;
  bool held = link.child == facts.compute && facts.levels[level].hold;
  if (held || spatialLoops != last.spatialLoops) {
    last.hasAll = last.hasFirst = false;
    last.spatialLoops = held ? ~0u : spatialLoops;
  }
  Place place = {link.tensor, link.child, level, false};
  if (!last.hasAll && (what.all || spatialLoops == 0)) {
    if (!crossing(link, place, last.amount.all))
      return false;
    last.hasAll = true;
  }
  if (!last.hasFirst && what.busiest) {
    place.one = true;
    if (spatialLoops == 0)
      last.amount.first = last.amount.all;
    else if (!crossing(link, place, last.amount.first))
      return false;
    last.hasFirst = true;
  }
  if (what.all)
    amount.all = last.amount.all;
  if (what.busiest)
    amount.first = last.amount.first;
  return true;
}

bool DigitCounter::addFlow(const Link &link, const Span &parentSpan) {
  if (!isCounted(link))
    return false;
  last.spatialLoops = ~0u;
  auto [tensor, parent, child, span] = link;
  bool output = tensor == Tensor::Output, fromMemory = child != facts.compute;
  const Needed &parentNeeds = facts.levels[parent].needed;
  const Needed &childNeeds = facts.levels[child].needed;
  TensorCount &above = levels[parent].tensors[index(tensor)];
  TensorCount &below = levels[child].tensors[index(tensor)];
  AmountNeeded readsAgain = {false, false}, crosses = parentNeeds.reads;
  if (output) {
    crosses = parentNeeds.writes;
    if (!facts.levels[parent].integrates) {
      readsAgain = parentNeeds.reads;
      crosses.all |= readsAgain.all;
      crosses.busiest |= readsAgain.busiest;
    }
  }
  Amount amount;
  if (!crossing(link, parent, crosses, amount))
    return false;
  if (output) {
    above.updates = amount.all;
    above.busiestWrites = amount.first;
    // The first partial sum of an element's stay in the parent needs no read.
    Place place = {tensor, parent, parent, false};
    bool alone = nest.above[parent].spatialLoops == 0;
    int64_t stays = 0;
    if (readsAgain.all) {
      stays = traffic.arrivals(place, parentSpan);
      above.reads += amount.all - stays;
    }
    if (readsAgain.busiest) {
      place.one = true;
      if (!alone || !readsAgain.all)
        stays = traffic.arrivals(place, parentSpan);
      above.busiestReads += amount.first - stays;
    }
  } else {
    above.reads = amount.all;
    above.busiestReads = amount.first;
  }
  for (unsigned level = parent + 1; level < child; ++level) {
    const NestFacts::LevelFacts &converter = facts.levels[level];
    if (converter.kind != LevelKind::Converter ||
        converter.converts != index(tensor))
      continue;
    if (!crossing(link, level, converter.needed.conversions, amount))
      return false;
    levels[level].conversions = amount.all;
    levels[level].busiestConversions = amount.first;
  }
  if (!fromMemory)
    return true;
  if (!crossing(link, child, output ? childNeeds.reads : childNeeds.writes,
                amount))
    return false;
  if (output) {
    below.reads += amount.all;
    below.busiestReads += amount.first;
  } else {
    below.fills = amount.all;
    below.busiestWrites = amount.first;
  }
  return true;
}

bool DigitCounter::residency(Tensor tensor, unsigned level, const Span &span) {
  if (!isCounted({tensor, level, level, span}) ||
      mayReturn(tensor, level, level))
    return false;
  TensorCount &count = levels[level].tensors[index(tensor)];
  count.busiestChanges = traffic.changes({tensor, level, level, true}, span);
  auto extent = [&](Dim dim) {
    int64_t extent = 1;
    for (unsigned i = nest.innermost[index(dim)];
         i != DigitNest::none && nest.loops[i].level >= level;
         i = nest.loops[i].outer)
      extent *= nest.loops[i].bound;
    return std::min(extent, facts.workload.size(dim));
  };
  count.tile = 1;
  Mask windowed = tensor == Tensor::Input ? facts.windowed : 0;
  if (windowed)
    for (const WindowFacts &window : facts.windows)
      count.tile *=
          coordinates({0, extent(window.position), 0, extent(window.kernel)},
                      window.stride, window.dilation);
  for (Dim dim : allDims)
    if (facts.relevant[index(tensor)] & ~windowed & maskOf(dim))
      count.tile *= extent(dim);
  return true;
}

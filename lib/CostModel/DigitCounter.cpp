//===- DigitCounter.cpp - Counts for a cost, from digits --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitCounter.h"
#include "CountsWindow.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

bool DigitCounter::run() {
  if (!facts.isCovered || !nest.build(mapping))
    return false;
  for (Tensor tensor : allTensors)
    if (!addTensor(tensor))
      return false;
  computeCycles = nest.computeSteps();
  for (unsigned level : facts.countedInstances)
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
  for (unsigned level : facts.memories) {
    if (!facts.levels[level].integrates ||
        !mapping.levels[level].kept.contains(Tensor::Output))
      continue;
    int64_t steps = 1;
    for (unsigned i = nest.above[level]; i < DigitNest::maxLoops; ++i)
      if (const DigitLoop &loop = nest.loops[i];
          loop.temporal && !(outputs & maskOf(loop.dim)))
        steps *= loop.bound;
    integratorsOverflow |= steps > facts.levels[level].limit;
  }
}

bool DigitCounter::addTensor(Tensor tensor) {
  DigitTraffic traffic(nest, tensor);
  for (unsigned level : facts.converters[index(tensor)])
    levels[level].conversions = levels[level].busiestConversions = 0;
  std::optional<unsigned> parent;
  for (unsigned level : facts.memories) {
    if (!mapping.levels[level].kept.contains(tensor))
      continue;
    TensorCount &count = levels[level].tensors[index(tensor)];
    count.reads = count.fills = count.updates = 0;
    count.busiestReads = count.busiestWrites = 0;
    if (facts.levels[level].needed.residency && tensor != Tensor::Output &&
        !residency(tensor, traffic, level))
      return false;
    if (parent && !addFlow({tensor, *parent, level}, traffic))
      return false;
    parent = level;
  }
  return !parent || addFlow({tensor, *parent, facts.compute}, traffic);
}

/// Is every copy of the child at work when the tile of its parent changes?
bool DigitCounter::landsInTime(unsigned parent, unsigned child) const {
  for (Mask dims = nest.ragged; dims; dims &= dims - 1) {
    Dim dim = static_cast<Dim>(llvm::countr_zero(dims));
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
  unsigned spatialAbove = nest.spatialAbove[link.child];
  if (link.tensor == Tensor::Input && facts.windowed)
    for (unsigned s = nest.spatialBegin; s < spatialAbove; ++s)
      if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
          (facts.windowed & maskOf(loop.dim)) &&
          facts.levels[loop.level].sharesWindows)
        return false;
  if (link.tensor != Tensor::Output || link.child == facts.compute ||
      !nest.ragged)
    return true;
  // Copies that are added up must have worked equally long.
  if (facts.levels[link.child].integrates)
    for (unsigned s = nest.spatialAbove[link.parent]; s < spatialAbove; ++s)
      if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
          (nest.ragged & ~facts.relevant[index(Tensor::Output)] &
           maskOf(loop.dim)) &&
          nest.isShared(loop, maskOf(Tensor::Output)))
        return false;
  return facts.levels[link.parent].integrates ||
         landsInTime(link.parent, link.child);
}

/// May a copy of the level be busier than the first, as the tile of its child
/// at an edge may be without an element for a while?
bool DigitCounter::mayReturn(Tensor tensor, unsigned child,
                             unsigned level) const {
  if (tensor != Tensor::Input || !(nest.ragged & facts.windowed))
    return false;
  Mask edges = nest.ragged & facts.windowed & nest.spatialDims(level);
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
    for (unsigned s = nest.spatialAbove[level]; s < DigitNest::maxLoops; ++s)
      if (facts.windowed & maskOf(nest.loops[nest.spatial[s]].dim))
        return false;
  return true;
}

/// What leaves an integrator: each stay of L steps ceil(L / limit) times.
int64_t DigitCounter::integrated(const DigitTraffic &traffic,
                                 const Place &place) {
  int64_t limit = facts.levels[place.child].limit, steps = 1;
  Mask outputs = facts.relevant[index(Tensor::Output)];
  unsigned cut = traffic.cutAbove(place.child);
  for (unsigned i = cut; i < DigitNest::maxLoops; ++i)
    if (const DigitLoop &loop = nest.loops[i];
        loop.temporal && !(outputs & maskOf(loop.dim)))
      steps *= loop.bound;
  // Some tiles at a ragged edge stay longer.
  bool alike = cut == nest.begin || !nest.mayBeSingle(nest.loops[cut - 1]);
  if (alike && steps <= limit)
    return traffic.arrivals(place);
  if (!nest.ragged)
    return traffic.arrivals(place) * ((steps - 1) / limit + 1);
  if (!general)
    general.emplace(facts.workload, facts.accelerator, mapping);
  return departures(*general,
                    {Tensor::Output, place.child, place.top, place.one, {}});
}

bool DigitCounter::crossing(const Link &link, const DigitTraffic &traffic,
                            const Place &place, int64_t &count) {
  if (link.child != facts.compute) {
    bool integrates =
        link.tensor == Tensor::Output && facts.levels[link.child].integrates;
    count = integrates ? integrated(traffic, place) : traffic.arrivals(place);
    return true;
  }
  if (facts.levels[place.top].hold) {
    if (!presentsTiles(link.tensor, place.top))
      return false;
    count = traffic.arrivals(place);
    return true;
  }
  count = traffic.everyStep(place);
  return true;
}

bool DigitCounter::crossing(const Link &link, const DigitTraffic &traffic,
                            unsigned level, AmountNeeded what, Amount &amount) {
  constexpr unsigned unknown = ~0u;
  bool held = link.child == facts.compute && facts.levels[level].hold;
  if (held)
    last.shares = last.spatial = unknown;
  unsigned shares = traffic.sharesAbove(level);
  unsigned spatial = nest.spatialAbove[level];
  bool alone = spatial == nest.spatialBegin;
  amount = {0, 0};
  if (what.all || (what.busiest && alone)) {
    if (last.shares != shares &&
        !crossing(link, traffic, {link.child, level, false}, last.amount.all))
      return false;
    last.shares = shares;
    amount.all = last.amount.all;
  }
  if (what.busiest && !alone) {
    if (link.child != facts.compute &&
        mayReturn(link.tensor, link.child, level))
      return false;
    if (last.spatial != spatial &&
        !crossing(link, traffic, {link.child, level, true}, last.amount.first))
      return false;
    last.spatial = spatial;
    amount.first = last.amount.first;
  } else if (what.busiest) {
    amount.first = amount.all;
  }
  if (held)
    last.shares = last.spatial = unknown;
  return true;
}

bool DigitCounter::addFlow(const Link &link, const DigitTraffic &traffic) {
  if (!isCounted(link))
    return false;
  last.shares = last.spatial = ~0u;
  auto [tensor, parent, child] = link;
  bool output = tensor == Tensor::Output;
  const Needed &parentNeeds = facts.levels[parent].needed;
  TensorCount &above = levels[parent].tensors[index(tensor)];
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
  if (!crossing(link, traffic, parent, crosses, amount))
    return false;
  if (output) {
    above.updates = amount.all;
    above.busiestWrites = amount.first;
    // The first partial sum of an element's stay in the parent needs no read.
    int64_t stays = 0;
    if (readsAgain.all) {
      stays = traffic.arrivals({parent, parent, false});
      above.reads += amount.all - stays;
    }
    if (readsAgain.busiest) {
      if (nest.spatialAbove[parent] != nest.spatialBegin || !readsAgain.all)
        stays = traffic.arrivals({parent, parent, true});
      above.busiestReads += amount.first - stays;
    }
  } else {
    above.reads = amount.all;
    above.busiestReads = amount.first;
  }
  for (unsigned level : facts.converters[index(tensor)]) {
    if (level < parent || level > child)
      continue;
    if (!crossing(link, traffic, level, facts.levels[level].needed.conversions,
                  amount))
      return false;
    levels[level].conversions = amount.all;
    levels[level].busiestConversions = amount.first;
  }
  if (child == facts.compute)
    return true;
  const Needed &childNeeds = facts.levels[child].needed;
  if (!crossing(link, traffic, child,
                output ? childNeeds.reads : childNeeds.writes, amount))
    return false;
  TensorCount &below = levels[child].tensors[index(tensor)];
  if (output) {
    below.reads += amount.all;
    below.busiestReads += amount.first;
  } else {
    below.fills = amount.all;
    below.busiestWrites = amount.first;
  }
  return true;
}

bool DigitCounter::residency(Tensor tensor, const DigitTraffic &traffic,
                             unsigned level) {
  if (!isCounted({tensor, level, level}) || mayReturn(tensor, level, level))
    return false;
  TensorCount &count = levels[level].tensors[index(tensor)];
  count.busiestChanges = traffic.changes({level, level, true});
  count.tile = 1;
  Mask windowed = tensor == Tensor::Input ? facts.windowed : 0;
  if (windowed)
    for (const WindowFacts &window : facts.windows)
      count.tile *= coordinates({0, nest.extent(window.position, level), 0,
                                 nest.extent(window.kernel, level)},
                                window.stride, window.dilation);
  forEachDim(facts.relevant[index(tensor)] & ~windowed,
             [&](Dim dim) { count.tile *= nest.extent(dim, level); });
  return true;
}

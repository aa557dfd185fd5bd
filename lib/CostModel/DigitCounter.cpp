//===- DigitCounter.cpp - Counts for a cost, from digits --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitCounter.h"
#include "CountsWindow.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

Probes::Probes(const NestFacts &facts, Tensor tensor, Mask keeping)
    : keeping(keeping) {
  llvm::SmallVector<unsigned, 8> chain;
  for (auto [i, level] : llvm::enumerate(facts.memories))
    if (keeping >> i & 1)
      chain.push_back(level);
  constexpr uint16_t nowhere = DigitCounter::maxSlots;
  using Slots = std::array<uint16_t, 2>;
  auto add = [&](Probe::Kind kind, unsigned child, unsigned top,
                 AmountNeeded what, Slots allTo, Slots firstTo) {
    if (what.all || what.busiest)
      probes.push_back({kind, uint8_t(child), uint8_t(top), what.all,
                        what.busiest, allTo, firstTo});
  };
  bool output = tensor == Tensor::Output;
  auto slot = [&](unsigned level, Count what) {
    return uint16_t(facts.slotOf(level, tensor, what));
  };
  for (unsigned level : chain)
    if (facts.levels[level].needed.residency && !output)
      add(Probe::Changes, level, level, {false, true}, {nowhere, nowhere},
          {slot(level, Count::BusiestChanges), nowhere});
  chain.push_back(facts.compute);
  for (unsigned i = 1; i < chain.size(); ++i) {
    unsigned parent = chain[i - 1], child = chain[i];
    links.push_back({uint8_t(parent), uint8_t(child)});
    bool computes = child == facts.compute;
    Probe::Kind kind = computes ? Probe::EverySteps
                       : output && facts.levels[child].integrates
                           ? Probe::Integrated
                           : Probe::Arrivals;
    const Needed &needs = facts.levels[parent].needed;
    if (!output) {
      add(kind, child, parent, needs.reads,
          {slot(parent, Count::Reads), nowhere},
          {slot(parent, Count::BusiestReads), nowhere});
    } else {
      // Sums that arrive are read by those that are added to them: all but the
      // first of an element's stay.
      bool adds = !facts.levels[parent].integrates;
      AmountNeeded again = adds ? needs.reads : AmountNeeded{false, false};
      add(kind, child, parent,
          {needs.writes.all || again.all,
           needs.writes.busiest || again.busiest},
          {slot(parent, Count::Updates),
           again.all ? slot(parent, Count::Reads) : nowhere},
          {slot(parent, Count::BusiestWrites),
           again.busiest ? slot(parent, Count::BusiestReads) : nowhere});
      add(Probe::Stays, parent, parent, again,
          {slot(parent, Count::Reads), nowhere},
          {slot(parent, Count::BusiestReads), nowhere});
    }
    for (unsigned level : facts.converters[index(tensor)])
      if (level > parent && level < child)
        add(computes && facts.levels[level].hold ? Probe::Held : kind, child,
            level, facts.levels[level].needed.conversions,
            {facts.levels[level].slots, nowhere},
            {uint16_t(facts.levels[level].slots + 1), nowhere});
    if (computes)
      break;
    const Needed &childNeeds = facts.levels[child].needed;
    if (output)
      add(kind, child, child, childNeeds.reads,
          {slot(child, Count::Reads), nowhere},
          {slot(child, Count::BusiestReads), nowhere});
    else
      add(kind, child, child, childNeeds.writes,
          {slot(child, Count::Fills), nowhere},
          {slot(child, Count::BusiestWrites), nowhere});
  }
}

const Probes &DigitCounter::probesOf(Tensor tensor, KnownProbes &known) const {
  Mask keeping = 0;
  for (unsigned i = 0; i < facts.memories.size(); ++i)
    keeping |= Mask(mapping.levels[facts.memories[i]].kept.contains(tensor))
               << i;
  std::vector<Probes> &made = known[index(tensor)];
  for (const Probes &probes : made)
    if (probes.keeping == keeping)
      return probes;
  return made.emplace_back(facts, tensor, keeping);
}

bool DigitCounter::run(KnownProbes &known) {
  if (!facts.isCovered || !nest.build(mapping) || sharesWindows())
    return false;
  std::fill_n(counts.begin(), facts.numSlots, 0);
  for (Tensor tensor : {Tensor::Output, Tensor::Weight, Tensor::Input}) {
    const Probes &probes = probesOf(tensor, known);
    if (tensor == Tensor::Output && !sumsLand(probes))
      return false;
    if (!addTensor(tensor, probes))
      return false;
  }
  computeCycles = nest.computeSteps();
  findComplete();
  return true;
}

std::optional<bool> DigitCounter::hasClosedForm(KnownProbes &known) {
  if (!facts.isCovered || !nest.build(mapping))
    return std::nullopt;
  return sumsLand(probesOf(Tensor::Output, known));
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

bool DigitCounter::addTensor(Tensor tensor, const Probes &probes) {
  DigitTraffic traffic(nest, tensor);
  // Places between which no copies share see the same over all, and those
  // between which nothing spreads at one copy.
  constexpr unsigned unknown = ~0u;
  unsigned child = unknown, kind = unknown, shares = unknown, spatial = unknown;
  int64_t all = 0, first = 0;
  for (const Probe &probe : probes.probes) {
    if (probe.child != child || probe.kind != kind) {
      child = probe.child;
      kind = probe.kind;
      shares = spatial = unknown;
    }
    unsigned spatialHere = nest.spatialAbove[probe.top];
    bool alone = spatialHere == nest.spatialBegin;
    int64_t sign = probe.kind == Probe::Stays ? -1 : 1;
    if (probe.all || alone) {
      unsigned sharesHere = traffic.sharesAbove(probe.top);
      if (shares != sharesHere && !ask(probe, traffic, tensor, false, all))
        return false;
      shares = sharesHere;
    }
    if (probe.all)
      for (uint16_t slot : probe.allTo)
        counts[slot] += sign * all;
    if (!probe.first)
      continue;
    if (alone) {
      first = all;
    } else if (spatial != spatialHere &&
               !ask(probe, traffic, tensor, true, first)) {
      return false;
    }
    spatial = spatialHere;
    for (uint16_t slot : probe.firstTo)
      counts[slot] += sign * first;
  }
  return true;
}

bool DigitCounter::ask(const Probe &probe, const DigitTraffic &traffic,
                       Tensor tensor, bool one, int64_t &answer) {
  Place place = {probe.child, probe.top, one};
  // Others than the first copy may be the busiest.
  if (one && tensor == Tensor::Input && (nest.ragged & facts.windowed) &&
      probe.child != facts.compute && mayReturn(probe.child, probe.top))
    return false;
  switch (probe.kind) {
  case Probe::EverySteps:
    answer = traffic.everyStep(place);
    return true;
  case Probe::Held:
    if (!presentsTiles(tensor, probe.top))
      return false;
    [[fallthrough]];
  case Probe::Arrivals:
  case Probe::Stays:
    answer = traffic.arrivals(place);
    return true;
  case Probe::Changes:
    place.one = true;
    answer = traffic.changes(place);
    return true;
  case Probe::Integrated:
    answer = integrated(traffic, place);
    return true;
  }
  return true;
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

bool DigitCounter::sharesWindows() const {
  if (facts.windowed)
    for (unsigned s = nest.spatialBegin; s < DigitNest::maxLoops; ++s)
      if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
          (facts.windowed & maskOf(loop.dim)) &&
          facts.levels[loop.level].sharesWindows)
        return true;
  return false;
}

/// Do outputs reach their parents as long as these have a place for them, from
/// copies that work equally long?
bool DigitCounter::sumsLand(const Probes &probes) const {
  if (!nest.ragged)
    return true;
  for (auto [parent, child] : probes.links) {
    if (child == facts.compute)
      break;
    // Copies that are added up must have worked equally long.
    if (facts.levels[child].integrates)
      for (unsigned s = nest.spatialAbove[parent]; s < nest.spatialAbove[child];
           ++s)
        if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
            (nest.ragged & ~facts.relevant[index(Tensor::Output)] &
             maskOf(loop.dim)) &&
            nest.isShared(loop, maskOf(Tensor::Output)))
          return false;
    if (!facts.levels[parent].integrates && !landsInTime(parent, child))
      return false;
  }
  return true;
}

/// May a copy of the level be busier than the first, as the tile of its child
/// at an edge may be without an element for a while?
bool DigitCounter::mayReturn(unsigned child, unsigned level) const {
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

int64_t DigitCounter::integrated(const DigitTraffic &traffic,
                                 const Place &place) {
  if (std::optional<int64_t> departing =
          traffic.departures(place, facts.levels[place.child].limit))
    return *departing;
  if (!general)
    general.emplace(facts.workload, facts.accelerator, mapping);
  return departures(*general,
                    {Tensor::Output, place.child, place.top, place.one, {}});
}

int64_t DigitCounter::tile(unsigned level, Tensor tensor) const {
  int64_t tile = 1;
  Mask windowed = tensor == Tensor::Input ? facts.windowed : 0;
  if (windowed)
    for (const WindowFacts &window : facts.windows)
      tile *= coordinates({0, nest.extent(window.position, level), 0,
                           nest.extent(window.kernel, level)},
                          window.stride, window.dilation);
  forEachDim(facts.relevant[index(tensor)] & ~windowed,
             [&](Dim dim) { tile *= nest.extent(dim, level); });
  return tile;
}

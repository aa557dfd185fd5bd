//===- DigitCounter.cpp - Counts for a cost, from digits --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitCounter.h"
#include "CountsWindow.h"
#include "DigitPresented.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

/// By tensor, the memories that keep it, by number.
static std::array<Mask, numTensors> keeping(const NestFacts &facts,
                                            const Mapping &mapping) {
  Mask weight = 0, input = 0, output = 0;
  for (unsigned i = 0; i < facts.memories.size(); ++i) {
    Mask kept = mapping.levels[facts.memories[i]].kept.mask();
    weight |= (kept >> index(Tensor::Weight) & 1) << i;
    input |= (kept >> index(Tensor::Input) & 1) << i;
    output |= (kept >> index(Tensor::Output) & 1) << i;
  }
  return {weight, input, output};
}

bool DigitCounter::run(KnownProbes &known) {
  if (!facts.isCovered || !nest.build(mapping))
    return false;
  auto kept = keeping(facts, mapping);
  auto probesOf = [&](Tensor tensor) -> const Probes & {
    return known.of(facts, tensor, kept[index(tensor)]);
  };
  const Probes &outputs = probesOf(Tensor::Output);
  if (!sumsLand(outputs))
    return false;
  std::fill_n(counts.begin(), facts.numSlots, 0);
  nest.findBefore();
  if (!addTensor(Tensor::Output, outputs) ||
      !addTensor(Tensor::Weight, probesOf(Tensor::Weight)) ||
      !addTensor(Tensor::Input, probesOf(Tensor::Input)))
    return false;
  computeCycles = nest.computeSteps();
  findComplete();
  return true;
}

std::optional<bool> DigitCounter::hasClosedForm(KnownProbes &known) {
  if (!facts.isCovered || !nest.build(mapping))
    return std::nullopt;
  Mask outputs = keeping(facts, mapping)[index(Tensor::Output)];
  return sumsLand(known.of(facts, Tensor::Output, outputs));
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

inline bool DigitCounter::ask(Probe::Kind kind, const DigitTraffic &traffic,
                              const Place &place, int64_t &answer) {
  bool input = traffic.tensor == Tensor::Input;
  bool shares = input && nest.sharesWindows(place.top, place.child);
  if (kind == Probe::EverySteps) {
    if (shares)
      return askEveryStep(traffic, place, answer);
    answer = traffic.everyStep(place);
    return true;
  }
  if (kind == Probe::Integrated) {
    answer = integrated(traffic, place);
    return true;
  }
  // Others than the first copy may be the busiest.
  bool windows =
      place.one && input && (nest.raggedAbove(place.top) & facts.windowed) != 0;
  if (kind == Probe::Held) {
    std::optional<unsigned> at = presentedAt(nest, traffic.tensor, place.top);
    if (!at || (windows && mayReturn(*at, place.top)))
      return false;
    answer = traffic.arrivals({uint8_t(*at), place.top, place.one});
    return true;
  }
  if (shares || (windows && mayReturn(place.child, place.top)))
    return false;
  answer =
      kind == Probe::Changes ? traffic.changes(place) : traffic.arrivals(place);
  return true;
}

namespace {
/// What answers to probes of one kind and child have in common: they are this
/// product times what copies and loops before `cut` make. 0: they differ more.
struct Common {
  int64_t product = 0;
  unsigned cut = DigitNest::maxLoops;
};
} // namespace

static Common commonOf(const Probe &probe, const DigitTraffic &traffic) {
  Common common;
  if (probe.kind == Probe::EverySteps && !traffic.sharesWindows())
    common.product = traffic.points();
  if (probe.kind != Probe::Arrivals)
    return common;
  common.cut = traffic.cutAbove(probe.child);
  if (traffic.changesAlways(common.cut))
    common.product = traffic.points();
  return common;
}

bool DigitCounter::addTensor(Tensor tensor, const Probes &probes) {
  DigitTraffic traffic(nest, tensor);
  // Places between which no copies share see the same over all, but for what
  // converters hold of what their copies present together.
  constexpr unsigned unknown = ~0u;
  unsigned shares = unknown, spatial = unknown;
  int64_t all = 0, first = 0;
  Common common = {};
  const Target *target = probes.targets.begin();
  for (const Probe &probe : probes.probes) {
    unsigned spatialHere = nest.spatialAbove[probe.top];
    if (probe.begins) {
      shares = spatial = unknown;
      common = commonOf(probe, traffic);
    }
    bool differ = nest.spread[spatialHere].ragged;
    if (probe.all || !differ) {
      unsigned sharesHere = probe.kind == Probe::Held
                                ? spatialHere
                                : traffic.sharesAbove(probe.top);
      Place place = {probe.child, probe.top, false};
      if (shares != sharesHere) {
        if (common.product)
          all = common.product * traffic.copies(place, common.cut);
        else if (!ask(probe.kind, traffic, place, all))
          return false;
      }
      shares = sharesHere;
    }
    if (probe.first && spatial != spatialHere) {
      if (!differ) {
        // Copies that see the same have an equal part each.
        int64_t copies = nest.spread[spatialHere].all;
        first = copies == 1 ? all : uint64_t(all) / copies;
      } else if (!ask(probe.kind, traffic, {probe.child, probe.top, true},
                      first)) {
        return false;
      }
      spatial = spatialHere;
    }
    do
      counts[target->slot] += target->first ? first : all;
    while (!target++->last);
  }
  for (uint16_t read : probes.addedTo)
    counts[read] -= facts.plainElements[index(tensor)];
  return true;
}

bool DigitCounter::askEveryStep(const DigitTraffic &traffic, const Place &place,
                                int64_t &answer) const {
  llvm::SmallVector<uint8_t, 3> from;
  for (const WindowFacts &window : facts.windows) {
    std::optional<uint8_t> level = unitedFrom(nest, window, place.top);
    if (!level)
      return false;
    from.push_back(*level);
  }
  answer = traffic.everyStep(place, from);
  return true;
}

/// Is every copy of the child at work when the tile of its parent changes, as
/// far as `dims` are concerned?
bool DigitCounter::landsInTime(Mask dims, unsigned parent,
                               unsigned child) const {
  for (; dims; dims &= dims - 1) {
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

/// Do outputs reach their parents as long as these have a place for them, from
/// copies that work equally long?
bool DigitCounter::sumsLand(const Probes &probes) const {
  if (!nest.ragged)
    return true;
  Mask outputs = facts.relevant[index(Tensor::Output)];
  for (auto [parent, child] : probes.links) {
    if (child == facts.compute)
      break;
    Mask spread = 0, added = 0; // dims of copies of the child of one parent
    for (unsigned s = nest.spatialAbove[parent]; s < nest.spatialAbove[child];
         ++s) {
      const DigitLoop &loop = nest.loops[nest.spatial[s]];
      Mask dim = nest.ragged & maskOf(loop.dim);
      spread |= dim;
      if (DigitNest::isShared(loop, maskOf(Tensor::Output)))
        added |= dim & ~outputs;
    }
    // Copies that are added up must have worked equally long.
    if (added && facts.levels[child].integrates)
      return false;
    if (spread && !facts.levels[parent].integrates &&
        !landsInTime(spread, parent, child))
      return false;
  }
  return true;
}

/// May a copy of the level be busier than the first, as the tile of its child
/// at an edge may be without an element for a while?
bool DigitCounter::mayReturn(unsigned child, unsigned level) const {
  Mask edges = nest.raggedAbove(level) & facts.windowed;
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

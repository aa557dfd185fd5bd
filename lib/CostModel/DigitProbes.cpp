//===- DigitProbes.cpp - What to count of a tensor --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitProbes.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
using Slots = llvm::SmallVector<uint16_t, 8>;

struct Asked {
  Probe probe;
  Slots allTo, firstTo;

  Asked(Probe::Kind kind, unsigned child, unsigned top)
      : probe{kind, uint8_t(child), uint8_t(top), true, false, false} {}
};

class ProbeMaker {
public:
  ProbeMaker(const NestFacts &facts, Tensor tensor, Probes &to)
      : facts(facts), tensor(tensor), to(to) {}

  void addLink(unsigned parent, unsigned child, bool outermost);
  void addResidency(unsigned level);
  void finish();

private:
  Slots slot(unsigned level, Count what) const {
    return {uint16_t(facts.slotOf(level, tensor, what))};
  }
  void add(Probe::Kind kind, unsigned child, unsigned top, AmountNeeded what,
           const Slots &allTo, const Slots &firstTo);
  void addArriving(Probe::Kind kind, unsigned parent, unsigned child,
                   bool outermost);

  const NestFacts &facts;
  const Tensor tensor;
  Probes &to;
  std::vector<Asked> asked;
};
} // namespace

void ProbeMaker::add(Probe::Kind kind, unsigned child, unsigned top,
                     AmountNeeded what, const Slots &allTo,
                     const Slots &firstTo) {
  if (!what.all && !what.busiest)
    return;
  // Without a fan-out in between, places see the same.
  auto same = llvm::find_if(asked, [&](const Asked &other) {
    return other.probe.kind == kind && other.probe.child == child &&
           facts.levels[other.probe.top].fanouts == facts.levels[top].fanouts;
  });
  if (same == asked.end())
    same = asked.insert(same, Asked(kind, child, top));
  if (what.all)
    llvm::append_range(same->allTo, allTo);
  if (what.busiest)
    llvm::append_range(same->firstTo, firstTo);
}

void ProbeMaker::finish() {
  // Those of one child and kind next to each other, further out first.
  llvm::sort(asked, [](const Asked &a, const Asked &b) {
    return std::tie(a.probe.child, a.probe.kind, a.probe.top) <
           std::tie(b.probe.child, b.probe.kind, b.probe.top);
  });
  for (Asked &one : asked) {
    Probe &probe = one.probe;
    probe.begins = to.probes.empty() || probe.child != to.probes.back().child ||
                   probe.kind != to.probes.back().kind;
    probe.all = !one.allTo.empty();
    probe.first = !one.firstTo.empty();
    to.probes.push_back(probe);
    for (uint16_t slot : one.allTo)
      to.targets.push_back({slot, false, false});
    for (uint16_t slot : one.firstTo)
      to.targets.push_back({slot, true, false});
    to.targets.back().last = true;
  }
}

void ProbeMaker::addResidency(unsigned level) {
  if (facts.levels[level].needed.residency && tensor != Tensor::Output)
    add(Probe::Changes, level, level, {false, true}, {},
        slot(level, Count::BusiestChanges));
}

/// What outputs do at the parent.
void ProbeMaker::addArriving(Probe::Kind kind, unsigned parent, unsigned child,
                             bool outermost) {
  // Sums that arrive are read by those that are added to them: all but the
  // first of an element's stay.
  const Needed &needs = facts.levels[parent].needed;
  bool adds = !facts.levels[parent].integrates;
  AmountNeeded again = adds ? needs.reads : AmountNeeded{false, false};
  Slots allTo = slot(parent, Count::Updates);
  Slots firstTo = slot(parent, Count::BusiestWrites);
  if (again.all)
    allTo.push_back(facts.slotOf(parent, tensor, Count::Reads));
  if (again.busiest)
    firstTo.push_back(facts.slotOf(parent, tensor, Count::BusiestReads));
  add(kind, child, parent,
      {needs.writes.all || again.all, needs.writes.busiest || again.busiest},
      allTo, firstTo);
  // Below the outermost memory as many are read to leave as come to stay.
  if (outermost && again.all)
    to.addedTo.push_back(allTo[1]);
  if (outermost && again.busiest)
    to.addedTo.push_back(firstTo[1]);
}

void ProbeMaker::addLink(unsigned parent, unsigned child, bool outermost) {
  to.links.push_back({uint8_t(parent), uint8_t(child)});
  bool output = tensor == Tensor::Output;
  bool computes = child == facts.compute;
  bool integrates = output && facts.levels[child].integrates;
  Probe::Kind kind = computes     ? Probe::EverySteps
                     : integrates ? Probe::Integrated
                                  : Probe::Arrivals;
  if (output)
    addArriving(kind, parent, child, outermost);
  else
    add(kind, child, parent, facts.levels[parent].needed.reads,
        slot(parent, Count::Reads), slot(parent, Count::BusiestReads));
  for (unsigned level : facts.converters[index(tensor)]) {
    if (level <= parent || level >= child)
      continue;
    uint16_t slots = facts.levels[level].slots;
    add(computes && facts.levels[level].hold ? Probe::Held : kind, child, level,
        facts.levels[level].needed.conversions, {slots}, {uint16_t(slots + 1)});
  }
  if (computes)
    return;
  const Needed &needs = facts.levels[child].needed;
  if (!output)
    add(kind, child, child, needs.writes, slot(child, Count::Fills),
        slot(child, Count::BusiestWrites));
  else if (integrates)
    add(kind, child, child, needs.reads, slot(child, Count::Reads),
        slot(child, Count::BusiestReads));
}

Probes::Probes(const NestFacts &facts, Tensor tensor, Mask keeping) {
  ProbeMaker maker(facts, tensor, *this);
  llvm::SmallVector<unsigned, 8> chain;
  for (auto [i, level] : llvm::enumerate(facts.memories))
    if (keeping >> i & 1) {
      chain.push_back(level);
      maker.addResidency(level);
    }
  chain.push_back(facts.compute);
  for (unsigned i = 1; i < chain.size(); ++i)
    maker.addLink(chain[i - 1], chain[i], i == 1);
  maker.finish();
}

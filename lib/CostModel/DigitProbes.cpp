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
using Slots = std::array<uint16_t, 2>;

class ProbeMaker {
public:
  ProbeMaker(const NestFacts &facts, Tensor tensor, Probes &to)
      : facts(facts), tensor(tensor), to(to) {}

  void addLink(unsigned parent, unsigned child, bool outermost);
  void addResidency(unsigned level);

private:
  static constexpr uint16_t nowhere = NestFacts::maxSlots;

  Slots slot(unsigned level, Count what) const {
    return {uint16_t(facts.slotOf(level, tensor, what)), nowhere};
  }
  void add(Probe::Kind kind, unsigned child, unsigned top, AmountNeeded what,
           Slots allTo, Slots firstTo, bool taken = false);
  void addArriving(Probe::Kind kind, unsigned parent, unsigned child,
                   bool outermost);

  const NestFacts &facts;
  const Tensor tensor;
  Probes &to;
};
} // namespace

void ProbeMaker::add(Probe::Kind kind, unsigned child, unsigned top,
                     AmountNeeded what, Slots allTo, Slots firstTo,
                     bool taken) {
  if (!what.all && !what.busiest)
    return;
  bool begins = to.probes.empty() || to.probes.back().kind != kind ||
                to.probes.back().child != child;
  to.probes.push_back({kind, uint8_t(child), uint8_t(top), begins, what.all,
                       what.busiest, taken, allTo, firstTo});
}

void ProbeMaker::addResidency(unsigned level) {
  if (facts.levels[level].needed.residency && tensor != Tensor::Output)
    add(Probe::Changes, level, level, {false, true}, {nowhere, nowhere},
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
    allTo[1] = facts.slotOf(parent, tensor, Count::Reads);
  if (again.busiest)
    firstTo[1] = facts.slotOf(parent, tensor, Count::BusiestReads);
  add(kind, child, parent,
      {needs.writes.all || again.all, needs.writes.busiest || again.busiest},
      allTo, firstTo);
  // Below the outermost memory as many are read to leave as come to stay.
  if (outermost)
    add(Probe::Arrivals, parent, parent, again, slot(parent, Count::Reads),
        slot(parent, Count::BusiestReads), true);
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
        facts.levels[level].needed.conversions, {slots, nowhere},
        {uint16_t(slots + 1), nowhere});
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
}

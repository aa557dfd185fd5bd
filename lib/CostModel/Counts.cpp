//===- Counts.cpp - Exact counts of a mapping -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Counts.h"
#include "CountsCopies.h"
#include "CountsFlow.h"
#include "CountsNeeded.h"
#include "CountsTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
/// Over all copies, and at the first, which has the most work.
struct Amount {
  int64_t all = 0, first = 0;
};

class Counter {
public:
  /// `needed` by level.
  Counter(const Nest &nest, llvm::ArrayRef<Needed> needed, Counts &counts)
      : nest(nest), needed(needed), counts(counts) {}

  void run(const Mapping &mapping);

private:
  using Copy = llvm::ArrayRef<int64_t>;

  template <typename Fn>
  Amount ask(unsigned level, AmountNeeded what, Fn fn) const;
  void add(const Flow &flow);
  void residency(unsigned level, Tensor tensor);
  void steps();
  bool adds(unsigned level) const {
    return !nest.accelerator.levels[level].accumulateLimit;
  }
  TensorCounts &at(unsigned level, Tensor tensor) {
    return counts.levels[level].tensors[index(tensor)];
  }
  template <typename Fn> void forEachConverter(const Link &link, Fn fn) const;
  DimSet unevenDims(unsigned level) const;
  void findBusiest(unsigned level);
  LevelCounts atCopy(unsigned level, Copy copy) const;

  const Nest &nest;
  llvm::ArrayRef<Needed> needed;
  Counts &counts;
  llvm::SmallVector<Flow, 8> flows;
  /// By level: the dims along which its copies differ.
  llvm::SmallVector<DimSet, 16> edges;
};
} // namespace

template <typename Fn>
Amount Counter::ask(unsigned level, AmountNeeded what, Fn fn) const {
  Amount amount;
  // Complete copies do the same; only along ragged dims do they differ.
  bool equal = edges[level].empty();
  if (what.busiest || (what.all && equal))
    amount.first = fn(true);
  if (what.all)
    amount.all =
        equal ? counts.levels[level].instances * amount.first : fn(false);
  return amount;
}

template <typename Fn>
void Counter::forEachConverter(const Link &link, Fn fn) const {
  for (unsigned c = link.parent + 1; c < link.child; ++c)
    if (nest.accelerator.levels[c].kind == LevelKind::Converter &&
        nest.accelerator.levels[c].tensor == link.tensor)
      fn(c);
}

void Counter::add(const Flow &flow) {
  const Link &link = flow.getLink();
  auto crossing = [&](unsigned level, AmountNeeded what) {
    return ask(level, what,
               [&](bool one) { return flow.crossing(level, one); });
  };
  forEachConverter(link, [&](unsigned level) {
    Amount amount = crossing(level, needed[level].conversions);
    counts.levels[level].conversions = amount.all;
    counts.levels[level].busiestConversions = amount.first;
  });
  TensorCounts &parent = at(link.parent, link.tensor);
  TensorCounts &child = at(link.child, link.tensor);
  const Needed &parentNeeds = needed[link.parent];
  const Needed &childNeeds = needed[link.child];
  if (link.tensor != Tensor::Output) {
    Amount above = crossing(link.parent, parentNeeds.reads);
    parent.reads = above.all;
    parent.busiestReads = above.first;
    if (flow.fromMemory()) {
      Amount below = crossing(link.child, childNeeds.writes);
      child.fills = below.all;
      child.busiestWrites = below.first;
    }
    return;
  }
  // Sums that arrive are read by those that are added to them.
  AmountNeeded readsAgain = parentNeeds.reads;
  if (!adds(link.parent))
    readsAgain = {false, false};
  Amount above =
      crossing(link.parent, {parentNeeds.writes.all || readsAgain.all,
                             parentNeeds.writes.busiest || readsAgain.busiest});
  parent.updates = above.all;
  parent.busiestWrites = above.first;
  if (flow.fromMemory()) {
    Amount below = crossing(link.child, childNeeds.reads);
    child.reads += below.all;
    child.busiestReads += below.first;
  }
  Amount again = ask(link.parent, readsAgain, [&](bool one) {
    return flow.again(one ? above.first : above.all, one);
  });
  parent.reads += again.all;
  parent.busiestReads += again.first;
}

/// What one copy of a level does.
LevelCounts Counter::atCopy(unsigned level, Copy copy) const {
  LevelCounts counts;
  for (const Flow &flow : flows) {
    const Link &link = flow.getLink();
    TensorCounts &tensor = counts.tensors[index(link.tensor)];
    bool output = link.tensor == Tensor::Output;
    if (level == link.parent) {
      int64_t crossing = flow.crossing(level, true, copy);
      (output ? tensor.busiestWrites : tensor.busiestReads) += crossing;
      if (output && adds(level))
        tensor.busiestReads += flow.again(crossing, true, copy);
    } else if (level == link.child && flow.fromMemory()) {
      (output ? tensor.busiestReads : tensor.busiestWrites) +=
          flow.crossing(level, true, copy);
    }
    forEachConverter(link, [&](unsigned c) {
      if (c == level)
        counts.busiestConversions = flow.crossing(level, true, copy);
    });
  }
  return counts;
}

static int64_t total(const LevelCounts &counts, int64_t TensorCounts::*what) {
  int64_t total = 0;
  for (const TensorCounts &tensor : counts.tensors)
    total += tensor.*what;
  return total;
}

/// The dims along which not always the first copy of the level is the busiest.
DimSet Counter::unevenDims(unsigned level) const {
  DimSet dims;
  if (edges[level].empty())
    return dims;
  for (const Flow &flow : flows) {
    const Link &link = flow.getLink();
    bool crosses =
        level == link.parent || (level == link.child && flow.fromMemory());
    forEachConverter(link, [&](unsigned c) { crosses |= c == level; });
    if (crosses)
      dims.insert(flow.uneven(level, edges[level]));
  }
  return dims;
}

/// Copies that have less work than the first may be busier: tries one of every
/// kind.
void Counter::findBusiest(unsigned level) {
  const Needed &needs = needed[level];
  if (!needs.reads.busiest && !needs.writes.busiest &&
      !needs.conversions.busiest)
    return;
  LevelCounts &best = counts.levels[level];
  forEachOtherKind(nest, unevenDims(level), level, [&](Copy copy) {
    LevelCounts here = atCopy(level, copy);
    best.busiestConversions =
        std::max(best.busiestConversions, here.busiestConversions);
    for (auto what :
         {&TensorCounts::busiestReads, &TensorCounts::busiestWrites})
      if (total(here, what) > total(best, what))
        for (auto [tensor, same] : llvm::zip(best.tensors, here.tensors))
          tensor.*what = same.*what;
  });
}

void Counter::residency(unsigned level, Tensor tensor) {
  TensorCounts &here = at(level, tensor);
  Question question = {tensor, level, level, true, {}};
  here.busiestChanges = Traffic(nest, question).changes();
  DimSet uneven = returningDims(nest, tensor, level, edges[level]);
  forEachOtherKind(nest, uneven, level, [&](Copy copy) {
    question.at = copy;
    here.busiestChanges =
        std::max(here.busiestChanges, Traffic(nest, question).changes());
  });
  here.tile = 1;
  DimSet dims = nest.relevantDims(tensor);
  for (unsigned i = 0; i < 3; ++i) {
    if (!nest.isWindow(tensor, i))
      continue;
    auto [position, kernel] = windowPairs[i];
    auto [s, d] = nest.windowSteps(position);
    here.tile *= coordinates(
        {0, nest.extent(position, level), 0, nest.extent(kernel, level)}, s, d);
    dims.erase(position);
    dims.erase(kernel);
  }
  for (Dim dim : allDims)
    if (dims.contains(dim))
      here.tile *= nest.extent(dim, level);
}

/// Steps, and the copies of every level, in plain and ragged dims.
void Counter::steps() {
  unsigned compute = nest.computeLevel();
  auto states = [&](Dim dim, unsigned level, bool one, unsigned outer) {
    View view(nest, {Tensor::Input, level, level, one, {}}, dim);
    view.relevant = false;
    return dimSums(view, outer, false, Measure::States).all;
  };
  counts.computeCycles = 1;
  for (const NestLoop &loop : nest.loops)
    if (loop.temporal && !nest.ragged.contains(loop.dim))
      counts.computeCycles *= loop.bound;
  for (Dim dim : allDims)
    if (nest.ragged.contains(dim))
      counts.computeCycles *= states(dim, compute, true, noLoop);
  for (unsigned level = 0; level <= compute; ++level) {
    int64_t &instances = counts.levels[level].instances;
    // Only fan-outs make copies.
    if (level > 0 &&
        nest.accelerator.levels[level - 1].kind != LevelKind::Fanout) {
      instances = counts.levels[level - 1].instances;
      edges.push_back(edges[level - 1]);
      continue;
    }
    DimSet ragged;
    for (const NestLoop &loop : nest.loops) {
      if (loop.level >= level || loop.temporal)
        continue;
      if (nest.ragged.contains(loop.dim))
        ragged.insert(loop.dim);
      else
        instances *= loop.bound;
    }
    for (Dim dim : allDims)
      if (ragged.contains(dim))
        instances *= states(dim, level, false, 0);
    edges.push_back(ragged);
  }
}

void Counter::run(const Mapping &mapping) {
  const auto &levels = nest.accelerator.levels;
  unsigned compute = nest.computeLevel();
  counts.levels.resize(levels.size());
  steps();
  for (Tensor tensor : allTensors) {
    std::optional<unsigned> parent;
    for (unsigned level = 0; level <= compute; ++level) {
      bool keeps = level < compute && levels[level].kind == LevelKind::Memory &&
                   mapping.levels[level].kept.contains(tensor);
      if (keeps && needed[level].residency)
        residency(level, tensor);
      if (!keeps && level != compute)
        continue;
      if (parent)
        flows.emplace_back(nest, Link{tensor, *parent, level});
      parent = level;
    }
  }
  for (const Flow &flow : flows)
    add(flow);
  for (unsigned level = 0; level < compute; ++level)
    findBusiest(level);
}

static constexpr int64_t largest = std::numeric_limits<int64_t>::max();

/// No count exceeds the multiply-accumulates; these are beyond 64 bits.
static void saturate(Counts &counts, const Accelerator &accelerator) {
  TensorCounts tensor = {largest, largest, largest, largest,
                         largest, largest, largest};
  LevelCounts level = {largest, {tensor, tensor, tensor}, largest, largest};
  counts.computeCycles = largest;
  counts.levels.assign(accelerator.levels.size(), level);
}

/// What stays at a memory crosses none above it: it is not filled, and complete
/// outputs, which would leave once each, do not leave.
static void leaveOutResidents(const Mapping &mapping, Counts &counts) {
  for (unsigned level = 1; level < mapping.levels.size(); ++level) {
    if (mapping.levels[level].resident.empty())
      continue;
    for (Tensor tensor : allTensors) {
      if (!mapping.levels[level].resident.contains(tensor))
        continue;
      int64_t leaving = 0;
      for (unsigned above = 0; above < level; ++above)
        if (mapping.levels[above].kept.contains(tensor)) {
          TensorCounts &parent = counts.levels[above].tensors[index(tensor)];
          leaving = parent.updates;
          parent = {};
        }
      TensorCounts &count = counts.levels[level].tensors[index(tensor)];
      count.reads -= leaving;
      count.busiestReads -= leaving;
      if (tensor != Tensor::Output)
        count.fills = count.busiestWrites = count.busiestChanges = 0;
    }
  }
}

static Counts countNeeded(const Workload &workload,
                          const Accelerator &accelerator,
                          const Mapping &mapping,
                          llvm::ArrayRef<Needed> needed) {
  Counts counts;
  if (workload.macs() == largest) {
    saturate(counts, accelerator);
    return counts;
  }
  Nest nest(workload, accelerator, mapping);
  Counter(nest, needed, counts).run(mapping);
  leaveOutResidents(mapping, counts);
  return counts;
}

Counts ohas::cost::count(const Workload &workload,
                         const Accelerator &accelerator,
                         const Mapping &mapping) {
  llvm::SmallVector<Needed, 24> everything(accelerator.levels.size());
  return countNeeded(workload, accelerator, mapping, everything);
}

Counts ohas::cost::countForCost(const Workload &workload,
                                const Accelerator &accelerator,
                                const Mapping &mapping) {
  // What stays somewhere changes the counts of other levels.
  if (llvm::any_of(mapping.levels, [](const LevelMapping &level) {
        return !level.resident.empty();
      }))
    return count(workload, accelerator, mapping);
  llvm::SmallVector<Needed, 24> needed;
  for (const Level &level : accelerator.levels)
    needed.push_back(neededForCost(level));
  return countNeeded(workload, accelerator, mapping, needed);
}

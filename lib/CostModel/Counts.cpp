//===- Counts.cpp - Exact counts of a mapping -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Counts.h"
#include "CountsTimeline.h"
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
  Counter(const Nest &nest, const Mapping &mapping, Counts &counts)
      : nest(nest), mapping(mapping), counts(counts) {}

  void run();

private:
  template <typename Fn>
  Amount ask(Tensor tensor, unsigned child, unsigned top, Fn fn) const;
  Amount arrivals(const Link &link, unsigned top) const;
  void operand(const Link &link);
  void outputs(const Link &link);
  void enumerate(const Link &link, bool reads);
  void convertArrivals(const Link &link);
  void convert(unsigned level, Amount amount) {
    counts.levels[level].conversions += amount.all;
    counts.levels[level].busiestConversions += amount.first;
  }
  template <typename Fn> void forEachConverter(const Link &link, Fn fn) const {
    for (unsigned c = link.parent + 1; c < link.child; ++c) {
      const Level &level = nest.accelerator.levels[c];
      if (level.kind == LevelKind::Converter && level.tensor == link.tensor)
        fn(c);
    }
  }
  TensorCounts &at(unsigned level, Tensor tensor) {
    return counts.levels[level].tensors[index(tensor)];
  }
  void residency(unsigned level, Tensor tensor);

  const Nest &nest;
  const Mapping &mapping;
  Counts &counts;
};
} // namespace

template <typename Fn>
Amount Counter::ask(Tensor tensor, unsigned child, unsigned top, Fn fn) const {
  Amount amount;
  amount.first = fn(Question{tensor, child, top, true, {}});
  // Complete copies do the same; only along ragged dims do they differ.
  int64_t copies = 1;
  bool differ = false;
  for (const NestLoop &loop : nest.loops)
    if (!loop.temporal && loop.level < top) {
      copies *= loop.bound;
      differ |= nest.ragged.contains(loop.dim);
    }
  amount.all = differ ? fn(Question{tensor, child, top, false, {}})
                      : copies * amount.first;
  return amount;
}

/// What the memory at `top` delivers to the children of the link, or takes.
Amount Counter::arrivals(const Link &link, unsigned top) const {
  return ask(link.tensor, link.child, top, [&](const Question &question) {
    Traffic traffic(nest, question);
    return link.child == nest.computeLevel() ? traffic.everyStep()
                                             : traffic.arrivals();
  });
}

void Counter::operand(const Link &link) {
  TensorCounts &parent = at(link.parent, link.tensor);
  Amount reads = arrivals(link, link.parent);
  parent.reads += reads.all;
  parent.busiestReads += reads.first;
  if (link.child != nest.computeLevel()) {
    TensorCounts &child = at(link.child, link.tensor);
    Amount fills = arrivals(link, link.child);
    child.fills = fills.all;
    child.busiestWrites = fills.first;
  }
  convertArrivals(link);
}

void Counter::convertArrivals(const Link &link) {
  forEachConverter(link, [&](unsigned level) {
    bool holds = nest.accelerator.levels[level].hold &&
                 link.child == nest.computeLevel();
    convert(level, holds ? ask(link.tensor, link.child, level,
                               [&](const Question &question) {
                                 return heldConversions(nest, question);
                               })
                         : arrivals(link, level));
  });
}

static bool isWindow(const Axis &axis) { return axis.window; }

void Counter::outputs(const Link &link) {
  TensorCounts &parent = at(link.parent, link.tensor);
  bool reads = !nest.accelerator.levels[link.parent].accumulateLimit;
  bool fromMemory = link.child != nest.computeLevel();
  bool closed = !fromMemory || hasClosedDepartures(nest, link);
  bool inTime = !fromMemory || !reads || landsInTime(nest, link);
  if ((!closed || !inTime) && llvm::any_of(nest.axes(link.tensor), isWindow))
    return enumerate(link, reads);

  auto departing = [&](unsigned top) {
    return ask(link.tensor, link.child, top, [&](const Question &question) {
      return departures(nest, question);
    });
  };
  auto arriving = [&](unsigned top) -> Amount {
    if (closed)
      return departing(top);
    TimelineCounts counts = countTimelines(nest, link, top);
    return {counts.all.all, counts.busiest.all};
  };
  Amount updates;
  if (fromMemory) {
    updates = arriving(link.parent);
    Amount sent = departing(link.child);
    TensorCounts &child = at(link.child, link.tensor);
    child.reads += sent.all;
    child.busiestReads += sent.first;
    forEachConverter(link,
                     [&](unsigned level) { convert(level, arriving(level)); });
  } else {
    updates = arrivals(link, link.parent);
    convertArrivals(link);
  }
  parent.updates = updates.all;
  parent.busiestWrites = updates.first;
  if (!reads)
    return;
  if (!inTime) {
    TimelineCounts counts = countTimelines(nest, link, link.parent);
    parent.reads += counts.all.again;
    parent.busiestReads += counts.busiest.again;
    return;
  }
  // The first partial sum of an element's stay in the parent needs no read.
  Amount first =
      ask(link.tensor, link.parent, link.parent, [&](const Question &question) {
        return Traffic(nest, question).arrivals();
      });
  parent.reads += updates.all - first.all;
  parent.busiestReads += updates.first - first.first;
}

void Counter::enumerate(const Link &link, bool reads) {
  EnumeratedOutputs all = enumerateOutputs(nest, link);
  TensorCounts &parent = at(link.parent, link.tensor);
  TensorCounts &child = at(link.child, link.tensor);
  child.reads += all.childReads.all;
  child.busiestReads += all.childReads.busiest;
  parent.updates = all.updates.all;
  parent.busiestWrites = all.updates.busiest;
  if (reads) {
    parent.reads += all.again.all;
    parent.busiestReads += all.again.busiest;
  }
  forEachConverter(link, [&](unsigned level) {
    convert(level, {all.converted[level].all, all.converted[level].busiest});
  });
}

void Counter::residency(unsigned level, Tensor tensor) {
  TensorCounts &here = at(level, tensor);
  Question question = {tensor, level, level, true, {}};
  here.busiestChanges = Traffic(nest, question).changes();
  here.tile = 1;
  for (const Axis &axis : nest.axes(tensor)) {
    if (axis.window) {
      auto [s, d] = nest.windowSteps(axis.first);
      here.tile *= coordinates({0, nest.extent(axis.first, level), 0,
                                nest.extent(axis.second, level)},
                               s, d);
    } else if (nest.workload.relevantDims(tensor).contains(axis.first)) {
      here.tile *= nest.extent(axis.first, level);
    }
  }
}

void Counter::run() {
  const auto &levels = nest.accelerator.levels;
  counts.levels.resize(levels.size());
  // A view of one copy, with every temporal loop free, sees every step; a view
  // with none of them, every copy.
  unsigned compute = nest.computeLevel();
  counts.computeCycles = 1;
  for (Dim dim : allDims) {
    View view(nest, {Tensor::Input, compute, compute, true, {}}, dim);
    view.relevant = false;
    counts.computeCycles *= dimSums(view, noLoop, false, Measure::States).all;
  }
  for (unsigned level = 0; level < levels.size(); ++level) {
    int64_t &instances = counts.levels[level].instances;
    for (Dim dim : allDims) {
      View view(nest, {Tensor::Input, level, level, false, {}}, dim);
      view.relevant = false;
      instances *= dimSums(view, 0, false, Measure::States).all;
    }
  }
  for (Tensor tensor : allTensors) {
    std::optional<unsigned> parent;
    for (unsigned level = 0; level <= compute; ++level) {
      bool keeps = level < compute && levels[level].kind == LevelKind::Memory &&
                   mapping.levels[level].kept.contains(tensor);
      if (!keeps && level != compute)
        continue;
      if (keeps)
        residency(level, tensor);
      if (parent) {
        Link link = {tensor, *parent, level};
        tensor == Tensor::Output ? outputs(link) : operand(link);
      }
      parent = level;
    }
  }
}

Counts ohas::cost::count(const Workload &workload,
                         const Accelerator &accelerator,
                         const Mapping &mapping) {
  Nest nest(workload, accelerator, mapping);
  Counts counts;
  Counter(nest, mapping, counts).run();
  return counts;
}

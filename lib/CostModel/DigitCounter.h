//===- DigitCounter.h - Counts for a cost, from digits ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITCOUNTER_H
#define OHAS_LIB_COSTMODEL_DIGITCOUNTER_H

#include "CountsChain.h"
#include "DigitProbes.h"
#include "DigitTraffic.h"

namespace ohas::cost::counting {

/// What countForCost counts, of a mapping of common form, in a fraction of the
/// time: see docs/CostModel.md, "For a mapper's inner loop". Only what costs
/// something is counted.
class DigitCounter {
public:
  DigitCounter(const NestFacts &facts, const Mapping &mapping)
      : facts(facts), mapping(mapping), nest(facts) {}

  /// False if only the general count covers the mapping; `known` are probes
  /// that were made for earlier ones.
  bool run(KnownProbes &known);
  /// Instead: can partial sums be counted without following them step by step?
  /// Nothing if only the general count knows.
  std::optional<bool> hasClosedForm(KnownProbes &known);

  int64_t computeCycles;
  int64_t count(unsigned level, Tensor tensor, Count what) const {
    return counts[facts.slotOf(level, tensor, what)];
  }
  int64_t conversions(unsigned level) const {
    return counts[facts.levels[level].slots];
  }
  int64_t busiestConversions(unsigned level) const {
    return counts[facts.levels[level].slots + 1];
  }
  /// The largest tile of a tensor at a level.
  int64_t tile(unsigned level, Tensor tensor) const;
  int64_t instances(unsigned level) const { return nest.instances(level); }

  /// Is every output that leaves memory `level` complete, once?
  bool leaveComplete(unsigned level) const {
    return level <= completeFrom &&
           !(integratorsOverflow && facts.levels[level].integrates);
  }

private:
  bool addTensor(Tensor tensor, const Probes &probes);
  /// False if only the general count knows.
  bool ask(Probe::Kind kind, const DigitTraffic &traffic, const Place &place,
           int64_t &answer);
  bool askEveryStep(const DigitTraffic &traffic, const Place &place,
                    int64_t &answer) const;
  bool sumsLand(const Probes &probes) const;
  bool landsInTime(Mask dims, unsigned parent, unsigned child) const;
  bool mayReturn(unsigned child, unsigned level) const;
  int64_t integrated(const DigitTraffic &traffic, const Place &place);
  void findComplete();

  const NestFacts &facts;
  const Mapping &mapping;
  DigitNest nest;
  std::optional<Nest> general;
  unsigned completeFrom;
  bool integratorsOverflow;
  std::array<int64_t, NestFacts::maxSlots> counts; ///< by slot
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITCOUNTER_H

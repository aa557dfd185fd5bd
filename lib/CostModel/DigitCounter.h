//===- DigitCounter.h - Counts for a cost, from digits ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITCOUNTER_H
#define OHAS_LIB_COSTMODEL_DIGITCOUNTER_H

#include "CountsChain.h"
#include "DigitTraffic.h"

namespace ohas::cost::counting {

/// What countForCost counts, of a mapping of common form, in a fraction of the
/// time: no window of the input is shared by copies, and sums land in time. The
/// elements are those that were asked for; others are not set.
class DigitCounter {
public:
  struct TensorCount {
    int64_t reads, fills, updates, busiestReads, busiestWrites;
    int64_t busiestChanges, tile; ///< of devices that are slow to write
  };
  struct LevelCount {
    std::array<TensorCount, numTensors> tensors;
    int64_t conversions, busiestConversions;
    int64_t instances; ///< where a static power is paid by them
  };

  DigitCounter(const NestFacts &facts, const Mapping &mapping)
      : facts(facts), mapping(mapping), nest(facts) {}

  /// False if only the general count covers the mapping.
  bool run();

  int64_t computeCycles;
  std::array<LevelCount, DigitNest::maxLevels> levels;
  /// Every output that leaves a level from here outwards is complete, unless
  /// it is an integrator's and these overflow.
  unsigned completeFrom;
  bool integratorsOverflow;

  bool leaveComplete(unsigned level) const {
    return level <= completeFrom &&
           !(integratorsOverflow && facts.levels[level].integrates);
  }

private:
  struct Amount {
    int64_t all, first;
  };

  bool addTensor(Tensor tensor);
  bool addFlow(const Link &link, const DigitTraffic &traffic);
  bool crossing(const Link &link, const DigitTraffic &traffic, unsigned level,
                AmountNeeded what, Amount &amount);
  bool crossing(const Link &link, const DigitTraffic &traffic,
                const Place &place, int64_t &count);
  bool residency(Tensor tensor, const DigitTraffic &traffic, unsigned level);
  bool isCounted(const Link &link) const;
  bool landsInTime(unsigned parent, unsigned child) const;
  bool presentsTiles(Tensor tensor, unsigned level) const;
  bool mayReturn(Tensor tensor, unsigned child, unsigned level) const;
  int64_t integrated(const DigitTraffic &traffic, const Place &place);
  void findComplete();

  const NestFacts &facts;
  const Mapping &mapping;
  DigitNest nest;
  std::optional<Nest> general;
  /// Places between which no copies share see the same over all, and those
  /// between which nothing spreads at one copy.
  struct {
    unsigned shares, spatial;
    Amount amount;
  } last;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITCOUNTER_H

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

/// Numbers of counts, all of one level together.
enum class Count : uint8_t {
  Reads,
  Fills,
  Updates,
  BusiestReads,
  BusiestWrites,
  BusiestChanges,
};
inline constexpr unsigned countsPerTensor = 6;
inline constexpr unsigned countsPerLevel = numTensors * countsPerTensor;
inline unsigned slotOf(unsigned level, Tensor tensor, Count what) {
  return level * countsPerLevel + index(tensor) * countsPerTensor +
         unsigned(what);
}
/// Of converters, which move no other tensor.
inline unsigned conversionsSlot(unsigned level) {
  return level * countsPerLevel;
}
inline unsigned busiestConversionsSlot(unsigned level) {
  return level * countsPerLevel + 1;
}

/// One question about the traffic of a tensor, and the counts that the answer
/// is added to.
struct Probe {
  enum Kind : uint8_t {
    EverySteps,
    Held,
    Arrivals,
    Integrated,
    Changes,
    Stays
  };
  Kind kind;
  uint8_t child, top;
  bool all, first; ///< over all copies of `top`; at the first
  std::array<uint16_t, 2> allTo, firstTo; ///< slots
};

/// What to ask of a tensor that certain memories keep.
struct Probes {
  Mask keeping; ///< by number in NestFacts::memories
  llvm::SmallVector<std::pair<uint8_t, uint8_t>, 8> links; ///< parent, child
  llvm::SmallVector<Probe, 16> probes;

  Probes(const NestFacts &facts, Tensor tensor, Mask keeping);
};

/// What countForCost counts, of a mapping of common form, in a fraction of the
/// time: no window of the input is shared by copies, and sums land in time.
/// Only what costs something is counted.
class DigitCounter {
public:
  DigitCounter(const NestFacts &facts, const Mapping &mapping)
      : facts(facts), mapping(mapping), nest(facts) {}

  /// False if only the general count covers the mapping; `known` are probes
  /// that were made for earlier ones, by tensor.
  using KnownProbes = std::array<std::vector<Probes>, numTensors>;
  bool run(KnownProbes &known);

  int64_t computeCycles;
  int64_t count(unsigned level, Tensor tensor, Count what) const {
    return counts[slotOf(level, tensor, what)];
  }
  int64_t conversions(unsigned level) const {
    return counts[conversionsSlot(level)];
  }
  int64_t busiestConversions(unsigned level) const {
    return counts[busiestConversionsSlot(level)];
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
  bool ask(const Probe &probe, const DigitTraffic &traffic, Tensor tensor,
           bool one, int64_t &answer);
  bool isCounted(Tensor tensor, const Probes &probes) const;
  bool landsInTime(unsigned parent, unsigned child) const;
  bool presentsTiles(Tensor tensor, unsigned level) const;
  bool mayReturn(unsigned child, unsigned level) const;
  int64_t integrated(const DigitTraffic &traffic, const Place &place);
  void findComplete();

  const NestFacts &facts;
  const Mapping &mapping;
  DigitNest nest;
  std::optional<Nest> general;
  unsigned completeFrom;
  bool integratorsOverflow;
  /// One more, for answers that nothing needs.
  std::array<int64_t, DigitNest::maxLevels * countsPerLevel + 1> counts;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITCOUNTER_H

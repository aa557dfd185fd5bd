//===- DigitFacts.h - What all mappings of a workload share -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITFACTS_H
#define OHAS_LIB_COSTMODEL_DIGITFACTS_H

#include "CountsNeeded.h"
#include "llvm/ADT/bit.h"

namespace ohas::cost::counting {

/// Sets of dims or tensors as masks.
using Mask = uint32_t;
inline Mask maskOf(Dim dim) { return Mask(1) << index(dim); }
inline Mask maskOf(Tensor tensor) { return Mask(1) << index(tensor); }

template <typename Fn> inline void forEachDim(Mask dims, Fn fn) {
  for (; dims; dims &= dims - 1)
    fn(static_cast<Dim>(llvm::countr_zero(dims)));
}

/// What is counted of a tensor at a memory; each has a slot. Converters have
/// two: all conversions, and those of the busiest copy.
enum class Count : uint8_t {
  Reads,
  Fills,
  Updates,
  BusiestReads,
  BusiestWrites,
  BusiestChanges,
};
inline constexpr unsigned countsPerTensor = 6;

/// A window pair whose coordinates overlap; steps without common divisor.
struct WindowFacts {
  Dim position, kernel;
  int64_t stride, dilation;
};

/// What does not change from mapping to mapping of a workload on an
/// accelerator.
struct NestFacts {
  struct LevelFacts {
    LevelKind kind;
    bool hold, integrates;
    uint8_t shares;     ///< tensors that copies along other dims share
    uint8_t fanouts;    ///< above it
    bool sharesWindows; ///< copies along a window of the input share
    Needed needed;      ///< for energy and latency
    int64_t limit;      ///< of an integrator
    uint16_t slots;     ///< the first of the level's counts
  };

  static constexpr unsigned maxLevels = 48;
  static constexpr unsigned maxSlots = maxLevels * numTensors * countsPerTensor;

  NestFacts(const Workload &workload, const Accelerator &accelerator);

  unsigned slotOf(unsigned level, Tensor tensor, Count what) const {
    return levels[level].slots + index(tensor) * countsPerTensor +
           unsigned(what);
  }

  const Workload &workload;
  const Accelerator &accelerator;
  llvm::SmallVector<LevelFacts, 24> levels;
  unsigned compute;
  /// Levels that may have loops, innermost first; and the memories, outermost
  /// first.
  llvm::SmallVector<uint8_t, 16> loopLevels, memories;
  /// Converters that cost something, outermost first, by tensor.
  std::array<llvm::SmallVector<uint8_t, 4>, numTensors> converters;
  unsigned numSlots = 0;
  std::array<Mask, numTensors> relevant; ///< of the dims larger than 1
  /// The one tensor that does not depend on a dim, or numTensors.
  std::array<uint8_t, numDims> stranger;
  Mask large = 0;                            ///< dims larger than 1
  llvm::SmallVector<WindowFacts, 2> windows; ///< of the input
  Mask windowed = 0;                         ///< their dims
  /// Elements of a tensor along all its dims but the windowed ones.
  std::array<int64_t, numTensors> plainElements;
  /// And along these.
  int64_t windowedPoints = 1;
  /// False for what only the general count covers, whatever the mapping.
  bool isCovered = true;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITFACTS_H

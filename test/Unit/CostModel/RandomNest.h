//===- RandomNest.h - Small random nests to count ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_COSTMODEL_RANDOMNEST_H
#define OHAS_TEST_UNIT_COSTMODEL_RANDOMNEST_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Mapping.h"
#include "llvm/ADT/ArrayRef.h"
#include <random>

namespace ohas::cost {

/// What random nests are drawn from.
enum class NestKind {
  Any,   ///< everything, each thing rarely
  Edges, ///< copies that a fan-out near the top leaves with less than others
  Presented, ///< converters that hold, above fan-outs that share windows
};

struct RandomNest {
  Workload workload;
  Accelerator accelerator;
  Mapping mapping;

  /// The same nest for the same seed and kind, of at most `points` points
  /// (bounds that reach beyond the sizes included).
  explicit RandomNest(uint64_t seed, NestKind kind = NestKind::Any,
                      int64_t points = 400);

  std::string describe() const;

private:
  int64_t pick(int64_t low, int64_t high) {
    return low + int64_t(random() % uint64_t(high - low + 1));
  }
  template <typename T> T pick(std::initializer_list<T> from) {
    return *(from.begin() + pick(0, from.size() - 1));
  }
  bool chance(int percent) { return pick(1, 100) <= percent; }
  void chooseWorkload(int64_t points);
  void chooseEdgeWorkload(int64_t points);
  void addMemory(TensorSet kept);
  void addOther(LevelKind kind);
  void addCompute();
  void chooseLevels();
  void chooseEdgeLevels();
  void addSharing(int percent);
  void choosePresentingLevels();
  unsigned choosePlace(llvm::ArrayRef<unsigned> places);
  void chooseLoops(int64_t points);

  std::mt19937_64 random;
  const NestKind kind;
  bool windows = false;
};

} // namespace ohas::cost

#endif // OHAS_TEST_UNIT_COSTMODEL_RANDOMNEST_H

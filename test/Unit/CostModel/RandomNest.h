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
#include <random>

namespace ohas::cost {

struct RandomNest {
  Workload workload;
  Accelerator accelerator;
  Mapping mapping;

  /// The same nest for the same seed, of at most `points` points (bounds that
  /// reach beyond the sizes included).
  explicit RandomNest(uint64_t seed, int64_t points = 400);

  std::string describe() const;

private:
  int64_t pick(int64_t low, int64_t high) {
    return low + int64_t(random() % uint64_t(high - low + 1));
  }
  bool chance(int percent) { return pick(1, 100) <= percent; }
  void chooseWorkload(int64_t points);
  void addMemory(TensorSet kept);
  void addOther(LevelKind kind);
  void chooseLevels();
  void chooseLoops(int64_t points);

  std::mt19937_64 random;
  bool windows = false;
};

} // namespace ohas::cost

#endif // OHAS_TEST_UNIT_COSTMODEL_RANDOMNEST_H

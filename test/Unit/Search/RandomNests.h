//===- RandomNests.h - Random accelerators and workloads --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_RANDOMNESTS_H
#define OHAS_TEST_UNIT_SEARCH_RANDOMNESTS_H

#include "Nests.h"
#include "ohas/CostModel/Mapping.h"
#include <random>

namespace ohas::search::test {

/// Draws everything that a nest and a workload may have.
class NestGenerator {
public:
  explicit NestGenerator(unsigned seed) : random(seed) {}

  int64_t below(int64_t n) { return random() % n; }
  bool oneIn(int64_t n) { return below(n) == 0; }

  DimSet dims(int64_t dropOneIn) {
    DimSet result;
    for (Dim dim : allDims)
      if (!oneIn(dropOneIn))
        result.insert(dim);
    return result;
  }

  Accelerator accelerator() {
    std::vector<Level> levels = {memory("dram", everyTensor, 100)};
    int64_t inner = 2 + below(6);
    for (int64_t i = 0; i < inner; ++i) {
      levels.push_back(oneIn(3)   ? randomConverter()
                       : oneIn(2) ? randomMemory()
                                  : randomFanout());
      levels.back().name += std::to_string(i);
    }
    levels.push_back(level("mac", LevelKind::Compute));
    return nest("random", std::move(levels));
  }

  Workload workload(int64_t largest) {
    Workload workload;
    for (Dim dim : allDims)
      if (oneIn(2))
        workload.size(dim) = 1 + below(largest);
    for (int axis = 0; axis < 3; ++axis) {
      workload.strides[axis] = 1 + below(3);
      workload.dilations[axis] = 1 + below(2);
    }
    workload.transposed = oneIn(6);
    return workload;
  }

  /// A mapping drawn without any thought: random bounds from the inside out.
  Mapping mapping(const Workload &workload, const Accelerator &accelerator) {
    Mapping mapping;
    mapping.levels.resize(accelerator.levels.size());
    Workload left = workload;
    for (unsigned i = accelerator.levels.size(); i-- > 0;) {
      const Level &level = accelerator.levels[i];
      DimSet dims = level.kind == LevelKind::Memory   ? level.temporalDims
                    : level.kind == LevelKind::Fanout ? level.spatialDims
                                                      : DimSet();
      std::vector<Loop> loops;
      for (Dim dim : allDims) {
        int64_t &size = left.size(dim);
        if (!dims.contains(dim) || size == 1)
          continue;
        int64_t bound = i == 0 ? size : 1 + below(size);
        size = (size + bound - 1) / bound;
        loops.insert(loops.begin() + below(loops.size() + 1), {dim, bound});
      }
      mapping.levels[i].loops.assign(loops.begin(), loops.end());
      for (Tensor tensor : allTensors)
        if (level.canKeep.contains(tensor) &&
            (level.mustKeep.contains(tensor) || oneIn(2)))
          mapping.levels[i].kept.insert(tensor);
    }
    return mapping;
  }

private:
  Level randomMemory() {
    TensorSet keeps;
    for (Tensor tensor : allTensors)
      if (oneIn(2))
        keeps.insert(tensor);
    Level result =
        memory("memory", keeps, double(below(50)), std::nullopt, dims(4));
    for (Tensor tensor : allTensors)
      if (oneIn(2))
        result.mustKeep.erase(tensor);
    if (oneIn(2))
      result.capacityBits = 64 << below(8);
    result.doubleBuffered = oneIn(4);
    result.accumulates = !oneIn(4);
    if (keeps == TensorSet{Tensor::Output} && oneIn(2))
      result.accumulateLimit = 1 + below(4);
    if (oneIn(3))
      result.readBitsPerCycle = double(8 << below(4));
    return result;
  }

  Level randomConverter() {
    Level result =
        converter("converter", static_cast<Tensor>(below(numTensors)),
                  double(1 + below(500)), oneIn(2));
    result.staticUw = double(below(100));
    return result;
  }

  Level randomFanout() {
    constexpr FanoutMode operand[] = {
        FanoutMode::Private, FanoutMode::Broadcast, FanoutMode::Window};
    Level result = fanout("fanout", 1 + below(8), dims(3),
                          {operand[below(3)], operand[below(3)],
                           oneIn(2) ? FanoutMode::Sum : FanoutMode::Private});
    for (Tensor tensor : allTensors) {
      if (oneIn(6))
        result.wired.insert(tensor);
      if (oneIn(8))
        result.maxPerStep[index(tensor)] = 1 + below(6);
    }
    return result;
  }

  std::mt19937 random;
};

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_RANDOMNESTS_H

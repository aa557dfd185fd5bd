//===- BruteForceMapper.h - The best mapping, by trying all -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shares nothing with the mapper but the definition of the mapspace in words.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_BRUTEFORCEMAPPER_H
#define OHAS_TEST_UNIT_SEARCH_BRUTEFORCEMAPPER_H

#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Mapper.h"
#include <functional>

namespace ohas::search::test {

class BruteForceMapper {
public:
  BruteForceMapper(const cost::Workload &workload,
                   const cost::Accelerator &accelerator, Factors factors)
      : workload(workload), accelerator(accelerator), factors(factors) {
    mapping.levels.resize(accelerator.levels.size());
    for (cost::Dim dim : cost::allDims)
      if (workload.size(dim) > 1)
        dims.push_back(dim);
  }

  /// Calls fn for every valid mapping; stops, and returns false, after `most`
  /// mappings, valid or not.
  bool run(uint64_t most, std::function<void(const cost::Mapping &)> fn) {
    left = most;
    visit = std::move(fn);
    chooseDim(0);
    return left > 0;
  }

private:
  static int64_t ceil(int64_t a, int64_t b) { return (a + b - 1) / b; }

  bool isBound(int64_t trips, int64_t bound, bool spatial) const {
    if (bound > trips)
      return false;
    if (factors == Factors::Every)
      return true;
    if (factors == Factors::Perfect && !spatial)
      return trips % bound == 0;
    return bound == 1 || ceil(trips, bound - 1) > ceil(trips, bound);
  }

  /// Fan-outs from the inside out, then memories from the inside out.
  void chooseDim(size_t number) {
    if (number == dims.size())
      return chooseKept(0);
    std::vector<unsigned> places;
    for (bool spatial : {true, false})
      for (unsigned i = accelerator.levels.size(); i-- > 0;) {
        const cost::Level &level = accelerator.levels[i];
        if (level.kind ==
                (spatial ? cost::LevelKind::Fanout : cost::LevelKind::Memory) &&
            (spatial ? cost::acceptedDims(workload, level) : level.temporalDims)
                .contains(dims[number]))
          places.push_back(i);
      }
    chooseBound(number, places, 0, workload.size(dims[number]));
  }

  void chooseBound(size_t number, const std::vector<unsigned> &places,
                   size_t place, int64_t trips) {
    if (left == 0)
      return;
    if (place == places.size()) {
      if (trips == 1)
        chooseDim(number + 1);
      return;
    }
    unsigned i = places[place];
    const cost::Level &level = accelerator.levels[i];
    bool spatial = level.kind == cost::LevelKind::Fanout;
    auto &loops = mapping.levels[i].loops;
    bool last = place + 1 == places.size();
    for (int64_t bound = 1; bound <= trips; ++bound) {
      if (spatial && bound > level.extent)
        break;
      if (!spatial && last && bound != trips)
        continue;
      if (!isBound(trips, bound, spatial))
        continue;
      if (bound > 1)
        loops.push_back({dims[number], bound});
      chooseBound(number, places, place + 1, ceil(trips, bound));
      if (bound > 1)
        loops.pop_back();
    }
  }

  void chooseKept(size_t i) {
    if (i == accelerator.levels.size())
      return chooseOrder(0);
    if (accelerator.levels[i].kind != cost::LevelKind::Memory)
      return chooseKept(i + 1);
    for (unsigned mask = 0; mask < 8; ++mask) {
      cost::TensorSet kept;
      for (cost::Tensor tensor : cost::allTensors)
        if (mask >> index(tensor) & 1)
          kept.insert(tensor);
      if (!kept.isSubsetOf(accelerator.levels[i].canKeep) ||
          !accelerator.levels[i].mustKeep.isSubsetOf(kept))
        continue;
      mapping.levels[i].kept = kept;
      chooseKept(i + 1);
    }
  }

  void chooseOrder(size_t i) {
    if (left == 0)
      return;
    if (i == accelerator.levels.size()) {
      --left;
      if (!cost::findViolation(workload, accelerator, mapping))
        visit(mapping);
      return;
    }
    auto &loops = mapping.levels[i].loops;
    if (accelerator.levels[i].kind != cost::LevelKind::Memory ||
        loops.size() < 2)
      return chooseOrder(i + 1);
    auto before = [](const cost::Loop &a, const cost::Loop &b) {
      return a.dim < b.dim;
    };
    auto kept = loops;
    std::sort(loops.begin(), loops.end(), before);
    do {
      chooseOrder(i + 1);
    } while (std::next_permutation(loops.begin(), loops.end(), before));
    loops = kept;
  }

  const cost::Workload &workload;
  const cost::Accelerator &accelerator;
  Factors factors;
  std::vector<cost::Dim> dims;
  cost::Mapping mapping;
  uint64_t left = 0;
  std::function<void(const cost::Mapping &)> visit;
};

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_BRUTEFORCEMAPPER_H

//===- WindowCases.h - Random mappings of windows ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_WINDOWCASES_H
#define OHAS_TEST_UNIT_SEARCH_WINDOWCASES_H

#include "LoopBounds.h"
#include "MapperCases.h"
#include "ohas/CostModel/Validity.h"

namespace ohas::search::test {

/// Convolutions that are larger than what all mappings can be listed of, on
/// nests with lanes that share windows, and mappings of them.
class WindowCases : NestGenerator {
public:
  using NestGenerator::NestGenerator;

  Case draw() {
    constexpr auto own = FanoutMode::Private, all = FanoutMode::Broadcast,
                   slide = FanoutMode::Window, sum = FanoutMode::Sum;
    constexpr DimSet kernel = {Dim::C, Dim::R, Dim::S},
                     positions = {Dim::N, Dim::P, Dim::Q};
    std::vector<Level> levels = {memory("dram", everyTensor, 100)};
    if (oneIn(2))
      levels.push_back(memory("glb", {Tensor::Input, Tensor::Output}, 10));
    int64_t lanes = 1 + below(3);
    bool hold = !oneIn(3);
    levels.push_back(converter("in_dac", Tensor::Input, 100, hold));
    if (oneIn(2))
      levels.push_back(fanout("groups", 2, {Dim::M}, {own, all, own}));
    if (oneIn(2))
      levels.push_back(
          memory("cache", {Tensor::Weight}, 1, std::nullopt, positions));
    if (oneIn(2))
      levels.push_back(
          memory("register", {Tensor::Output}, 1, std::nullopt, kernel));
    if (oneIn(2))
      levels.push_back(fanout("units", 1 + below(4), kernel, {own, own, sum}));
    if (oneIn(2))
      levels.push_back(fanout("rows", lanes, kernel, {own, slide, sum}));
    if (oneIn(2))
      levels.push_back(
          fanout("columns", 1 + below(4), positions, {all, slide, own}));
    levels.push_back(level("mac", LevelKind::Compute));
    Workload workload;
    auto draw = [&](Dim dim, int64_t most) {
      workload.size(dim) = oneIn(3) ? 1 : 1 + below(most);
    };
    draw(Dim::M, 3);
    draw(Dim::C, 3);
    draw(Dim::P, 10);
    draw(Dim::Q, 10);
    draw(Dim::R, 7);
    draw(Dim::S, 7);
    for (int axis = 0; axis < 2; ++axis) {
      workload.strides[axis] = 1 + below(4);
      workload.dilations[axis] = oneIn(3) ? 1 + below(3) : 1;
    }
    Factors factors = static_cast<Factors>(below(3));
    return {nest("windows", std::move(levels)), workload, factors,
            Objective::Energy};
  }

  /// One that the search would look at; nothing if it is not valid.
  std::optional<Mapping> mapping(const Case &drawn) {
    Mapping mapping;
    mapping.levels.resize(drawn.accelerator.levels.size());
    DimBounds left = drawn.workload.sizes;
    // Fan-outs first: bounds of loops divide what they leave.
    for (LevelKind kind : {LevelKind::Fanout, LevelKind::Memory})
      for (unsigned i = drawn.accelerator.levels.size(); i-- > 0;) {
        const Level &level = drawn.accelerator.levels[i];
        if (level.kind == LevelKind::Memory)
          mapping.levels[i].kept = level.canKeep;
        if (level.kind != kind)
          continue;
        int64_t extent = level.extent;
        std::vector<Loop> loops;
        for (Dim dim : allDims) {
          bool memory = kind == LevelKind::Memory;
          if (!(memory ? level.temporalDims : level.spatialDims).contains(dim))
            continue;
          int64_t &size = left[index(dim)];
          llvm::SmallVector<int64_t, 32> bounds =
              memory ? loopBounds(size, drawn.factors)
                     : spreadBounds(size, extent, drawn.factors);
          int64_t bound = i == 0 ? size : bounds[below(bounds.size())];
          if (bound == 1)
            continue;
          loops.insert(loops.begin() + below(loops.size() + 1), {dim, bound});
          size = llvm::divideCeilSigned(size, bound);
          extent /= memory ? 1 : bound;
        }
        mapping.levels[i].loops.assign(loops.begin(), loops.end());
      }
    if (findViolation(drawn.workload, drawn.accelerator, mapping))
      return std::nullopt;
    return mapping;
  }
};

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_WINDOWCASES_H

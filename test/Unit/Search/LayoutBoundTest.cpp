//===- LayoutBoundTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BoundOfMapping.h"
#include "WindowCases.h"

using namespace ohas::search;
using namespace ohas::search::test;
using namespace ohas::cost;

TEST(LayoutBound, BoundsWindowsFromBelow) {
  uint64_t compared = 0, equal = 0;
  forEachSeed(1000, [&](unsigned seed) {
    WindowCases cases(seed);
    Case drawn = cases.draw();
    MappingProblem problem(drawn.workload, drawn.accelerator);
    for (unsigned i = 0; i < 20; ++i) {
      std::optional<Mapping> mapping = cases.mapping(drawn);
      if (!mapping || idlesForEver(drawn, *mapping))
        continue;
      UnroundedCost cost = costOf(drawn, *mapping);
      auto [ns, fj] = leastCost(problem, drawn.factors, *mapping,
                                i % 4 ? TileGrid::finest : 128);
      ++compared;
      equal += fj >= cost.energyFj * (1 - 1e-9);
      EXPECT_LE(fj, cost.energyFj * (1 + 1e-9))
          << show(*mapping, drawn.accelerator);
      EXPECT_LE(ns, cost.latencyNs * (1 + 1e-9))
          << show(*mapping, drawn.accelerator);
    }
  });
  if (std::getenv("OHAS_SEEDS"))
    return;
  EXPECT_GT(compared, 10000u);
  EXPECT_GT(equal, compared / 3);
}

/// A loop of the position that is further out moves on by what the kernel falls
/// back: then a sweep along the other axis begins where the last one did.
TEST(LayoutBound, KernelsMakeUpForPositionsFurtherOut) {
  constexpr auto own = FanoutMode::Private, slide = FanoutMode::Window,
                 sum = FanoutMode::Sum;
  Accelerator accelerator = nest(
      "sweeps",
      {memory("dram", everyTensor, 100),
       converter("in_dac", Tensor::Input, 100),
       memory("cache", {Tensor::Weight}, 1, std::nullopt, {Dim::P, Dim::Q}),
       fanout("rows", 3, {Dim::R}, {own, slide, sum}),
       level("mac", LevelKind::Compute)});
  Workload workload;
  workload.size(Dim::M) = 2;
  workload.size(Dim::P) = 2;
  workload.size(Dim::Q) = 10;
  workload.size(Dim::R) = 7;
  workload.size(Dim::S) = 4;
  workload.strides = {1, 3, 1};
  Mapping mapping;
  for (const Level &level : accelerator.levels)
    mapping.levels.emplace_back().kept = level.canKeep;
  mapping.levels[0].loops = {
      {Dim::R, 3}, {Dim::M, 2}, {Dim::Q, 2}, {Dim::S, 4}};
  mapping.levels[2].loops = {{Dim::Q, 5}, {Dim::P, 2}};
  mapping.levels[3].loops = {{Dim::R, 3}};
  for (bool hold : {false, true}) {
    accelerator.levels[1].hold = hold;
    Case drawn = {accelerator, workload, Factors::Perfect, Objective::Energy};
    MappingProblem problem(workload, accelerator);
    EXPECT_LE(leastCost(problem, drawn.factors, mapping).energyFj,
              costOf(drawn, mapping).energyFj * (1 + 1e-9));
  }
}

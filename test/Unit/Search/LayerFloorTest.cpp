//===- LayerFloorTest.cpp ---------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerFloor.h"
#include "RandomNests.h"
#include "ohas/CostModel/Cost.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Mapper.h"
#include "ohas/Search/Residency.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

/// With slow writes, static power of every kind and a resident memory, too.
static Accelerator drawAccelerator(NestGenerator &generator) {
  Accelerator accelerator = generator.accelerator();
  bool hasResident = false;
  for (size_t i = 1; i < accelerator.levels.size(); ++i) {
    Level &level = accelerator.levels[i];
    if (generator.oneIn(3)) {
      level.staticUw = double(generator.below(1000));
      level.duty = generator.oneIn(2) ? Duty::Always : Duty::PerStep;
    }
    if (level.kind == LevelKind::Converter && generator.oneIn(3))
      level.rateGhz = 1 + double(generator.below(5));
    if (level.kind != LevelKind::Memory)
      continue;
    if (generator.oneIn(3))
      level.writeLatencyNs = double(generator.below(20));
    if (generator.oneIn(4))
      level.writeElementsPerNs = 1 + double(generator.below(4));
    if (!hasResident && level.accumulates && !level.accumulateLimit &&
        generator.oneIn(2))
      hasResident = level.resident = true;
  }
  return accelerator;
}

static LayerFloor floorOf(const MappingProblem &problem, TensorSet mayStay) {
  return layerFloor(
      problem,
      [&](llvm::ArrayRef<TripTerm> terms) {
        return leastTrips(problem, terms);
      },
      mayStay);
}

TEST(LayerFloor, IsBelowEveryMapping) {
  uint64_t compared = 0, stayed = 0, tight = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = drawAccelerator(generator);
    Workload workload = generator.workload(3 + seed % 5);
    if (workload.macs() > 1024)
      continue;
    MappingProblem problem(workload, accelerator);

    LayerFloor floor = floorOf(problem, {});
    for (unsigned i = 0; i < 100; ++i) {
      Mapping mapping = generator.mapping(workload, accelerator);
      TensorSet staying;
      if (residentLevel(accelerator) && generator.oneIn(2)) {
        for (Tensor tensor : allTensors)
          if (generator.oneIn(2) &&
              mapping.levels[*residentLevel(accelerator)].kept.contains(tensor))
            staying.insert(tensor);
        mapping = withResidents(mapping, accelerator, staying);
      }
      if (findViolation(workload, accelerator, mapping))
        continue;
      UnroundedCost cost =
          evaluateUnrounded(workload, accelerator, mapping,
                            count(workload, accelerator, mapping));
      LayerFloor least = staying.empty() ? floor : floorOf(problem, staying);
      ++compared;
      stayed += !staying.empty();
      tight += least.energyFj >= 0.9 * cost.energyFj &&
               least.latencyNs >= 0.9 * cost.latencyNs;
      ASSERT_LE(least.energyFj, cost.energyFj * (1 + 1e-9)) << i;
      ASSERT_LE(least.latencyNs, cost.latencyNs * (1 + 1e-9)) << i;
    }
  }
  EXPECT_GT(compared, 20000u);
  EXPECT_GT(stayed, 1000u);
  // Bounds that are always loose would pass, too.
  EXPECT_GT(tight, compared / 10);
}

TEST(LayerFloor, IsBelowTheBestMapping) {
  unsigned compared = 0, tight = 0;
  const char *text = std::getenv("OHAS_SAMPLES");
  unsigned seeds = text ? std::atoi(text) : 300;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(100'000 + seed);
    Accelerator accelerator = drawAccelerator(generator);
    Workload workload = generator.workload(3 + seed % 5);
    MapperOptions options;
    options.objective = seed % 2 ? Objective::Energy : Objective::Latency;
    options.factors = Factors::Every;
    options.seed = seed;
    if (workload.macs() > 4096)
      continue;
    llvm::Expected<MapperResult> best =
        findMapping(workload, accelerator, options);
    if (!best) {
      llvm::consumeError(best.takeError());
      continue;
    }
    MappingProblem problem(workload, accelerator);
    LayerFloor floor = floorOf(problem, {});
    UnroundedCost cost =
        evaluateUnrounded(workload, accelerator, best->mapping,
                          count(workload, accelerator, best->mapping));
    ++compared;
    EXPECT_LE(floor.energyFj, cost.energyFj * (1 + 1e-9));
    EXPECT_LE(floor.latencyNs, cost.latencyNs * (1 + 1e-9));
    tight += seed % 2 ? floor.energyFj >= 0.95 * cost.energyFj
                      : floor.latencyNs >= 0.95 * cost.latencyNs;
  }
  EXPECT_GT(compared, seeds / 4);
  EXPECT_GT(tight, compared / 3);
}

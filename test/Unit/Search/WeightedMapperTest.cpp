//===- WeightedMapperTest.cpp -----------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BruteForceMapper.h"
#include "ExactMapper.h"
#include "MapperCases.h"
#include "ohas/Search/Residency.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

namespace {
/// A random nest with a memory in which tensors may stay.
struct WeightedCase {
  Case drawn;
  Weighting weighting;
  TensorSet staying;
};
} // namespace

static WeightedCase draw(unsigned seed) {
  WeightedCase result{drawCase(seed), {}, {}};
  Case &drawn = result.drawn;
  NestGenerator generator(seed + 1'000'000);
  constexpr double weights[] = {0, 1, 30, 1000, 100'000};
  result.weighting = {1, weights[generator.below(5)]};
  if (generator.oneIn(8))
    result.weighting = {0, 1};
  if (generator.oneIn(4))
    return result;
  Level resident = memory("resident", everyTensor, double(generator.below(30)));
  resident.resident = true;
  resident.weightsResident = generator.oneIn(2);
  if (generator.oneIn(3))
    resident.mustKeep = {Tensor::Input, Tensor::Output};
  if (generator.oneIn(2))
    resident.capacityBits = 256 << generator.below(6);
  resident.doubleBuffered = generator.oneIn(4);
  if (generator.oneIn(3))
    resident.readBitsPerCycle = double(8 << generator.below(4));
  if (generator.oneIn(3))
    drawn.accelerator.levels[0].readBitsPerCycle = 16;
  resident.accumulates = true;
  drawn.accelerator.levels.insert(drawn.accelerator.levels.begin() + 1,
                                  resident);
  for (Tensor tensor : allTensors)
    if ((tensor != Tensor::Weight || resident.weightsResident) &&
        generator.oneIn(2))
      result.staying.insert(tensor);
  return result;
}

TEST(WeightedMapper, EqualsBruteForceWhateverStays) {
  unsigned compared = 0, stayed = 0, different = 0;
  forEachSeed(150, [&](unsigned seed) {
    WeightedCase one = draw(seed);
    const Case &drawn = one.drawn;
    if (drawn.workload.macs() > 512)
      return;
    double best = std::numeric_limits<double>::infinity(), plain = best;
    BruteForceMapper all(drawn.workload, drawn.accelerator, drawn.factors);
    if (!all.run(8000, [&](const Mapping &mapping) {
          UnroundedCost cost = costOf(drawn, mapping);
          plain =
              std::min(plain, one.weighting.of(cost.energyFj, cost.latencyNs));
          Mapping stays = mapping;
          if (!one.staying.empty())
            stays = withResidents(mapping, drawn.accelerator, one.staying);
          if (findViolation(drawn.workload, drawn.accelerator, stays))
            return;
          cost = costOf(drawn, stays);
          best =
              std::min(best, one.weighting.of(cost.energyFj, cost.latencyNs));
        }))
      return;
    MappingProblem problem(drawn.workload, drawn.accelerator, one.staying);
    Incumbent incumbent(problem, one.weighting);
    SearchStatistics statistics;
    EXPECT_TRUE(mapExactly(problem, drawn.factors, incumbent, statistics));
    ++compared;
    double found = incumbent.objectiveValue();
    if (std::isinf(best) || best == 0)
      EXPECT_EQ(found, best);
    else
      EXPECT_NEAR(found / best, 1, 1e-9);
    stayed += !one.staying.empty() && !std::isinf(best);
    different += !std::isinf(best) && best < plain * (1 - 1e-9);
    // What a limited search leaves open is no better than it says.
    for (double limit : {1., 5., 20.}) {
      Incumbent part(problem, one.weighting);
      SearchStatistics limited;
      limited.limit = limit;
      bool proven = mapExactly(problem, drawn.factors, part, limited);
      EXPECT_LE(std::min(part.objectiveValue(), limited.leastOpen),
                best * (1 + 1e-9));
      EXPECT_EQ(proven, std::isinf(limited.leastOpen));
    }
  });
  if (!std::getenv("OHAS_SEEDS")) {
    EXPECT_GT(compared, 70u);
    EXPECT_GT(stayed, 30u);
    EXPECT_GT(different, 20u);
  }
}

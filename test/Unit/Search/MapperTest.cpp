//===- MapperTest.cpp -------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Mapper.h"
#include "RandomNests.h"
#include "ohas/CostModel/Validity.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

static MapperResult find(const Workload &workload,
                         const Accelerator &accelerator,
                         MapperOptions options = {}) {
  return llvm::cantFail(findMapping(workload, accelerator, options));
}

static std::string error(const Workload &workload,
                         const Accelerator &accelerator) {
  llvm::Expected<MapperResult> result =
      findMapping(workload, accelerator, MapperOptions());
  return result ? "" : llvm::toString(result.takeError());
}

static std::string whyInvalid(const Workload &workload,
                              const Accelerator &accelerator,
                              const Mapping &mapping) {
  llvm::Error error = checkMapping(workload, accelerator, mapping);
  return error ? llvm::toString(std::move(error)) : "";
}

/// Share of the products that the array could do in the time, all busy.
static double utilization(const Workload &workload,
                          const Accelerator &accelerator,
                          const MapperResult &result) {
  double units = 1;
  for (const Level &level : accelerator.levels)
    units *= double(level.extent);
  return double(workload.macs()) / units / accelerator.clockGhz * 1000 /
         double(result.cost.latencyPs);
}

TEST(Mapper, EveryMappingOfRandomNestsIsValidAndCostsWhatItSays) {
  unsigned mapped = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = generator.accelerator();
    Workload workload = generator.workload(5);
    MapperOptions options;
    options.budget = 1 + seed % 80;
    options.objective = static_cast<Objective>(seed % 6);
    options.seed = seed;
    options.proofBudget = seed % 2 * 300;
    llvm::Expected<MapperResult> result =
        findMapping(workload, accelerator, options);
    if (!result) {
      std::string message = llvm::toString(result.takeError());
      EXPECT_TRUE(llvm::StringRef(message).starts_with("no mapping of "))
          << message;
      continue;
    }
    ++mapped;
    EXPECT_EQ(whyInvalid(workload, accelerator, result->mapping), "");
    if (options.proofBudget == 0) {
      EXPECT_LE(result->evaluated, options.budget);
      EXPECT_FALSE(result->provenOptimal);
    }
    Cost cost = evaluate(workload, accelerator, result->mapping,
                         count(workload, accelerator, result->mapping));
    EXPECT_EQ(cost.latencyPs, result->cost.latencyPs);
    EXPECT_EQ(cost.energyFj, result->cost.energyFj);
    ASSERT_FALSE(result->front.empty());
    for (const MappedPoint &point : result->front) {
      EXPECT_EQ(whyInvalid(workload, accelerator, point.mapping), "");
      QuickCost quick =
          evaluateQuick(workload, accelerator, point.mapping,
                        count(workload, accelerator, point.mapping));
      EXPECT_EQ(quick.latencyPs, point.latencyPs);
      EXPECT_EQ(quick.energyFj, point.energyFj);
    }
  }
  EXPECT_GT(mapped, 300u);
}

TEST(Mapper, IsDeterministicForASeed) {
  Accelerator accelerator = albireoLike();
  Workload workload = conv(64, 32, 14, 3);
  for (uint64_t seed : {0, 1, 2}) {
    MapperOptions options;
    options.seed = seed;
    options.budget = 150;
    MapperResult a = find(workload, accelerator, options);
    MapperResult b = find(workload, accelerator, options);
    EXPECT_TRUE(a.mapping == b.mapping);
    EXPECT_EQ(a.evaluated, b.evaluated);
    EXPECT_EQ(a.discarded, b.discarded);
    EXPECT_EQ(a.front.size(), b.front.size());
  }
}

TEST(Mapper, IsNeverWorseThanRandomMappings) {
  unsigned compared = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    NestGenerator generator(seed);
    Accelerator accelerator = generator.accelerator();
    Workload workload = generator.workload(4);
    llvm::Expected<MapperResult> result =
        findMapping(workload, accelerator, MapperOptions());
    if (!result) {
      llvm::consumeError(result.takeError());
      // Then no random mapping may be valid either.
      for (int i = 0; i < 300; ++i)
        EXPECT_NE(whyInvalid(workload, accelerator,
                             generator.mapping(workload, accelerator)),
                  "");
      continue;
    }
    double best =
        double(result->cost.energyFj) * double(result->cost.latencyPs);
    for (int i = 0; i < 300; ++i) {
      Mapping mapping = generator.mapping(workload, accelerator);
      if (findViolation(workload, accelerator, mapping))
        continue;
      QuickCost cost = evaluateQuick(workload, accelerator, mapping,
                                     count(workload, accelerator, mapping));
      EXPECT_LE(best, double(cost.energyFj) * double(cost.latencyPs));
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000u);
}

TEST(Mapper, FillsAnAlbireoLikeArray) {
  Accelerator accelerator = albireoLike();
  // 27 of C, R, S and five columns divide; M and the rest leave little idle.
  Workload fits = conv(63, 54, 10, 3);
  EXPECT_GT(utilization(fits, accelerator, find(fits, accelerator)), 0.999);
  Workload vgg = conv(256, 256, 56, 3);
  EXPECT_GT(utilization(vgg, accelerator, find(vgg, accelerator)), 0.88);
  // A stride of two leaves seven inputs for three of the five columns.
  Workload strided = conv(63, 54, 9, 3, 2);
  EXPECT_GT(utilization(strided, accelerator, find(strided, accelerator)),
            0.59);
}

TEST(Mapper, FillsATransformerLikeArray) {
  Accelerator accelerator = transformerLike();
  Workload fits = matmul(96, 144, 120);
  EXPECT_GT(utilization(fits, accelerator, find(fits, accelerator)), 0.999);
}

TEST(Mapper, ObjectivesTradeEnergyForLatency) {
  Accelerator accelerator = albireoLike();
  Workload workload = conv(100, 40, 13, 3, 2);
  auto best = [&](Objective objective) {
    MapperOptions options;
    options.objective = objective;
    return find(workload, accelerator, options).cost;
  };
  Cost energy = best(Objective::Energy), latency = best(Objective::Latency),
       edp = best(Objective::Edp);
  EXPECT_LE(energy.energyFj, edp.energyFj);
  EXPECT_LE(latency.latencyPs, edp.latencyPs);
}

TEST(Mapper, KeepsReductionsWhereSumsAccumulate) {
  Accelerator accelerator =
      nest("inner-sums", {memory("dram", everyTensor, 100),
                          memory("sums", {Tensor::Output}, 1, 1 << 20),
                          level("mac", LevelKind::Compute)});
  accelerator.levels[0].accumulates = false;
  Workload workload = matmul(8, 64, 8);
  MapperResult result = find(workload, accelerator);
  EXPECT_EQ(whyInvalid(workload, accelerator, result.mapping), "");
}

TEST(Mapper, LeavesOutWhatDoesNotFit) {
  Accelerator accelerator = nest("small", {memory("dram", everyTensor, 100),
                                           memory("buffer", everyTensor, 1, 24),
                                           level("mac", LevelKind::Compute)});
  EXPECT_EQ(error(matmul(4, 4, 4), accelerator),
            "no mapping of M 4, C 4, P 4 to accelerator 'small' was found: " +
                whyInvalid(matmul(4, 4, 4), accelerator, [] {
                  Mapping mapping;
                  mapping.levels.resize(3);
                  mapping.levels[0] = {everyTensor,
                                       {{Dim::M, 4}, {Dim::C, 4}, {Dim::P, 4}}};
                  mapping.levels[1].kept = everyTensor;
                  return mapping;
                }()));
  accelerator.levels[1].mustKeep = {};
  EXPECT_EQ(error(matmul(4, 4, 4), accelerator), "");
}

TEST(Mapper, SaysWhenADimHasNowhereToGo) {
  Accelerator accelerator =
      nest("no-rows",
           {memory("dram", everyTensor, 100, std::nullopt, {Dim::M, Dim::C}),
            level("mac", LevelKind::Compute)});
  EXPECT_EQ(error(matmul(4, 4, 4), accelerator),
            "no mapping of M 4, C 4, P 4 to accelerator 'no-rows' was found: "
            "some dim can neither loop at a memory nor spread far enough");
}

TEST(Mapper, RejectsMoreBitsThanTheAcceleratorHas) {
  Workload workload = matmul(4, 4, 4);
  workload.bits[index(Tensor::Weight)] = 16;
  EXPECT_EQ(error(workload, albireoLike()),
            "weight has 16 bits, accelerator 'albireo-like' works with 8");
}

TEST(Mapper, HugeAndTinyWorkloadsEnd) {
  Accelerator accelerator = albireoLike();
  EXPECT_EQ(find({}, accelerator).cost.macs, 1);
  MapperOptions options;
  options.budget = 50;
  MapperResult huge =
      find(matmul(1 << 30, 1 << 18, 1 << 12), accelerator, options);
  EXPECT_GT(utilization(matmul(1 << 30, 1 << 18, 1 << 12), accelerator, huge),
            0.39); // six of fifteen: seven inputs for a coupler
  EXPECT_EQ(error(matmul(1 << 30, 1 << 30, 1 << 30), accelerator),
            "no mapping of M 1073741824, C 1073741824, P 1073741824 to "
            "accelerator 'albireo-like' was found: it has more than 2^63 "
            "products");
}

/// Copies that are added up but work unequally long before an integrator have
/// no closed form. Here the buffer holds a quarter of C, so nothing else fits.
TEST(Mapper, FallsBackToMappingsThatAreSlowToCount) {
  Level integrator =
      memory("integrator", {Tensor::Output}, 0, std::nullopt, {});
  integrator.accumulateLimit = 2;
  Accelerator accelerator =
      nest("ragged",
           {memory("dram", everyTensor, 100, std::nullopt, {Dim::M}),
            fanout("cores", 4, {Dim::C},
                   {FanoutMode::Private, FanoutMode::Private, FanoutMode::Sum}),
            integrator,
            memory("buffer", {Tensor::Weight}, 1, 63 * 8, {Dim::C, Dim::P}),
            level("mac", LevelKind::Compute)});
  Workload workload = matmul(3, 251, 7);
  MapperResult result = find(workload, accelerator);
  EXPECT_EQ(whyInvalid(workload, accelerator, result.mapping), "");
}

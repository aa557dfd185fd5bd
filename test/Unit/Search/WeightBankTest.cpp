//===- WeightBankTest.cpp ---------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bank of microrings of docs/Search.md ("Beside other mappers"), with words
// of 8 bits and a clock of 1 GHz, so that cycles are ns. The layers are those
// that Timeloop's mapper was run on.
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "Nests.h"
#include "gtest/gtest.h"

using namespace ohas::search;
using namespace ohas::search::test;

static Accelerator weightBank() {
  constexpr auto slide = FanoutMode::Window, sum = FanoutMode::Sum;
  constexpr DimSet array = {Dim::C, Dim::R, Dim::S, Dim::M};
  Level glb = memory("glb", everyTensor, 27000.0 / 64, 8 << 21);
  glb.mustKeep = {};
  glb.readBitsPerCycle = glb.writeBitsPerCycle = 512 * 8;
  Level buffer = memory("core_buffer", everyTensor, 7000.0 / 64, 8 << 16);
  buffer.mustKeep = {};
  Level ring = memory("ring", {Tensor::Weight}, 0, 8, {Dim::P, Dim::Q});
  ring.writeFjPerBit = 1500.0 / 8;
  Level mac = level("mac", LevelKind::Compute);
  mac.energyFj = 450;
  Accelerator result =
      nest("weight-bank",
           {memory("dram", everyTensor, 64000.0 / 8), glb,
            fanout("core", 16, everyDim, {slide, slide, sum}), buffer,
            fanout("column", 64, array, {slide, slide, sum}),
            fanout("row", 64, array, {slide, slide, sum}), ring, mac});
  for (Level &level : result.levels)
    level.clockGhz = 1;
  result.clockGhz = 1;
  result.accumulatorBits = 8;
  return result;
}

namespace {
struct Optimum {
  bool proven;
  double edp, energyUj, cycles; ///< edp in J x cycle
};
} // namespace

static Optimum prove(const Workload &workload, Objective objective,
                     Factors factors = Factors::Perfect) {
  Accelerator accelerator = weightBank();
  MapperOptions options;
  options.objective = objective;
  options.factors = factors;
  options.proofBudget = 1 << 20;
  MapperResult result =
      llvm::cantFail(findMapping(workload, accelerator, options));
  double joules = double(result.cost.energyFj) * 1e-15,
         cycles = double(result.cost.cycles);
  return {result.provenOptimal, joules * cycles, joules * 1e6, cycles};
}

TEST(WeightBank, ResNetLayerIsFarBelowWhatRandomSearchFinds) {
  Optimum optimum = prove(conv(64, 64, 56, 3), Objective::Edp);
  EXPECT_TRUE(optimum.proven);
  EXPECT_LT(optimum.edp, 0.15325); // Timeloop: 0.260
  EXPECT_EQ(optimum.cycles, 1764); // the compute bound
}

TEST(WeightBank, ResNetLayerTakesLeastEnergy) {
  Optimum optimum = prove(conv(64, 64, 56, 3), Objective::Energy);
  EXPECT_LT(optimum.energyUj, 82.835); // Timeloop: 82.83
}

TEST(WeightBank, VGGLayerIsFarBelowWhatRandomSearchFinds) {
  Optimum optimum = prove(conv(256, 256, 56, 3), Objective::Edp);
  EXPECT_TRUE(optimum.proven);
  EXPECT_LT(optimum.edp, 28.72);    // Timeloop: 485
  EXPECT_EQ(optimum.cycles, 28224); // the compute bound
}

TEST(WeightBank, MatrixProductIsFarBelowWhatRandomSearchFinds) {
  Optimum optimum = prove(matmul(4096, 4096, 4096), Objective::Edp);
  EXPECT_TRUE(optimum.proven);
  EXPECT_LT(optimum.edp, 41865);      // Timeloop: 239,000
  EXPECT_EQ(optimum.cycles, 1048576); // the compute bound
}

TEST(WeightBank, RaggedBoundsAreNoWorse) {
  Workload workload = conv(64, 64, 28, 3, 2);
  Optimum perfect = prove(workload, Objective::Edp, Factors::Perfect),
          ragged = prove(workload, Objective::Edp, Factors::Balanced);
  EXPECT_TRUE(perfect.proven);
  EXPECT_TRUE(ragged.proven);
  EXPECT_LE(ragged.edp, perfect.edp * (1 + 1e-9));
}

//===- ValidityTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Validity.h"
#include "TestNests.h"
#include "ohas/CostModel/Counts.h"
#include "gtest/gtest.h"

using namespace ohas::cost;

namespace {

constexpr auto Private = FanoutMode::Private;
constexpr auto Broadcast = FanoutMode::Broadcast;
constexpr auto Window = FanoutMode::Window;
constexpr auto Sum = FanoutMode::Sum;

/// dram - glb - dac - fan-out of 4 - mac, running a matmul of 8 x 6 x 10.
struct Validity : testing::Test {
  Validity() {
    accelerator = nest({memoryLevel("dram"), memoryLevel("glb"),
                        plainLevel("dac", LevelKind::Converter),
                        fanoutLevel("fan", 4, Private, Broadcast, Private),
                        plainLevel("mac", LevelKind::Compute)});
    mapping = mappingOf({{everyTensor, {{Dim::M, 2}}},
                         {everyTensor, {{Dim::C, 6}, {Dim::P, 10}}},
                         {},
                         {{}, {{Dim::M, 4}}},
                         {}});
  }

  std::string check() {
    return llvm::toString(checkMapping(workload, accelerator, mapping));
  }
  Level &level(unsigned i) { return accelerator.levels[i]; }
  LevelMapping &mapped(unsigned i) { return mapping.levels[i]; }

  Accelerator accelerator;
  Workload workload = matmul(8, 6, 10);
  Mapping mapping;
};

} // namespace

TEST_F(Validity, AValidMappingHasNoViolation) {
  EXPECT_EQ(check(), "");
  EXPECT_FALSE(findViolation(workload, accelerator, mapping));
  EXPECT_EQ(describe(Violation(), accelerator), "");
}

TEST_F(Validity, LevelsAndKinds) {
  mapping.levels.pop_back();
  EXPECT_EQ(check(), "the mapping has 4 levels, accelerator 'tiny' has 5");
  mapping.levels.push_back({{}, {{Dim::M, 1}}});
  EXPECT_EQ(check(), "compute 'mac' cannot have loops");
  mapped(4).loops.clear();
  mapped(2).kept = {Tensor::Input};
  EXPECT_EQ(check(), "converter 'dac' cannot keep tensors");
}

TEST_F(Validity, Keeping) {
  level(1).canKeep = {Tensor::Input};
  EXPECT_EQ(check(), "memory 'glb' cannot keep weight");
  mapped(1).kept = {};
  EXPECT_EQ(check(), "");
  level(1).mustKeep = {Tensor::Input};
  EXPECT_EQ(check(), "memory 'glb' must keep input");
  level(1).mustKeep = {};
  mapped(0).kept.erase(Tensor::Output);
  EXPECT_EQ(check(),
            "memory 'dram' is the outermost memory and must keep output");
}

TEST_F(Validity, Loops) {
  mapped(1).loops[0].bound = 0;
  EXPECT_EQ(check(), "memory 'glb' has a loop bound of 0, below 1");
  mapped(1).loops[0].bound = 6;
  level(1).temporalDims = {Dim::P, Dim::Q};
  EXPECT_EQ(check(), "memory 'glb' cannot loop over C; it loops over: P, Q");
  level(1).temporalDims = everyDim;
  level(3).spatialDims = {Dim::C};
  EXPECT_EQ(check(), "fanout 'fan' cannot spread M; it spreads: C");
  level(3).spatialDims = {};
  EXPECT_EQ(check(), "fanout 'fan' cannot spread M; it spreads: none");
  level(3).spatialDims = everyDim;
  mapped(3).loops = {{Dim::M, 4}, {Dim::P, 2}};
  EXPECT_EQ(check(), "fanout 'fan' has 4 copies, the mapping needs 8");
}

TEST_F(Validity, Coverage) {
  workload.size(Dim::M) = 9;
  EXPECT_EQ(check(), "the loops over M cover 8 of 9");
  workload.size(Dim::M) = 7; // bounds need not divide
  EXPECT_EQ(check(), "");
  mapped(0).loops = {{Dim::M, int64_t(1) << 40}, {Dim::M, int64_t(1) << 40}};
  EXPECT_EQ(check(), "the bounds of the loops over M multiply beyond 64 bits");
}

TEST_F(Validity, WiredFanouts) {
  level(3).wired = everyTensor;
  EXPECT_EQ(check(), "");
  mapped(3).loops = {{Dim::C, 4}};
  mapped(1).loops = {{Dim::C, 2}, {Dim::P, 10}};
  mapped(0).loops = {{Dim::M, 8}};
  EXPECT_EQ(check(),
            "fanout 'fan' is wired to broadcast input and cannot spread C");
  mapped(3).loops = {{Dim::C, 1}}; // one copy: nothing is spread
  mapped(1).loops = {{Dim::C, 6}, {Dim::P, 10}};
  EXPECT_EQ(check(), "");
  level(3).modes = {Private, Private, Sum};
  mapped(3).loops = {{Dim::M, 4}};
  EXPECT_EQ(check(), "fanout 'fan' is wired to sum output and cannot spread M");
  level(3).wired = {};
  EXPECT_EQ(check(), "");
}

TEST_F(Validity, WiredWindowSpreadsWindowDims) {
  level(3).modes = {Broadcast, Window, Private};
  level(3).wired = {Tensor::Input};
  mapped(3).loops = {{Dim::P, 4}};
  mapped(0).loops = {{Dim::M, 8}};
  EXPECT_EQ(check(), "");
  mapped(3).loops = {{Dim::M, 4}};
  EXPECT_EQ(check(), "");
  mapped(3).loops = {{Dim::C, 4}};
  EXPECT_EQ(check(), "fanout 'fan' is wired to share windows of input and "
                     "cannot spread C");
}

TEST_F(Validity, Capacity) {
  // Tiles of glb: weight 4 x 6, input 6 x 10 at 8 bits; output 4 x 10 at 24.
  level(1).capacityBits = 24 * 8 + 60 * 8 + 40 * 24;
  EXPECT_EQ(check(), "");
  level(1).capacityBits = 1631;
  EXPECT_EQ(check(), "memory 'glb' holds 1631 bits, the tiles take 1632");
  level(1).doubleBuffered = true;
  EXPECT_EQ(check(), "memory 'glb' holds 1631 bits, the tiles "
                     "(double-buffered) take 3264");
  level(1).doubleBuffered = false;
  workload.bits = {4, 8, 8}; // the network's own precision
  EXPECT_EQ(check(), "");
  // C spread over summing copies: outputs arrive complete, at 8 bits.
  workload.bits = {};
  level(3).extent = 6;
  level(3).modes = {Private, Private, Sum};
  mapped(0).loops = {{Dim::M, 2}};
  mapped(1).loops = {{Dim::M, 4}, {Dim::P, 10}};
  mapped(3).loops = {{Dim::C, 6}};
  EXPECT_EQ(storedBits(workload, accelerator, mapping, 1, Tensor::Output), 8u);
  level(1).capacityBits = 24 * 8 + 60 * 8 + 40 * 8;
  EXPECT_EQ(check(), "");
}

TEST_F(Validity, CapacitySaturates) {
  workload.size(Dim::P) = workload.size(Dim::M) = int64_t(1) << 40;
  mapped(0).loops = {};
  mapped(1).loops = {
      {Dim::C, 6}, {Dim::P, int64_t(1) << 40}, {Dim::M, int64_t(1) << 40}};
  level(1).capacityBits = 1;
  EXPECT_EQ(check(), "memory 'glb' holds 1 bits, the tiles take "
                     "9223372036854775807");
}

TEST_F(Validity, PartialSumsLandWhereTheyAccumulate) {
  level(0).accumulates = false;
  EXPECT_EQ(check(), ""); // C lies inside glb
  level(1).accumulates = false;
  EXPECT_EQ(check(), "memory 'glb' cannot accumulate, but partial sums of "
                     "output would arrive there");
  mapped(1).kept.erase(Tensor::Output);
  EXPECT_EQ(check(), "memory 'dram' cannot accumulate, but partial sums of "
                     "output would arrive there");
  // A loop over C that never advances is no accumulation.
  workload.size(Dim::C) = 1;
  EXPECT_EQ(check(), "");
}

TEST_F(Validity, AnIntegratorThatOverflowsSendsPartialSums) {
  level(0).accumulates = false;
  level(1).accumulateLimit = 6;
  EXPECT_EQ(check(), "");
  level(1).accumulateLimit = 5;
  EXPECT_EQ(check(), "memory 'dram' cannot accumulate, but partial sums of "
                     "output would arrive there");
}

TEST_F(Validity, PrivateCopiesOfAReductionSendPartialSums) {
  level(0).accumulates = level(1).accumulates = false;
  mapped(3).loops = {{Dim::C, 4}};
  mapped(0).loops = {{Dim::M, 8}};
  mapped(1).loops = {{Dim::P, 10}, {Dim::C, 2}};
  workload.size(Dim::C) = 4;
  EXPECT_EQ(check(), "memory 'glb' cannot accumulate, but partial sums of "
                     "output would arrive there");
  level(3).modes[index(Tensor::Output)] = Sum;
  EXPECT_EQ(check(), "");
}

TEST(ElementsPerStep, AStarCouplerSeesAWindow) {
  // Albireo's row group: 3 rows of kernel columns, 5 columns of positions.
  Accelerator accelerator =
      nest({memoryLevel("glb"), fanoutLevel("rows", 3, Private, Window, Sum),
            fanoutLevel("columns", 5, Broadcast, Window, Private),
            plainLevel("mac", LevelKind::Compute)});
  accelerator.levels[1].maxPerStep[index(Tensor::Input)] = 7;
  Workload workload;
  workload.size(Dim::Q) = 20;
  workload.size(Dim::S) = 3;
  Mapping mapping = mappingOf({{everyTensor, {{Dim::Q, 4}}},
                               {{}, {{Dim::S, 3}}},
                               {{}, {{Dim::Q, 5}}},
                               {}});
  auto needed = [&](unsigned level, Tensor tensor = Tensor::Input) {
    return elementsPerStep(workload, accelerator, mapping, level, tensor);
  };
  EXPECT_EQ(needed(1), 7);
  EXPECT_EQ(needed(2), 5); // one copy of the columns
  EXPECT_EQ(needed(1, Tensor::Weight), 3);
  EXPECT_EQ(needed(1, Tensor::Output), 5);
  EXPECT_FALSE(findViolation(workload, accelerator, mapping));

  workload.strides[1] = 2;
  EXPECT_EQ(needed(1), 11); // 2 q + s, q < 5, s < 3
  EXPECT_EQ(llvm::toString(checkMapping(workload, accelerator, mapping)),
            "fanout 'rows' delivers at most 7 elements of input per step, the "
            "mapping needs 11");
  workload.dilations[1] = 2;
  EXPECT_EQ(needed(1), 7); // 2 (q + s)
  workload.strides[1] = 1;
  workload.size(Dim::Q) = 3; // two columns are idle
  EXPECT_EQ(needed(1), 3 + 4);
  mapping.levels[2].loops = {{Dim::N, 5}};
  workload.size(Dim::N) = 5;
  EXPECT_EQ(needed(1), 15);
  workload.transposed = true;
  mapping.levels[2].loops = {{Dim::Q, 5}};
  EXPECT_EQ(needed(1), 3);
  EXPECT_EQ(needed(1, Tensor::Output), 7);
}

TEST(ElementsPerStep, StepsComeFromTheLoopsInside) {
  // Columns that lie 4 positions apart, each working through 4 in a register.
  Accelerator accelerator =
      nest({memoryLevel("glb"), fanoutLevel("columns", 5, Private, Window, Sum),
            memoryLevel("reg", {Tensor::Weight}),
            fanoutLevel("rows", 3, Private, Window, Sum),
            plainLevel("mac", LevelKind::Compute)});
  Workload workload;
  workload.size(Dim::Q) = 20;
  workload.size(Dim::S) = 3;
  Mapping mapping = mappingOf({{everyTensor, {}},
                               {{}, {{Dim::Q, 5}}},
                               {{Tensor::Weight}, {{Dim::Q, 4}}},
                               {{}, {{Dim::S, 3}}},
                               {}});
  EXPECT_EQ(elementsPerStep(workload, accelerator, mapping, 1, Tensor::Input),
            15);
  // The register takes the weights: one element for each of its copies.
  EXPECT_EQ(elementsPerStep(workload, accelerator, mapping, 1, Tensor::Weight),
            1);
  EXPECT_EQ(elementsPerStep(workload, accelerator, mapping, 3, Tensor::Weight),
            3);
}

TEST(ElementsPerStep, SeveralLoopsOfADimAreEnumerated) {
  // Positions 0, 1, 2 and 12, 13, 14; kernel 0 .. 2: windows of 5 each.
  Accelerator accelerator =
      nest({memoryLevel("glb"), fanoutLevel("outer", 2, Private, Window, Sum),
            memoryLevel("reg", {Tensor::Weight}),
            fanoutLevel("inner", 3, Private, Window, Sum),
            fanoutLevel("taps", 3, Private, Window, Sum),
            plainLevel("mac", LevelKind::Compute)});
  Workload workload;
  workload.size(Dim::Q) = 24;
  workload.size(Dim::S) = 3;
  Mapping mapping = mappingOf({{everyTensor, {}},
                               {{}, {{Dim::Q, 2}}},
                               {{Tensor::Weight}, {{Dim::Q, 4}}},
                               {{}, {{Dim::Q, 3}}},
                               {{}, {{Dim::S, 3}}},
                               {}});
  auto needed = [&](Tensor tensor) {
    return elementsPerStep(workload, accelerator, mapping, 1, tensor);
  };
  EXPECT_EQ(needed(Tensor::Input), 10);
  EXPECT_EQ(needed(Tensor::Output), 6);
  workload.size(Dim::Q) = 14; // position 14 does not exist
  EXPECT_EQ(needed(Tensor::Input), 9);
  EXPECT_EQ(needed(Tensor::Output), 5);
}

TEST(ElementsPerStep, HugeFanoutsAreBoundedNotEnumerated) {
  Accelerator accelerator = nest(
      {memoryLevel("glb"), fanoutLevel("f", 1 << 20, Private, Window, Private),
       plainLevel("mac", LevelKind::Compute)});
  Workload workload;
  workload.size(Dim::Q) = int64_t(1) << 40;
  Mapping mapping = mappingOf({{everyTensor, {{Dim::Q, int64_t(1) << 20}}},
                               {{}, {{Dim::Q, 1 << 20}}},
                               {}});
  EXPECT_EQ(elementsPerStep(workload, accelerator, mapping, 1, Tensor::Input),
            1 << 20);
}

TEST(CheckWorkload, OperandBits) {
  Accelerator accelerator = nest({});
  accelerator.bits = {8, 4, 8};
  Workload workload;
  EXPECT_EQ(llvm::toString(checkWorkload(workload, accelerator)), "");
  workload.bits = {8, 4, 32}; // an output of any width is put together
  EXPECT_EQ(llvm::toString(checkWorkload(workload, accelerator)), "");
  workload.bits = {8, 8, 0};
  EXPECT_EQ(llvm::toString(checkWorkload(workload, accelerator)),
            "input has 8 bits, accelerator 'tiny' works with 4");
}

TEST_F(Validity, WhatStays) {
  mapped(1).resident = {Tensor::Input};
  EXPECT_EQ(check(), "memory 'glb' cannot hold input from one operation to the "
                     "next");
  level(1).resident = true;
  EXPECT_EQ(check(), "");
  mapped(1).resident = {Tensor::Input, Tensor::Output};
  EXPECT_EQ(check(), "");
  // Half of the weights and all of the others: 24 + 60 + 80 elements of 8 bits;
  // and the tile of the output, 40 elements, has sums of 24.
  int64_t tiles = 24 * 8 + 40 * 16, whole = (60 + 80) * 8;
  level(1).capacityBits = tiles + whole;
  EXPECT_EQ(check(), "");
  level(1).capacityBits = tiles + whole - 1;
  EXPECT_EQ(check(), "memory 'glb' holds 1951 bits, the tiles take 1952");
  // What stays is there once, tiles twice.
  level(1).doubleBuffered = true;
  level(1).capacityBits = 2 * tiles + whole;
  EXPECT_EQ(check(), "");
  // Sums come back while a loop above adds to them.
  mapped(0).loops = {{Dim::C, 2}};
  mapped(1).loops = {{Dim::C, 3}, {Dim::P, 10}, {Dim::M, 2}};
  EXPECT_EQ(check(),
            "memory 'glb' holds the output, but loops above it add to it");
}

TEST_F(Validity, CountsOfWhatStays) {
  level(1).resident = true;
  Counts before = count(workload, accelerator, mapping);
  mapped(1).resident = {Tensor::Input, Tensor::Output};
  Counts after = count(workload, accelerator, mapping);
  auto at = [](Counts &counts, unsigned level,
               Tensor tensor) -> TensorCounts & {
    return counts.levels[level].tensors[index(tensor)];
  };
  EXPECT_EQ(at(before, 0, Tensor::Input).reads, 60);
  EXPECT_EQ(at(after, 0, Tensor::Input).reads, 0);
  EXPECT_EQ(at(before, 1, Tensor::Input).fills, 60);
  EXPECT_EQ(at(after, 1, Tensor::Input).fills, 0);
  EXPECT_EQ(at(after, 1, Tensor::Input).reads,
            at(before, 1, Tensor::Input).reads);
  EXPECT_EQ(at(before, 0, Tensor::Output).updates, 80);
  EXPECT_EQ(at(after, 0, Tensor::Output).updates, 0);
  EXPECT_EQ(at(before, 1, Tensor::Output).reads -
                at(after, 1, Tensor::Output).reads,
            80);
  EXPECT_EQ(at(after, 1, Tensor::Output).updates,
            at(before, 1, Tensor::Output).updates);
  for (unsigned level : {0u, 1u})
    EXPECT_EQ(at(after, level, Tensor::Weight).reads,
              at(before, level, Tensor::Weight).reads);
}

//===- CostTest.cpp ---------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Cost.h"
#include "TestNests.h"
#include "gtest/gtest.h"
#include <fmt/format.h>
#include <limits>

using namespace ohas::cost;

namespace {

/// dram - dac (weight) - fan-out of 4 over M - laser - reg - mac. A matmul of
/// M 8, C 6, P 10: M is split 2 x 4, reg holds one weight for P.
struct CostOfMatmul : testing::Test {
  CostOfMatmul() {
    accelerator =
        nest({memoryLevel("dram"), plainLevel("dac", LevelKind::Converter),
              fanoutLevel("fan", 4, FanoutMode::Private, FanoutMode::Broadcast,
                          FanoutMode::Private),
              plainLevel("laser", LevelKind::Component),
              memoryLevel("reg", {Tensor::Weight}),
              plainLevel("mac", LevelKind::Compute)});
    mapping = mappingOf({{everyTensor, {{Dim::M, 2}, {Dim::C, 6}}},
                         {},
                         {{}, {{Dim::M, 4}}},
                         {},
                         {{Tensor::Weight}, {{Dim::P, 10}}},
                         {}});
    counts.computeCycles = 120;
    counts.levels.resize(6);
    for (unsigned i : {3, 4, 5})
      counts.levels[i].instances = 4;
    TensorCounts weight = {48, 48, 0, 0, 48, 0, 0};
    TensorCounts input = {60, 120, 0, 0, 120, 0, 0};
    TensorCounts output = {80, 400, 0, 480, 400, 480, 0};
    counts.levels[0].tensors = {weight, input, output};
    counts.levels[1].conversions = 48;
    counts.levels[1].busiestConversions = 48;
    counts.levels[4].tensors[0] = {1, 480, 48, 0, 120, 12, 12};
    for (Level &level : accelerator.levels)
      level.clockGhz = 2;
    accelerator.clockGhz = 2;
  }

  Cost run() { return evaluate(workload, accelerator, mapping, counts); }
  Level &level(unsigned i) { return accelerator.levels[i]; }

  Accelerator accelerator;
  Workload workload = matmul(8, 6, 10);
  Mapping mapping;
  Counts counts;
};

} // namespace

/// "component value, ..." of a breakdown.
static std::string text(const Breakdown &breakdown) {
  std::string result;
  for (const Share &share : breakdown)
    result += fmt::format("{}{} {}", result.empty() ? "" : ", ",
                          share.component, share.value);
  return result;
}

static int64_t sum(const Breakdown &breakdown) {
  int64_t total = 0;
  for (const Share &share : breakdown)
    total += share.value;
  return total;
}

TEST_F(CostOfMatmul, OfNothingIsTheComputeTime) {
  Cost cost = run();
  EXPECT_EQ(cost.latencyPs, 120 * 500);
  EXPECT_EQ(cost.cycles, 120);
  EXPECT_EQ(cost.macs, 480);
  EXPECT_EQ(cost.boundBy, "mac");
  EXPECT_EQ(cost.energyFj, 0);
  EXPECT_EQ(text(cost.energyBreakdownFj), "");
}

TEST_F(CostOfMatmul, MemoryEnergyIsBitsTimesEnergy) {
  level(0).readFjPerBit = 10;
  // 168 operands of 8 bits; 400 sums to add to of 24.
  EXPECT_EQ(text(run().energyBreakdownFj),
            fmt::format("dram {}", (168 * 8 + 400 * 24) * 10));
  level(0).readFjPerBit = 0;
  level(0).writeFjPerBit = 10;
  // The last of 6 updates of each of the 80 outputs completes it: 8 bits.
  EXPECT_EQ(run().energyFj, (80 * 8 + 400 * 24) * 10);
  workload.bits = {4, 2, 16};
  EXPECT_EQ(run().energyFj, (80 * 16 + 400 * 24) * 10);
  level(0).readFjPerBit = 10;
  level(0).writeFjPerBit = 0;
  EXPECT_EQ(run().energyFj, (48 * 4 + 120 * 2 + 400 * 24) * 10);
}

TEST_F(CostOfMatmul, ConvertersAndMacs) {
  level(1).energyFj = 2.51;
  level(5).energyFj = 0.1;
  EXPECT_EQ(text(run().energyBreakdownFj), "dac 120, mac 48"); // 120.48
}

TEST_F(CostOfMatmul, Duties) {
  level(1).staticUw = 6;
  level(1).count = 3; // lanes share the elements: no more energy per count
  level(1).duty = Duty::PerCount;
  EXPECT_EQ(run().energyFj, 6 / 2 * 48);
  level(1).duty = Duty::PerStep; // 120 steps of 0.5 ns, 3 devices
  EXPECT_EQ(run().energyFj, 6 * 3 * 60);
  level(1).duty = Duty::Always;
  EXPECT_EQ(run().energyFj, 6 * 3 * 60);
  level(1).staticUw = 0;

  level(3).staticUw = 6;
  counts.levels[3].instances = 2; // of 4 copies
  level(3).duty = Duty::PerStep;
  EXPECT_EQ(run().energyFj, 6 * 2 * 60);
  level(3).duty = Duty::Always;
  EXPECT_EQ(run().energyFj, 6 * 4 * 60);
  level(3).staticUw = 0;

  level(5).staticUw = 6;
  level(5).duty = Duty::PerCount;
  EXPECT_EQ(run().energyFj, 6 / 2 * 480);
  level(5).staticUw = 0;
  level(4).staticUw = 6;
  level(4).duty = Duty::PerCount;
  EXPECT_EQ(run().energyFj, 6 / 2 * (480 + 48));
}

TEST_F(CostOfMatmul, AlwaysIsPaidWhileStalled) {
  level(3).staticUw = 1000;
  level(1).rateGhz = 0.1;
  EXPECT_EQ(run().latencyPs, 480000);
  EXPECT_EQ(run().boundBy, "dac");
  EXPECT_EQ(run().energyFj, 4 * 480 * 1000);
  level(1).count = 2;
  EXPECT_EQ(run().latencyPs, 240000);
}

TEST_F(CostOfMatmul, PipelineFill) {
  int64_t before = run().latencyPs;
  accelerator.fillNs = 2.5;
  EXPECT_EQ(run().latencyPs, before + 2500);
  EXPECT_EQ(run().boundBy, "mac");
}

TEST_F(CostOfMatmul, MemoryBandwidth) {
  level(0).readBitsPerCycle = 32;
  level(0).clockGhz = 1;
  // 168 * 8 + 400 * 24 = 10944 bits at 32 a ns
  EXPECT_EQ(run().latencyPs, 342000);
  EXPECT_EQ(run().boundBy, "dram");
  EXPECT_EQ(run().cycles, 684);    // of the accelerator's clock
  level(0).writeBitsPerCycle = 16; // 80 * 8 + 400 * 24 = 10240 bits
  EXPECT_EQ(run().latencyPs, 640000);
  level(0).halfDuplex = true; // reads and writes take turns
  EXPECT_EQ(run().latencyPs, 982000);
  level(0).halfDuplex = false;
  level(4).readBitsPerCycle = 8; // the busiest of the four: 120 * 8 bits
  level(0).readBitsPerCycle = level(0).writeBitsPerCycle = std::nullopt;
  EXPECT_EQ(run().latencyPs, 60000);
  level(4).readBitsPerCycle = 4;
  EXPECT_EQ(run().latencyPs, 120000);
  EXPECT_EQ(run().boundBy, "reg");
}

TEST_F(CostOfMatmul, Programming) {
  level(4).writeLatencyNs = 100;
  EXPECT_EQ(run().latencyPs, 60000 + 12 * 100000);
  EXPECT_EQ(run().boundBy, "reg");
  level(4).writeElementsPerNs = 0.005; // 200 ns for the one element
  EXPECT_EQ(run().latencyPs, 60000 + 12 * 200000);
  level(4).writeElementsPerNs = std::nullopt;
  level(4).writeLatencyNs = 5; // as long as the 10 steps between changes
  EXPECT_EQ(run().latencyPs, 120000);
  EXPECT_EQ(run().boundBy, "mac");
  level(4).doubleBuffered = true;
  EXPECT_EQ(run().latencyPs, 60000);
  level(4).writeLatencyNs = 6; // what does not fit behind the steps
  EXPECT_EQ(run().latencyPs, 60000 + 12 * 1000);
}

TEST_F(CostOfMatmul, BreakdownSumsAndQuickAgrees) {
  level(0).readFjPerBit = 1.0 / 3;
  level(0).writeFjPerBit = 0.7;
  level(1).energyFj = 2.51;
  level(1).staticUw = 0.37;
  level(3).staticUw = 11.1;
  level(4).readFjPerBit = 0.123;
  level(5).energyFj = 0.017;
  accelerator.vectorUnit = VectorUnit{"simd", "dram", 1, 1, 0, 0.7, {}};
  Cost cost = run();
  EXPECT_EQ(cost.energyBreakdownFj.size(), 6u);
  EXPECT_EQ(sum(cost.energyBreakdownFj), cost.energyFj);
  QuickCost quick = evaluateQuick(workload, accelerator, mapping, counts);
  EXPECT_EQ(quick.energyFj, cost.energyFj);
  EXPECT_EQ(quick.latencyPs, cost.latencyPs);
}

TEST_F(CostOfMatmul, MoreUnitCostNeverLowersEnergyOrLatency) {
  std::vector<double *> unitCosts;
  for (Level &level : accelerator.levels) {
    unitCosts.push_back(&level.staticUw);
    unitCosts.push_back(&level.energyFj);
    unitCosts.push_back(&level.readFjPerBit);
    unitCosts.push_back(&level.writeFjPerBit);
    unitCosts.push_back(&level.writeLatencyNs);
  }
  for (Duty duty : {Duty::PerCount, Duty::PerStep, Duty::Always})
    for (double *unitCost : unitCosts) {
      for (Level &level : accelerator.levels)
        level.duty = duty;
      Cost before = run();
      *unitCost += 0.7;
      Cost after = run();
      EXPECT_GE(after.energyFj, before.energyFj);
      EXPECT_GE(after.latencyPs, before.latencyPs);
    }
  EXPECT_GT(run().energyFj, 0);
}

TEST_F(CostOfMatmul, HugeValuesSaturate) {
  int64_t most = std::numeric_limits<int64_t>::max();
  counts.computeCycles = most;
  level(1).energyFj = 1e300;
  level(3).staticUw = 1e300;
  Cost cost = run();
  EXPECT_EQ(cost.latencyPs, most);
  EXPECT_EQ(cost.energyFj, most);
}

TEST(ElectronicCost, VectorUnit) {
  Accelerator accelerator =
      nest({memoryLevel("dram"), plainLevel("laser", LevelKind::Component),
            plainLevel("mac", LevelKind::Compute)});
  ElectronicWork work = {OperationClass::Softmax, 6400, 51200, 25600};
  Cost cost = evaluate(work, accelerator);
  EXPECT_EQ(cost.boundBy, "unmodelled");
  EXPECT_EQ(cost.latencyPs, 0);

  VectorUnit unit;
  unit.name = "simd";
  unit.memory = "dram";
  unit.elementsPerCycle = 64;
  unit.clockGhz = 0.5;
  unit.staticUw = 3;
  unit.energyFjPerElement.assign(numOperationClasses, 20);
  accelerator.vectorUnit = unit;
  accelerator.clockGhz = 5;
  Level &dram = accelerator.levels[0];
  dram.readFjPerBit = 0.5;
  dram.writeFjPerBit = 0.25;
  cost = evaluate(work, accelerator);
  EXPECT_EQ(cost.latencyPs, 200000); // 100 cycles of 2 ns
  EXPECT_EQ(cost.cycles, 1000);
  EXPECT_EQ(cost.boundBy, "simd");
  EXPECT_EQ(text(cost.energyBreakdownFj), "dram 32000, simd 128600");
  EXPECT_EQ(cost.energyFj, 160600);

  dram.readBitsPerCycle = 128;
  cost = evaluate(work, accelerator);
  EXPECT_EQ(cost.latencyPs, 400000);
  EXPECT_EQ(cost.boundBy, "dram");

  work.operationClass = OperationClass::Movement;
  dram.readBitsPerCycle = std::nullopt;
  dram.writeBitsPerCycle = 256;
  EXPECT_EQ(evaluate(work, accelerator).latencyPs, 100000);
  work.operationClass = OperationClass::Shape;
  EXPECT_EQ(evaluate(work, accelerator).energyFj, 0);
  EXPECT_EQ(evaluate(work, accelerator).latencyPs, 0);

  accelerator.levels[1].staticUw = 10;
  accelerator.levels[1].count = 2;
  EXPECT_EQ(text(alwaysEnergy(accelerator, 7000)), "laser 140, simd 21");

  // A component that works and leaks has one share.
  dram.staticUw = 5;
  work.operationClass = OperationClass::Elementwise;
  cost = evaluate(work, accelerator);
  EXPECT_EQ(cost.latencyPs, 200000);
  EXPECT_EQ(text(cost.energyBreakdownFj),
            "dram 33000, simd 128600, laser 4000");
  EXPECT_EQ(cost.energyFj, 165600);
  dram.staticUw = 0;

  accelerator.levels[1].duty = Duty::PerStep;
  EXPECT_EQ(text(alwaysEnergy(accelerator, 7000)), "simd 21");
}

TEST(FootprintTest, AreaAndPeakPower) {
  Accelerator accelerator =
      nest({memoryLevel("dram"), plainLevel("dac", LevelKind::Converter),
            fanoutLevel("fan", 4, FanoutMode::Private, FanoutMode::Private,
                        FanoutMode::Private),
            plainLevel("laser", LevelKind::Component),
            plainLevel("mac", LevelKind::Compute)});
  Level &dram = accelerator.levels[0], &dac = accelerator.levels[1];
  dram.readFjPerBit = 5;
  EXPECT_EQ(footprint(accelerator).peakPowerUw, 0); // without a full rate
  dram.readBitsPerCycle = 64;
  dram.clockGhz = 0.5;
  dram.writeFjPerBit = 3;
  dram.writeBitsPerCycle = 32;
  EXPECT_EQ(footprint(accelerator).peakPowerUw, 160 + 48);
  dram.halfDuplex = true; // the dearer of the two
  EXPECT_EQ(footprint(accelerator).peakPowerUw, 160);
  dac.areaUm2 = 153.25;
  dac.count = 2;
  dac.staticUw = 7;
  dac.energyFj = 10;
  dac.rateGhz = 3;
  accelerator.levels[3].areaUm2 = 100;
  accelerator.levels[3].staticUw = 37500;
  accelerator.levels[4].energyFj = 1;
  accelerator.vectorUnit = VectorUnit{"simd", "dram", 2, 1, 1000, 5, {3, 4}};
  Footprint whole = footprint(accelerator);
  EXPECT_EQ(text(whole.areaBreakdownUm2), "dac 307, laser 400, simd 1000");
  EXPECT_EQ(whole.areaUm2, 1707);
  EXPECT_EQ(text(whole.peakPowerBreakdownUw),
            "dram 160, dac 74, laser 150000, mac 4, simd 5");
  EXPECT_EQ(sum(whole.peakPowerBreakdownUw), whole.peakPowerUw);
  // Beside photonic work: two elements of 4 fJ a nanosecond more.
  accelerator.vectorUnit->overlap = 0.5;
  EXPECT_EQ(footprint(accelerator).peakPowerUw, whole.peakPowerUw + 8);
}

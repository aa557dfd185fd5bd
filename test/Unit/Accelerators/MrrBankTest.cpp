//===- MrrBankTest.cpp - Against the artifact -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Figures: output of the simulator of Zhu et al., "Lightening-Transformer",
// HPCA 2024, github zhuhanqing/Lightening-Transformer@7c3d4ad, configuration
// Bs_mrr_bank (7 tiles of 2 banks of 12 x 12).
//
//===----------------------------------------------------------------------===//

#include "ArtifactRows.h"
#include "ohas/CostModel/Validity.h"

using namespace ohas;
using namespace ohas::cost;

namespace {

struct MrrBank : testing::Test {
  Shipped bank{"mrr-bank"};

  /// Q.K^T and S.V of 12 blocks: S, a softmax, is not negative.
  void expectAttention(int64_t tokens, int64_t heads, double milliJoules,
                       double milliSeconds) {
    int64_t width = 64; // of a head, in DeiT and BERT
    Workload scores = matmul(tokens, width, tokens);
    Workload values = matmul(width, tokens, tokens);
    values.inputIsNonNegative = true;
    double energy = 0, latency = 0;
    for (Workload *workload : {&scores, &values}) {
      workload->size(Dim::G) = heads;
      workload->weightIsConstant = false;
      Cost cost = bank.published(*workload);
      energy += cost.energyFj * 12e-12;
      latency += cost.latencyPs * 12e-9;
      EXPECT_EQ(share(cost.energyBreakdownFj, "dram"), 0);
    }
    EXPECT_TRUE(within(0.001, energy, milliJoules));
    EXPECT_TRUE(within(0.001, latency, milliSeconds));
  }
};

} // namespace

TEST_F(MrrBank, PublishedArea) {
  expectAreas(bank, {{"laser", 0.84},
                     {"DAC", 24.024},
                     {"ADC", 0.4788},
                     {"TIA", 0.0084},
                     {"photonic_core", 0.3355972704},
                     {"adder", 0.0896},
                     {"mem", 26.078782954},
                     {"micro_comb", 9.812992}});
  EXPECT_TRUE(
      within(0.001, bank.publishedFootprint().areaUm2 / 1e6, 61.6681722244));
}

TEST_F(MrrBank, PublishedDeiTTiny) {
  expectLinear(bank, "DeiT-T 4 bit",
               {{"embed", 192, 768, 196, 1, 0.036710489273035454, 0.0057344},
                {"qkv", 576, 192, 197, 12, 0.3323844476820256, 0.0518736},
                {"proj", 192, 192, 197, 12, 0.11079481589400851, 0.0172944},
                {"FFN1", 768, 192, 197, 12, 0.44317926357603404, 0.069168},
                {"FFN2", 192, 768, 197, 12, 0.44261587509603406, 0.069168},
                {"head", 1000, 192, 1, 1, 0.0035787965339099427, 3.84e-05}});
  expectAttention(197, 3, 0.16845685970091562, 0.0310032);
}

TEST_F(MrrBank, PublishedBertBase) {
  expectLinear(bank, "BERT-B 4 bit",
               {{"qkv", 2304, 768, 128, 12, 3.5808673385165006, 0.5392704},
                {"proj", 768, 768, 128, 12, 1.193622446172167, 0.17976},
                {"FFN1", 3072, 768, 128, 12, 4.774489784688668, 0.7190256},
                {"FFN2", 768, 3072, 128, 12, 4.773025546608668, 0.7190256},
                {"head", 2, 768, 1, 1, 3.0904278476016214e-05, 2e-06}});
  expectAttention(128, 12, 0.28546345097609743, 0.0521424);
}

TEST_F(MrrBank, NonNegativeInputsTakeOnePass) {
  Workload workload = matmul(96, 48, 28);
  Cost two = bank.published(workload);
  workload.inputIsNonNegative = true;
  Cost one = bank.published(workload);
  EXPECT_EQ(2 * one.latencyPs, two.latencyPs);
  for (const char *component : {"laser", "ADC", "input_ring", "weight_hold"})
    EXPECT_TRUE(within(0.001, 2.0 * share(one.energyBreakdownFj, component),
                       share(two.energyBreakdownFj, component)))
        << component;
  EXPECT_EQ(share(one.energyBreakdownFj, "dram"),
            share(two.energyBreakdownFj, "dram"));
}

TEST_F(MrrBank, PublishedReadingFollowsKnobs) {
  Workload workload = matmul(7 * 96, 192, 100);
  Cost before = bank.published(workload);
  bank.point.knobs = {{"tiles", 14}};
  EXPECT_TRUE(within(0.001, 2.0 * bank.published(workload).latencyPs,
                     before.latencyPs));
  bank.point.knobs = {{"clock_ghz", 10}};
  EXPECT_TRUE(within(0.001, 2.0 * bank.published(workload).latencyPs,
                     before.latencyPs));
  bank.point.knobs = {{"bits", 8}};
  // 2^8 / 8 is eight times 2^4 / 4.
  EXPECT_TRUE(within(0.001,
                     share(bank.published(workload).energyBreakdownFj, "DAC"),
                     8.0 * share(before.energyBreakdownFj, "DAC")));
  EXPECT_TRUE(within(0.001,
                     share(bank.published(workload).energyBreakdownFj, "laser"),
                     16.0 * share(before.energyBreakdownFj, "laser")));
  // 12 x 100 sums of 4 bits do not fit 0.5 KiB.
  bank.point.knobs = {{"buffer_kib", 0.5}};
  EXPECT_GT(share(bank.published(workload).energyBreakdownFj, "global_outputs"),
            share(before.energyBreakdownFj, "global_outputs"));
  bank.point.knobs = {{"columns", 24}};
  EXPECT_TRUE(within(0.001, 2.0 * bank.published(workload).latencyPs,
                     before.latencyPs));
}

TEST_F(MrrBank, CountsEqualThePublishedOnes) {
  // N1 = 168 and D = 48 divide 7 tiles x 12 rows and 2 cores x 12 rings; the
  // weights stay while 20 positions stream by.
  int64_t n1 = 168, d = 48, n2 = 20;
  Workload workload = matmul(n1, d, n2);
  Accelerator accelerator = bank.mapped();
  Mapping mapping = mappingOf(
      accelerator, {{"dram", everyTensor, {}},
                    {"global_buffer", everyTensor, {}},
                    {"tile", {}, {{Dim::M, 7}}},
                    {"operand_buffer",
                     {Tensor::Weight, Tensor::Input},
                     {{Dim::M, 2}, {Dim::C, 2}}},
                    {"output_buffer", {Tensor::Output}, {{Dim::P, 20}}},
                    {"core", {}, {{Dim::C, 2}}},
                    {"register", {Tensor::Weight, Tensor::Input}, {}},
                    {"weight_ring", {Tensor::Weight}, {}},
                    {"row", {}, {{Dim::M, 12}}},
                    {"wavelength", {}, {{Dim::C, 12}}}});
  EXPECT_EQ(llvm::toString(checkMapping(workload, accelerator, mapping)), "");
  Counts counts = count(workload, accelerator, mapping);
  auto conversions = [&](const char *level) {
    return counts.levels[*accelerator.findLevel(level)].conversions;
  };
  EXPECT_EQ(counts.computeCycles, (n1 / 12) * (d / 12) * n2 / 14);
  EXPECT_EQ(conversions("weight_dac"), n1 * d);
  EXPECT_EQ(conversions("input_dac"), n1 / 12 * n2 * d);
  EXPECT_EQ(conversions("input_ring"), conversions("input_dac"));
  EXPECT_EQ(conversions("adc"), n1 * n2 * (d / 12));

  // Two passes are one at half the clock: equal energies in both readings, but
  // for writes, which the artifact counts once a pass.
  Cost mapped = evaluate(workload, accelerator, mapping, counts);
  Cost published = bank.published(workload);
  EXPECT_EQ(mapped.latencyPs, published.latencyPs);
  auto ours = [&](const char *level) {
    return double(share(mapped.energyBreakdownFj, level));
  };
  auto tally = [&](const char *component) {
    return double(share(published.energyBreakdownFj, component));
  };
  EXPECT_TRUE(
      within(0.001, ours("weight_dac") + ours("input_dac"), tally("DAC")));
  EXPECT_TRUE(within(0.001, ours("input_ring"), tally("input_ring")));
  EXPECT_TRUE(within(0.001, 2 * ours("weight_ring"), tally("weight_write")));
  EXPECT_TRUE(within(0.001, ours("mac"), tally("weight_hold")));
  EXPECT_TRUE(within(0.001, ours("detector_pair"), tally("photodetector")));
  EXPECT_TRUE(within(0.001, ours("tia"), tally("TIA")));
  EXPECT_TRUE(within(0.001, ours("adc"), tally("ADC")));
  EXPECT_TRUE(within(0.001, ours("adder"), tally("adder")));
  EXPECT_TRUE(within(0.001, ours("laser"), tally("laser")));
}

TEST_F(MrrBank, MappedAreaIsThePublishedOne) {
  EXPECT_TRUE(within(0.001, footprint(bank.mapped()).areaUm2,
                     bank.publishedFootprint().areaUm2));
}

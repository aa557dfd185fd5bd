//===- LighteningTransformerTest.cpp - Against the artifact -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Figures: output of the simulator of Zhu et al., "Lightening-Transformer",
// HPCA 2024, github zhuhanqing/Lightening-Transformer@7c3d4ad, configuration
// DOTA-B (4 tiles of 2 cores of 12 x 12 x 12).
//
//===----------------------------------------------------------------------===//

#include "ArtifactRows.h"
#include "ohas/CostModel/Validity.h"

using namespace ohas;
using namespace ohas::cost;

namespace {

struct LighteningTransformer : testing::Test {
  Shipped lt{"lightening-transformer"};

  /// Q.K^T and S.V of 12 blocks. The artifact leaves out the reads of operands
  /// from the global buffer; with them it is `more` percent.
  void expectAttention(int64_t tokens, int64_t heads, double milliJoules,
                       double milliSeconds, double more) {
    int64_t width = 64; // of a head, in DeiT and BERT
    Workload scores = matmul(tokens, width, tokens);
    Workload values = matmul(width, tokens, tokens);
    scores.size(Dim::G) = values.size(Dim::G) = heads;
    double energy = 0, operands = 0, latency = 0;
    for (Workload *workload : {&scores, &values}) {
      workload->weightIsConstant = false;
      Cost cost = lt.published(*workload);
      energy += cost.energyFj * 12e-12;
      operands += share(cost.energyBreakdownFj, "global_operands") * 12e-12;
      latency += cost.latencyPs * 12e-9;
      EXPECT_EQ(share(cost.energyBreakdownFj, "dram"), 0);
    }
    EXPECT_TRUE(within(0.001, energy - operands, milliJoules));
    EXPECT_NEAR(100 * (energy / milliJoules - 1), more, 0.01);
    EXPECT_TRUE(within(0.001, latency, milliSeconds));
  }
};

} // namespace

TEST_F(LighteningTransformer, PublishedAreaAndPower) {
  Footprint whole = lt.publishedFootprint();
  auto area = [&](const char *component) {
    return share(whole.areaBreakdownUm2, component) / 1e6;
  };
  auto power = [&](const char *component) {
    return share(whole.peakPowerBreakdownUw, component) / 1e3;
  };
  EXPECT_TRUE(within(0.001, whole.areaUm2 / 1e6, 60.300595086));
  EXPECT_TRUE(within(0.001, area("laser"), 0.72));
  EXPECT_TRUE(within(0.001, area("DAC"), 15.84));
  EXPECT_TRUE(within(0.001, area("MZM"), 7.59416832));
  EXPECT_TRUE(within(0.001, area("ADC"), 1.6416));
  EXPECT_TRUE(within(0.001, area("TIA"), 0.0288));
  EXPECT_TRUE(within(0.001, area("photonic_core"), 11.318292));
  EXPECT_TRUE(within(0.001, area("adder"), 0.0512));
  EXPECT_TRUE(within(0.001, area("mem"), 14.695398766));
  EXPECT_TRUE(within(0.001, area("micro_comb"), 8.411136));
  EXPECT_TRUE(within(0.1, whole.peakPowerUw / 1e3, 14752.6109387464));
  EXPECT_TRUE(within(0.1, power("laser"), 770.0917416));
  EXPECT_TRUE(within(0.1, power("DAC"), 3214.2857143));
  EXPECT_TRUE(within(0.1, power("MZM"), 4032));
  EXPECT_TRUE(within(0.1, power("ADC"), 2131.2));
  EXPECT_TRUE(within(0.1, power("TIA"), 1728));
  EXPECT_TRUE(within(0.1, power("photodetector"), 2534.4));
  EXPECT_TRUE(within(0.1, power("adder"), 26.2414579));
  EXPECT_TRUE(within(0.1, power("mem"), 316.392025));

  lt.point.knobs = {{"bits", 8}};
  whole = lt.publishedFootprint();
  EXPECT_TRUE(within(0.001, whole.areaUm2 / 1e6, 60.300595086));
  EXPECT_TRUE(within(0.1, whole.peakPowerUw / 1e3, 50935.1870628));
  EXPECT_TRUE(within(0.1, power("laser"), 12321.4678656));
  EXPECT_TRUE(within(0.1, power("DAC"), 25714.2857143));
  EXPECT_TRUE(within(0.1, power("ADC"), 4262.4));
}

TEST_F(LighteningTransformer, PublishedDeiTTiny) {
  expectLinear(lt, "DeiT-T 4 bit",
               {{"embed", 192, 768, 196, 1, 0.009049310276440438, 0.0004352},
                {"qkv", 576, 192, 197, 12, 0.08244565936704756, 0.0039168},
                {"proj", 192, 192, 197, 12, 0.027481886455682523, 0.0013056},
                {"FFN1", 768, 192, 197, 12, 0.1099275458227301, 0.0052224},
                {"FFN2", 192, 768, 197, 12, 0.10877949893697156, 0.0052224},
                {"head", 1000, 192, 1, 1, 0.0034895860010840463, 0.000126}});
  expectAttention(197, 3, 0.04259746835729836, 0.0031248, 5.545);
}

TEST_F(LighteningTransformer, PublishedDeiTBase) {
  expectLinear(lt, "DeiT-B 4 bit",
               {{"embed", 768, 768, 196, 1, 0.03619724110576175, 0.0017408},
                {"qkv", 2304, 768, 197, 12, 1.3053539872436586, 0.0626688},
                {"proj", 768, 768, 197, 12, 0.43511799574788623, 0.0208896},
                {"FFN1", 3072, 768, 197, 12, 1.740471982991545, 0.0835584},
                {"FFN2", 768, 3072, 197, 12, 1.7335422722485105, 0.0835584},
                {"head", 1000, 768, 1, 1, 0.013955814642718873, 0.000378}});
  expectAttention(197, 12, 0.17038987342919343, 0.0124848, 5.545);
}

TEST_F(LighteningTransformer, PublishedBertBase) {
  expectLinear(lt, "BERT-B 4 bit",
               {{"qkv", 2304, 768, 128, 12, 0.9706689514756685, 0.0405504},
                {"proj", 768, 768, 128, 12, 0.32355631715855615, 0.0135168},
                {"FFN1", 3072, 768, 128, 12, 1.2942252686342246, 0.0540672},
                {"FFN2", 768, 3072, 128, 12, 1.2897227154610857, 0.0540672},
                {"head", 2, 768, 1, 1, 2.9242953313572508e-05, 1.8e-05}});
  expectAttention(128, 12, 0.07224111808883771, 0.0052272, 5.743);
  // At 8 bits.
  lt.point.knobs = {{"bits", 8}};
  expectLinear(lt, "BERT-B 8 bit",
               {{"qkv", 2304, 768, 128, 12, 2.8790631469434858, 0.0405504},
                {"proj", 768, 768, 128, 12, 0.9596877156478285, 0.0135168},
                {"FFN1", 3072, 768, 128, 12, 3.838750862591314, 0.0540672},
                {"FFN2", 768, 3072, 128, 12, 3.8304642935461755, 0.0540672}});
  expectAttention(128, 12, 0.257252282571227, 0.0052272, 3.225);
}

TEST_F(LighteningTransformer, PublishedLarge) {
  // LT-L, 8 bits.
  lt.point.knobs = {{"bits", 8}, {"tiles", 8}};
  Footprint whole = lt.publishedFootprint();
  EXPECT_TRUE(within(0.001, whole.areaUm2 / 1e6, 112.822957198));
  EXPECT_TRUE(within(0.001, whole.peakPowerUw / 1e3, 95920.9134577));
  // BERT-L, 24 blocks of 1,024 wide, 320 tokens.
  expectLinear(lt, "BERT-L 8 bit",
               {{"qkv", 3072, 1024, 320, 24, 20.07942517, 0.1783296},
                {"proj", 1024, 1024, 320, 24, 6.708486558, 0.0599088},
                {"FFN1", 4096, 1024, 320, 24, 26.78791173, 0.2382384},
                {"FFN2", 1024, 4096, 320, 24, 26.74846546, 0.2382384},
                {"head", 2, 1024, 1, 1, 0.0001052182908, 9e-05}});
}

TEST_F(LighteningTransformer, CountsEqualThePublishedOnes) {
  // N1 = 96, D = 144, N2 = 24 divides 4 tiles x 12 rows, 12 columns and
  // 2 cores x 3 accumulated steps x 12 wavelengths.
  int64_t n1 = 96, d = 144, n2 = 24;
  Workload workload = matmul(n1, d, n2);
  Accelerator accelerator = lt.mapped();
  Mapping mapping = mappingOf(
      accelerator,
      {{"dram", everyTensor, {}},
       {"global_buffer", everyTensor, {{Dim::M, 2}, {Dim::P, 2}}},
       {"matrix2_buffer", {Tensor::Input}, {}},
       {"tile", {}, {{Dim::M, 4}}},
       {"tile_buffer", {Tensor::Weight, Tensor::Output}, {{Dim::C, 2}}},
       {"integrator", {Tensor::Output}, {{Dim::C, 3}}},
       {"core", {}, {{Dim::C, 2}}},
       {"register", {Tensor::Weight}, {}},
       {"row", {}, {{Dim::M, 12}}},
       {"column", {}, {{Dim::P, 12}}},
       {"wavelength", {}, {{Dim::C, 12}}}});
  EXPECT_EQ(llvm::toString(checkMapping(workload, accelerator, mapping)), "");
  Counts counts = count(workload, accelerator, mapping);
  auto conversions = [&](const char *level) {
    return counts.levels[*accelerator.findLevel(level)].conversions;
  };
  EXPECT_EQ(counts.computeCycles, (n1 / 12) * (n2 / 12) * (d / 12) / 8);
  EXPECT_EQ(conversions("matrix1_dac"), n1 * d * (n2 / 12));
  EXPECT_EQ(conversions("matrix1_mzm"), n1 * d * (n2 / 12));
  EXPECT_EQ(conversions("matrix2_dac"), n2 * d * (n1 / 12) / 4);
  EXPECT_EQ(conversions("matrix2_mzm"), n2 * d * (n1 / 12) / 4);
  EXPECT_EQ(conversions("detector_pair"), n1 * n2 * (d / 12));
  EXPECT_EQ(conversions("adc"), n1 * n2 * (d / 12) / 3 / 2);
  EXPECT_EQ(conversions("tia"), conversions("adc"));
  EXPECT_EQ(conversions("adder"), conversions("adc"));

  // Equal counts at equal devices: equal energies in both readings.
  Cost mapped = evaluate(workload, accelerator, mapping, counts);
  Cost published = lt.published(workload);
  auto sum = [&](std::initializer_list<const char *> components) {
    double total = 0;
    for (const char *component : components)
      total += share(mapped.energyBreakdownFj, component);
    return total;
  };
  auto tally = [&](const char *component) {
    return share(published.energyBreakdownFj, component);
  };
  EXPECT_TRUE(within(0.001, sum({"matrix1_dac", "matrix2_dac"}), tally("DAC")));
  EXPECT_TRUE(within(0.001, sum({"matrix1_mzm", "matrix2_mzm"}), tally("MZM")));
  EXPECT_TRUE(within(0.001, sum({"detector_pair"}), tally("photodetector")));
  EXPECT_TRUE(within(0.001, sum({"adc"}), tally("ADC")));
  EXPECT_TRUE(within(0.001, sum({"tia"}), tally("TIA")));
  EXPECT_TRUE(within(0.1, sum({"adder"}), tally("adder")));
  EXPECT_TRUE(within(0.001, sum({"laser"}), tally("laser")));
}

TEST_F(LighteningTransformer, MappedFootprintIsThePublishedOne) {
  Footprint mapped = footprint(lt.mapped());
  EXPECT_TRUE(within(0.01, mapped.areaUm2, lt.publishedFootprint().areaUm2));
  int64_t dram = share(mapped.peakPowerBreakdownUw, "dram");
  EXPECT_TRUE(within(0.01, mapped.peakPowerUw - dram,
                     lt.publishedFootprint().peakPowerUw));
}

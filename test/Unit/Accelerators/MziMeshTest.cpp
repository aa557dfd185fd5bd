//===- MziMeshTest.cpp - Against the artifact -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Figures: output of the simulator of Zhu et al., "Lightening-Transformer",
// HPCA 2024, github zhuhanqing/Lightening-Transformer@7c3d4ad, configuration
// Bs_mzi (4 tiles of 2 meshes of 12 x 12).
//
//===----------------------------------------------------------------------===//

#include "ArtifactRows.h"
#include "ohas/CostModel/Validity.h"

using namespace ohas;
using namespace ohas::cost;

namespace {

struct MziMesh : testing::Test {
  Shipped mesh{"mzi-mesh"};
};

} // namespace

TEST_F(MziMesh, PublishedArea) {
  expectAreas(mesh, {{"laser", 0.48},
                     {"DAC", 25.344},
                     {"ADC", 0.2736},
                     {"TIA", 0.0048},
                     {"photonic_core", 20.0113632},
                     {"adder", 0.0512},
                     {"mem", 14.902161688}});
  // The printed total leaves out the input modulators, which are in the printed
  // photonic core.
  double modulators = 8 * 12 * 260 * 20;
  EXPECT_TRUE(within(0.001,
                     (mesh.publishedFootprint().areaUm2 - modulators) / 1e6,
                     60.567924888));
}

TEST_F(MziMesh, PublishedDeiTTiny) {
  expectLinear(mesh, "DeiT-T 4 bit",
               {{"embed", 192, 768, 196, 1, 0.06078630238298566, 0.2610176},
                {"qkv", 576, 192, 197, 12, 0.5501698095385443, 2.3493888},
                {"proj", 192, 192, 197, 12, 0.18338993651284813, 0.7831296},
                {"FFN1", 768, 192, 197, 12, 0.7335597460513925, 3.1325184},
                {"FFN2", 192, 768, 197, 12, 0.7329963575713926, 3.1325184},
                {"head", 1000, 192, 1, 1, 0.003837713098415375, 0.3360336}});
}

TEST_F(MziMesh, PublishedBertBase) {
  expectLinear(mesh, "BERT-B 4 bit",
               {{"qkv", 2304, 768, 128, 12, 5.847672699089123, 37.3358592},
                {"proj", 768, 768, 128, 12, 1.9492242330297076, 12.4452864},
                {"FFN1", 3072, 768, 128, 12, 7.79689693211883, 49.7811456},
                {"FFN2", 768, 3072, 128, 12, 7.795432694038832, 49.7811456},
                {"head", 2, 768, 1, 1, 0.00017804648419360558, 0.0160016}});
}

TEST_F(MziMesh, ProductsOfActivationsAreNotPublished) {
  Workload scores = matmul(197, 64, 197);
  scores.weightIsConstant = false;
  Cost cost = mesh.published(scores);
  EXPECT_EQ(cost.energyFj, 0);
  EXPECT_EQ(cost.latencyPs, 0);
}

TEST_F(MziMesh, PublishedReadingFollowsKnobs) {
  Workload workload = matmul(192, 192, 100);
  Cost before = mesh.published(workload);
  mesh.point.knobs = {{"tiles", 8}};
  EXPECT_TRUE(within(0.001, 2.0 * mesh.published(workload).latencyPs,
                     before.latencyPs));
  mesh.point.knobs = {{"rows", 24}, {"columns", 24}};
  EXPECT_TRUE(within(0.001, 4.0 * mesh.published(workload).latencyPs,
                     before.latencyPs));
  mesh.point.knobs = {{"bits", 8}};
  EXPECT_TRUE(within(0.001,
                     share(mesh.published(workload).energyBreakdownFj, "laser"),
                     16.0 * share(before.energyBreakdownFj, "laser")));
  // 12 x 100 sums of 4 bits do not fit 0.5 KiB.
  mesh.point.knobs = {{"buffer_kib", 0.5}};
  EXPECT_GT(share(mesh.published(workload).energyBreakdownFj, "global_outputs"),
            share(before.energyBreakdownFj, "global_outputs"));
  // 3,200 cycles, and 32 times 2 us of programming that no clock shortens.
  EXPECT_EQ(before.latencyPs, 3200 * 200 + 32 * 2000000);
  mesh.point.knobs = {{"clock_ghz", 10}};
  EXPECT_EQ(mesh.published(workload).latencyPs, 3200 * 100 + 32 * 2000000);
}

TEST_F(MziMesh, CountsEqualThePublishedOnes) {
  // N1 = 96 and D = 48 divide 4 tiles x 12 rows and 2 cores x 12 columns; the
  // weights stay while 20 positions stream by.
  int64_t n1 = 96, d = 48, n2 = 20;
  Workload workload = matmul(n1, d, n2);
  Accelerator accelerator = mesh.mapped();
  Mapping mapping = mappingOf(
      accelerator, {{"dram", everyTensor, {}},
                    {"global_buffer", everyTensor, {}},
                    {"tile", {}, {{Dim::M, 4}}},
                    {"operand_buffer",
                     {Tensor::Weight, Tensor::Input},
                     {{Dim::M, 2}, {Dim::C, 2}}},
                    {"output_buffer", {Tensor::Output}, {{Dim::P, 20}}},
                    {"core", {}, {{Dim::C, 2}}},
                    {"register", {Tensor::Weight, Tensor::Input}, {}},
                    {"mesh", {Tensor::Weight}, {}},
                    {"row", {}, {{Dim::M, 12}}},
                    {"column", {}, {{Dim::C, 12}}}});
  EXPECT_EQ(llvm::toString(checkMapping(workload, accelerator, mapping)), "");
  Counts counts = count(workload, accelerator, mapping);
  auto conversions = [&](const char *level) {
    return counts.levels[*accelerator.findLevel(level)].conversions;
  };
  EXPECT_EQ(counts.computeCycles, (n1 / 12) * (d / 12) * n2 / 8);
  EXPECT_EQ(conversions("weight_dac"), n1 * d);
  EXPECT_EQ(conversions("input_mzm"), n1 / 12 * n2 * d);
  EXPECT_EQ(conversions("adc"), n1 * n2 * (d / 12));

  // Four matrices a core, one after the other, 2 us each.
  Cost mapped = evaluate(workload, accelerator, mapping, counts);
  Cost published = mesh.published(workload);
  EXPECT_EQ(mapped.latencyPs, 4 * 2000000 + 80 * 200);
  EXPECT_EQ(mapped.latencyPs, published.latencyPs);
  auto ours = [&](const char *level) {
    return double(share(mapped.energyBreakdownFj, level));
  };
  auto tally = [&](const char *component) {
    return double(share(published.energyBreakdownFj, component));
  };
  EXPECT_TRUE(
      within(0.001, ours("weight_dac") + ours("input_dac"), tally("DAC")));
  EXPECT_TRUE(within(0.001, ours("input_mzm"), tally("MZM")));
  EXPECT_TRUE(within(0.001, ours("mesh"), tally("mesh")));
  EXPECT_TRUE(within(0.001, ours("detector_pair"), tally("photodetector")));
  EXPECT_TRUE(within(0.001, ours("tia"), tally("TIA")));
  EXPECT_TRUE(within(0.001, ours("adc"), tally("ADC")));
  EXPECT_TRUE(within(0.001, ours("adder"), tally("adder")));
  EXPECT_TRUE(within(0.001, ours("laser"), tally("laser")));
}

TEST_F(MziMesh, MappedAreaIsThePublishedOne) {
  // The artifact has a converter an output where inputs have them: as many.
  EXPECT_TRUE(within(0.001, footprint(mesh.mapped()).areaUm2,
                     mesh.publishedFootprint().areaUm2));
}

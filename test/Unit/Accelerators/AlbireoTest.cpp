//===- AlbireoTest.cpp - Against the published figures ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Figures: Shiflett et al., "Albireo", ISCA 2021, Table III (W) and section 5;
// area shares as carried by CiMLoop (mit-emze/cimloop d6e1390).
//
//===----------------------------------------------------------------------===//

#include "Shipped.h"
#include "ohas/CostModel/Validity.h"

using namespace ohas;
using namespace ohas::cost;

namespace {

constexpr TensorSet all = {Tensor::Weight, Tensor::Input, Tensor::Output};

/// A printed figure with two decimals.
struct Printed {
  const char *component;
  double watts;
};

struct Albireo : testing::Test {
  Shipped albireo{"albireo"};

  void expectPowers(const char *set, const std::vector<Printed> &table,
                    double total) {
    albireo.point.deviceSet = set;
    Footprint whole = albireo.publishedFootprint();
    for (const Printed &row : table) {
      double watts = share(whole.peakPowerBreakdownUw, row.component) / 1e6;
      // Within 1 %, or what the last printed digit leaves open.
      EXPECT_LE(std::abs(watts - row.watts),
                std::max(0.01 * row.watts, 0.00501))
          << set << " " << row.component << ": " << watts;
    }
    EXPECT_TRUE(within(1, whole.peakPowerUw / 1e6, total)) << set;
  }

  static Workload conv(int64_t m, int64_t c, int64_t positions,
                       int64_t kernel) {
    Workload workload;
    workload.size(Dim::M) = m;
    workload.size(Dim::C) = c;
    workload.size(Dim::P) = workload.size(Dim::Q) = positions;
    workload.size(Dim::R) = workload.size(Dim::S) = kernel;
    return workload;
  }

  /// One image through layers, as published.
  Cost network(const std::vector<Workload> &layers) {
    Cost total;
    for (const Workload &layer : layers) {
      Cost cost = albireo.published(layer);
      total.latencyPs += cost.latencyPs;
      total.energyFj += cost.energyFj;
      total.macs += cost.macs;
    }
    return total;
  }
};

} // namespace

TEST_F(Albireo, PublishedPower) {
  expectPowers("conservative",
               {{"MRR", 7.52},
                {"MZM", 3.45},
                {"laser", 2.36},
                {"TIA", 0.14},
                {"DAC", 7.93},
                {"ADC", 1.31},
                {"cache", 0.03}},
               22.74);
  expectPowers("moderate",
               {{"MRR", 0.94},
                {"MZM", 0.43},
                {"laser", 0.09},
                {"TIA", 0.07},
                {"DAC", 3.98},
                {"ADC", 0.65},
                {"cache", 0.03}},
               6.19);
}

TEST_F(Albireo, PublishedArea) {
  Footprint whole = albireo.publishedFootprint();
  EXPECT_TRUE(within(2, whole.areaUm2 / 1e6, 124.6));
  auto percent = [&](const char *component) {
    return 100 * share(whole.areaBreakdownUm2, component) / 124.6e6;
  };
  EXPECT_NEAR(percent("AWG"), 72, 0.5);
  EXPECT_NEAR(percent("star_coupler"), 17, 0.5);
  EXPECT_NEAR(percent("laser"), 6, 0.5);
  EXPECT_NEAR(percent("MZM"), 3.7, 0.05);
  EXPECT_NEAR(percent("MRR"), 0.8, 0.05);
  EXPECT_NEAR(percent("ADC"), 0.4, 0.05);
  EXPECT_NEAR(percent("cache"), 0.2, 0.05);
  EXPECT_NEAR(percent("photodiode"), 0.2, 0.05);
  EXPECT_NEAR(percent("TIA"), 0.1, 0.05);
  EXPECT_NEAR(percent("DAC"), 0.03, 0.01);
}

TEST_F(Albireo, PublishedVgg16) {
  Cost total = network(
      {conv(64, 3, 224, 3), conv(64, 64, 224, 3), conv(128, 64, 112, 3),
       conv(128, 128, 112, 3), conv(256, 128, 56, 3), conv(256, 256, 56, 3),
       conv(256, 256, 56, 3), conv(512, 256, 28, 3), conv(512, 512, 28, 3),
       conv(512, 512, 28, 3), conv(512, 512, 14, 3), conv(512, 512, 14, 3),
       conv(512, 512, 14, 3), conv(4096, 25088, 1, 1), conv(4096, 4096, 1, 1),
       conv(1000, 4096, 1, 1)});
  EXPECT_EQ(total.macs, 15470264320);
  EXPECT_TRUE(within(0.01, total.latencyPs / 1e9, 2.5465)); // ms
  // Energy is total power times latency.
  EXPECT_TRUE(within(0.001, double(total.energyFj),
                     double(albireo.publishedFootprint().peakPowerUw) *
                         double(total.latencyPs) / 1000));
  EXPECT_TRUE(within(1, total.energyFj / 1e12, 22.74 * 2.5465)); // mJ
}

TEST_F(Albireo, PublishedAlexNet) {
  // torchvision's, of 714.2 M multiply-accumulates.
  Cost total = network({conv(64, 3, 55, 11), conv(192, 64, 27, 5),
                        conv(384, 192, 13, 3), conv(256, 384, 13, 3),
                        conv(256, 256, 13, 3), conv(4096, 9216, 1, 1),
                        conv(4096, 4096, 1, 1), conv(1000, 4096, 1, 1)});
  EXPECT_EQ(total.macs, 714188480);
  EXPECT_TRUE(within(0.05, total.latencyPs / 1e9, 0.1176)); // ms
}

TEST_F(Albireo, PublishedReadingFollowsKnobs) {
  Workload layer = conv(64, 64, 56, 3);
  Cost before = albireo.published(layer);
  albireo.point.knobs = {{"plcg", 27}};
  EXPECT_TRUE(within(0.001, albireo.published(layer).latencyPs,
                     before.latencyPs / 3.0));
  albireo.point.knobs = {{"wavelengths", 21}}; // a third of the inputs
  EXPECT_TRUE(within(0.001, albireo.published(layer).latencyPs,
                     before.latencyPs * 3.0));
  albireo.point.knobs = {{"bits", 4}};
  // 2^4 / 4 is an eighth of 2^8 / 8.
  EXPECT_TRUE(within(0.01,
                     share(albireo.published(layer).energyBreakdownFj, "DAC"),
                     share(before.energyBreakdownFj, "DAC") / 8.0));
  albireo.point.knobs = {{"clock_ghz", 8}};
  EXPECT_TRUE(within(0.01,
                     share(albireo.published(layer).energyBreakdownFj, "laser"),
                     share(before.energyBreakdownFj, "laser") * 5.0 / 8));
}

TEST_F(Albireo, CountsOfALayerThatFits) {
  // 9 output channels, 9 input channels over units and row groups, a kernel row
  // at a time over rows, 5 positions over columns.
  Workload layer = conv(18, 9, 10, 3);
  Accelerator accelerator = albireo.mapped();
  Mapping mapping = mappingOf(
      accelerator,
      {{"dram", all, {{Dim::M, 2}}},
       {"glb", {Tensor::Input, Tensor::Output}, {}},
       {"plcgs", {}, {{Dim::M, 9}}},
       {"weight_cache", {Tensor::Weight}, {{Dim::P, 10}, {Dim::Q, 2}}},
       {"output_register", {Tensor::Output}, {{Dim::R, 3}}},
       {"plcus", {}, {{Dim::C, 3}}},
       {"row_groups", {}, {{Dim::C, 3}}},
       {"coupler_rows", {}, {{Dim::S, 3}}},
       {"coupler_columns", {}, {{Dim::Q, 5}}}});
  EXPECT_EQ(llvm::toString(checkMapping(layer, accelerator, mapping)), "");
  Counts counts = count(layer, accelerator, mapping);
  int64_t macs = layer.macs();
  EXPECT_EQ(counts.computeCycles * 1215, macs);
  auto conversions = [&](const char *level) {
    return counts.levels[*accelerator.findLevel(level)].conversions;
  };
  EXPECT_EQ(conversions("input_mzm") * 1215, macs * 63);
  EXPECT_EQ(conversions("input_ring") * 1215, macs * 63);
  EXPECT_LE(conversions("input_dac"), conversions("input_mzm"));
  EXPECT_EQ(conversions("weight_dac") * 5, macs);
  EXPECT_EQ(conversions("weight_mzm") * 5, macs);
  EXPECT_EQ(conversions("adc") * 27, macs);
  EXPECT_EQ(conversions("tia") * 27, macs);
  EXPECT_EQ(conversions("photodiode") * 9, macs);

  Cost cost = evaluate(layer, accelerator, mapping, counts);
  EXPECT_EQ(cost.latencyPs, macs / 1215 * 200);
  EXPECT_EQ(share(cost.energyBreakdownFj, "weight_dac"), macs / 5 * 5200);
  EXPECT_EQ(share(cost.energyBreakdownFj, "adc"), macs / 27 * 5800);
  EXPECT_EQ(share(cost.energyBreakdownFj, "tia"), macs / 27 * 600);
  EXPECT_EQ(share(cost.energyBreakdownFj, "ring_pair"), macs * 2 * 3100 / 5);
  // 63 x 37.5 mW for the whole latency.
  EXPECT_EQ(share(cost.energyBreakdownFj, "laser"), cost.latencyPs * 4725 / 2);
}

TEST_F(Albireo, MappingsThatTheOpticsForbid) {
  Workload layer = conv(9, 9, 10, 3);
  Accelerator accelerator = albireo.mapped();
  auto check = [&](std::vector<Loop> rows, std::vector<Loop> columns) {
    Mapping mapping = mappingOf(
        accelerator,
        {{"dram",
          all,
          {{Dim::P, 10}, {Dim::Q, 10}, {Dim::C, 9}, {Dim::R, 3}, {Dim::S, 3}}},
         {"glb", {Tensor::Input, Tensor::Output}, {}},
         {"plcgs", {}, {{Dim::M, 9}}},
         {"weight_cache", {Tensor::Weight}, {}},
         {"output_register", {Tensor::Output}, {}},
         {"coupler_rows", {}, std::move(rows)},
         {"coupler_columns", {}, std::move(columns)}});
    return llvm::toString(checkMapping(layer, accelerator, mapping));
  };
  EXPECT_EQ(check({{Dim::S, 3}}, {{Dim::Q, 5}}), "");
  EXPECT_EQ(check({{Dim::R, 3}}, {{Dim::Q, 5}}),
            "fanout 'coupler_rows' delivers at most 7 elements of input per "
            "step, the mapping needs 15");
  layer.strides = {2, 2, 1};
  EXPECT_EQ(check({{Dim::S, 3}}, {{Dim::Q, 5}}),
            "fanout 'coupler_rows' delivers at most 7 elements of input per "
            "step, the mapping needs 11");
  EXPECT_EQ(check({{Dim::S, 3}}, {{Dim::Q, 3}}), "");
  EXPECT_EQ(check({{Dim::M, 3}}, {}),
            "fanout 'coupler_rows' cannot spread M; it spreads: C, R, S");
}

TEST_F(Albireo, MappedFootprintIsThePublishedOne) {
  Footprint mapped = footprint(albireo.mapped());
  // But for the global buffer, which the published total has no share of.
  int64_t buffer = share(mapped.areaBreakdownUm2, "glb");
  EXPECT_TRUE(within(0.01, mapped.areaUm2 - buffer,
                     albireo.publishedFootprint().areaUm2));
  EXPECT_TRUE(
      within(0.01, share(mapped.peakPowerBreakdownUw, "laser"), 63 * 37500));
  EXPECT_TRUE(within(0.01, share(mapped.peakPowerBreakdownUw, "ring_pair"),
                     2430 * 3100));
}

TEST_F(Albireo, DramCanBeLeftOut) {
  albireo.point.deviceOverrides = {{"dram_fj_per_bit", 0}};
  EXPECT_EQ(albireo.mapped().levels[0].readFjPerBit, 0);
}

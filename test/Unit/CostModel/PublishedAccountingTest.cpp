//===- PublishedAccountingTest.cpp ------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestNests.h"
#include "ohas/CostModel/Cost.h"
#include "gtest/gtest.h"

using namespace ohas::cost;

namespace {

struct Published : testing::Test {
  Published() {
    spec.name = "tiny";
    spec.properties = {{"clock_ghz", expr("clock")}};
    spec.knobs = {{"lanes", "", 4, {}}, {"clock", "", 5, {}}};
    accounting.name = "published";
    accounting.definitions = {
        {"steps", expr("ceildiv(macs, lanes)"), ""},
        {"dacs", expr("2 * lanes"), ""},
    };
    accounting.latencyPs = expr("steps / clock * 1000");
    TallySpec dac;
    dac.name = "dac";
    dac.count = expr("M * C");
    dac.energyFj = expr("2.5");
    dac.areaUm2 = expr("dacs * 100");
    dac.powerMw = expr("dacs * 0.5");
    TallySpec dram;
    dram.name = "dram";
    dram.when = expr("weight_is_constant && !input_is_nonnegative");
    dram.count = expr("M * C");
    dram.energyFj = expr("1000");
    accounting.tallies = {dac, dram};
  }

  std::string error() {
    auto cost = evaluatePublished(workload, spec, accounting, point);
    return cost ? "" : llvm::toString(cost.takeError());
  }
  std::string footprintError() {
    auto whole = footprintPublished(spec, accounting, point);
    return whole ? "" : llvm::toString(whole.takeError());
  }

  AcceleratorSpec spec;
  AccountingSpec accounting;
  DesignPoint point;
  Workload workload = matmul(8, 6, 10);
};

} // namespace

TEST_F(Published, Cost) {
  Cost cost = cantFail(evaluatePublished(workload, spec, accounting, point));
  EXPECT_EQ(cost.macs, 480);
  EXPECT_EQ(cost.latencyPs, 24000);
  EXPECT_EQ(cost.cycles, 120);
  EXPECT_EQ(cost.boundBy, "published");
  ASSERT_EQ(cost.energyBreakdownFj.size(), 2u);
  EXPECT_EQ(cost.energyBreakdownFj[0].component, "dac");
  EXPECT_EQ(cost.energyBreakdownFj[0].value, 120);
  EXPECT_EQ(cost.energyFj, 48120);
}

TEST_F(Published, ConditionsAndKnobs) {
  workload.weightIsConstant = false;
  EXPECT_EQ(
      cantFail(evaluatePublished(workload, spec, accounting, point)).energyFj,
      120);
  workload.weightIsConstant = true;
  workload.inputIsNonNegative = true;
  EXPECT_EQ(
      cantFail(evaluatePublished(workload, spec, accounting, point)).energyFj,
      120);
  point.knobs = {{"lanes", 7}};
  Cost cost = cantFail(evaluatePublished(workload, spec, accounting, point));
  EXPECT_EQ(cost.cycles, 69);
}

TEST_F(Published, Footprint) {
  Footprint whole = cantFail(footprintPublished(spec, accounting, point));
  EXPECT_EQ(whole.areaUm2, 800);
  EXPECT_EQ(whole.peakPowerUw, 4000);
  ASSERT_EQ(whole.areaBreakdownUm2.size(), 1u);
  EXPECT_EQ(whole.areaBreakdownUm2[0].component, "dac");
}

TEST_F(Published, Errors) {
  accounting.tallies[0].count = expr("K");
  EXPECT_EQ(error(), "accelerator 'tiny': accounting 'published': tally 'dac': "
                     "count: unknown name 'K' in 'K'; known are: C, D, G, M, "
                     "N, P, Q, R, S, T, clock, dacs, input_is_nonnegative, "
                     "lanes, macs, steps, weight_is_constant");
  accounting.tallies[0].count = expr("-1");
  EXPECT_EQ(error(), "accelerator 'tiny': accounting 'published': tally 'dac': "
                     "count is -1, below 0");
  accounting.latencyPs = expr("1 / 0");
  EXPECT_EQ(error(), "accelerator 'tiny': accounting 'published': latency_ps: "
                     "'1 / 0' is infinite");
  accounting.definitions.push_back({"lanes", expr("1"), ""});
  EXPECT_EQ(error(), "accelerator 'tiny': accounting 'published': 'lanes' is "
                     "defined twice");
  accounting.definitions.back() = {"half", expr("log10(-M)"), ""};
  EXPECT_EQ(error(), "accelerator 'tiny': accounting 'published': definition "
                     "'half': 'log10(-M)' is undefined");
  point.knobs = {{"lane", 1}};
  EXPECT_EQ(error(),
            "accelerator 'tiny': no knob 'lane'; there are: lanes, clock");
}

TEST_F(Published, ClockError) {
  spec.properties["clock_ghz"] = expr("clocks");
  EXPECT_EQ(error(), "accelerator 'tiny': clock_ghz: unknown name 'clocks' in "
                     "'clocks'; known are: clock, lanes");
}

TEST_F(Published, FootprintErrors) {
  accounting.tallies[0].areaUm2 = expr("-1");
  EXPECT_EQ(footprintError(), "accelerator 'tiny': accounting 'published': "
                              "tally 'dac': area_um2 is -1, below 0");
  accounting.tallies[0].areaUm2 = expr("1");
  accounting.tallies[0].powerMw = expr("steps");
  EXPECT_EQ(footprintError(),
            "accelerator 'tiny': accounting 'published': tally 'dac': "
            "power_mw: unknown name 'steps' in 'steps'; known are: clock, "
            "dacs, lanes");
}

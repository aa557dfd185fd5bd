//===- TraceTest.cpp - How one figure comes about ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Trace.h"
#include <gtest/gtest.h>

using namespace ohas::cost;

static Expression parse(llvm::StringRef text) {
  return llvm::cantFail(Expression::parse(text));
}

/// DRAM, a DAC whose energy follows a knob and a device, a laser that is always
/// on, and a fan-out of rows over M.
static AcceleratorSpec makeSpec() {
  AcceleratorSpec spec;
  spec.name = "tiny";
  spec.properties["clock_ghz"] = parse("2");
  spec.knobs.push_back({"bits", "bits of operands", 8, {4, 8}});
  spec.devices.push_back({"dac_mw", "mW", "a survey", false, {{"", 26}}});
  spec.devices.push_back({"laser_uw", "uW", "", true, {{"", 1500}}});
  spec.definitions.push_back(
      {"dac_fj", parse("dac_mw * 1000 / 5 * bits / 8"), "scaling"});
  LevelSpec dram;
  dram.name = "dram";
  dram.kind = LevelKind::Memory;
  dram.canKeep = {Tensor::Weight, Tensor::Input, Tensor::Output};
  dram.properties["read_fj_per_bit"] = parse("8");
  dram.properties["write_fj_per_bit"] = parse("9");
  LevelSpec laser;
  laser.name = "laser";
  laser.kind = LevelKind::Component;
  laser.properties["static_uw"] = parse("laser_uw");
  laser.properties["count"] = parse("3");
  LevelSpec dac;
  dac.name = "dac";
  dac.kind = LevelKind::Converter;
  dac.tensor = Tensor::Input;
  dac.properties["energy_fj"] = parse("dac_fj");
  dac.properties["static_uw"] = parse("40");
  dac.duty = Duty::PerCount;
  LevelSpec rows;
  rows.name = "rows";
  rows.kind = LevelKind::Fanout;
  rows.properties["extent"] = parse("4");
  LevelSpec mac;
  mac.name = "mac";
  mac.kind = LevelKind::Compute;
  mac.properties["energy_fj"] = parse("0.5");
  spec.levels = {dram, laser, dac, rows, mac};
  return spec;
}

namespace {
struct Example : testing::Test {
  AcceleratorSpec spec = makeSpec();
  DesignPoint point;
  Accelerator accelerator = llvm::cantFail(instantiate(spec, point));
  Workload workload;
  Mapping mapping;
  Counts counts;
  Cost cost;

  Example() {
    workload.size(Dim::M) = 8;
    workload.size(Dim::C) = 5;
    workload.size(Dim::P) = 7;
    mapping.levels.resize(accelerator.levels.size());
    mapping.levels[0].kept = {Tensor::Weight, Tensor::Input, Tensor::Output};
    mapping.levels[0].loops = {{Dim::M, 2}, {Dim::P, 7}, {Dim::C, 5}};
    mapping.levels[3].loops = {{Dim::M, 4}};
    counts = count(workload, accelerator, mapping);
    cost = evaluate(workload, accelerator, mapping, counts);
  }

  llvm::Expected<Trace> trace(llvm::StringRef component) {
    return traceEnergy(spec, point, accelerator, workload, mapping, counts,
                       cost.latencyPs, component);
  }
};
} // namespace

TEST_F(Example, TermsSumToTheFigureOfTheBreakdown) {
  for (const Level &level : accelerator.levels) {
    int64_t expected = 0;
    for (const Share &share : cost.energyBreakdownFj)
      if (share.component == level.name)
        expected += share.value;
    llvm::Expected<Trace> found = trace(level.name);
    ASSERT_TRUE(bool(found)) << level.name;
    EXPECT_EQ(found->energyFj, expected) << level.name;
  }
}

TEST_F(Example, NamesFollowTheExpressionsDownToTheDevices) {
  llvm::Expected<Trace> found = trace("dac");
  ASSERT_TRUE(bool(found));
  ASSERT_EQ(found->terms.size(), 2u);
  EXPECT_EQ(found->terms[0].formula, "conversions x energy_fj");
  EXPECT_EQ(found->terms[0].factors[1].from, "dac_fj");
  // 26 mW at 5 GS/s: 5200 fJ.
  EXPECT_EQ(found->terms[0].factors[1].value, 5200);
  ASSERT_EQ(found->names.size(), 3u);
  EXPECT_EQ(found->names[0].name, "dac_fj");
  EXPECT_EQ(found->names[0].kind, "definition");
  EXPECT_EQ(found->names[1].name, "dac_mw");
  EXPECT_EQ(found->names[1].source, "a survey");
  EXPECT_EQ(found->names[2].kind, "knob");
}

TEST_F(Example, AssumedNumbersAreMarked) {
  llvm::Expected<Trace> found = trace("laser");
  ASSERT_TRUE(bool(found));
  ASSERT_EQ(found->names.size(), 1u);
  EXPECT_TRUE(found->names[0].assumed);
}

TEST_F(Example, UnknownComponentsAreRefusedWithThoseThatThereAre) {
  llvm::Expected<Trace> found = trace("adc");
  ASSERT_FALSE(bool(found));
  EXPECT_EQ(llvm::toString(found.takeError()),
            "accelerator 'tiny' has no component 'adc'; it has dram, laser, "
            "dac, rows, mac");
}

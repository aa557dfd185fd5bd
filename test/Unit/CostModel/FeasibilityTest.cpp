//===- FeasibilityTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Feasibility.h"
#include "TestNests.h"
#include "gtest/gtest.h"

using namespace ohas::cost;

namespace {

/// A link of `rows` that a laser of 10 dBm feeds, and a limit on `rings`.
struct Feasibility : testing::Test {
  Feasibility() {
    spec.name = "tiny";
    spec.knobs = {{"rows", "", 100, {10, 50, 100}},
                  {"rings", "", 4, {2, 4, 16}},
                  {"bits", "", 4, {4, 8}}};
    spec.link = LinkSpec{"laser_dbm",
                         expr("select(bits > 4, 1 / 0, -15)"),
                         expr("10"),
                         {{"modulator", expr("4"), "dB", ""},
                          {"split", expr("split_db(rows)"), "dB", ""},
                          {"rings passed", expr("rings * 0.25"), "dB", ""},
                          {"coupler", expr("0.5"), "dB", ""}},
                         {},
                         ""};
    spec.definitions = {{"laser_dbm", laserPower(*spec.link), ""},
                        {"laser_mw", expr("laser_mw(laser_dbm, 0.5)"), ""}};
    spec.requirements = {
        {expr("rings <= 8"), "{rings} rings of {rows} rows", ""}};
    LevelSpec dram;
    dram.name = "dram";
    dram.kind = LevelKind::Memory;
    dram.canKeep = dram.mustKeep = everyTensor;
    LevelSpec mac;
    mac.name = "mac";
    mac.properties = {{"energy_fj", expr("laser_mw")}};
    spec.levels = {dram, mac};
  }

  Accelerator at(std::map<std::string, double> knobs) {
    return llvm::cantFail(instantiate(spec, {std::move(knobs), "", {}}));
  }
  std::string reasons(std::map<std::string, double> knobs) {
    std::string text;
    for (const Infeasibility &reason : infeasibilities(at(std::move(knobs))))
      text += reason.kind + ": " + reason.message + "\n";
    return text;
  }
  std::string nearest(std::map<std::string, double> knobs) {
    std::string text;
    for (const std::string &change :
         nearestFeasible(spec, {std::move(knobs), "", {}}))
      text += change + "\n";
    return text;
  }

  AcceleratorSpec spec;
};

} // namespace

TEST_F(Feasibility, LaserIsNeedAndLosses) {
  Accelerator accelerator = at({});
  ASSERT_TRUE(accelerator.link);
  EXPECT_DOUBLE_EQ(accelerator.link->needsDbm, -15);
  EXPECT_DOUBLE_EQ(accelerator.link->laserDbm, -15 + 4 + 20 + 1 + 0.5);
  EXPECT_DOUBLE_EQ(*accelerator.laserDbm(), 10.5);
  // As the expressions see it: 10^1.05 mW at half the efficiency.
  EXPECT_NEAR(accelerator.levels.back().energyFj, 22.44, 0.005);
}

TEST_F(Feasibility, ReasonsHaveNumbers) {
  EXPECT_EQ(reasons({{"rows", 50}}), "");
  EXPECT_EQ(reasons({}),
            "link budget: the laser needs 10.500 dBm per wavelength, its limit "
            "is 10.000 dBm: -15.000 dBm at the detector, 20.000 dB split, "
            "4.000 dB modulator, 1.000 dB rings passed, 0.500 dB others\n");
  EXPECT_EQ(reasons({{"rows", 10}, {"rings", 16}}),
            "rings <= 8: 16 rings of 10 rows\n");
  EXPECT_EQ(reasons({{"bits", 8}}),
            "link budget: no optical power at the detector is enough for the "
            "bits at this rate: noise grows with it\n");
  // Without a limit only what no power reaches is out of reach.
  spec.link->limitDbm = {};
  EXPECT_EQ(reasons({}), "");
  EXPECT_NE(reasons({{"bits", 8}}), "");
  spec.link.reset();
  spec.definitions = {{"laser_mw", expr("1"), ""}};
  EXPECT_EQ(reasons({{"bits", 8}}), "");
}

TEST_F(Feasibility, MoreLossNeverNeedsLessLaser) {
  double before = at({}).link->laserDbm;
  for (LinkItemSpec &loss : spec.link->losses) {
    loss.value = expr("0.125 + " + loss.value.text().str());
    double after = at({}).link->laserDbm;
    EXPECT_GT(after, before) << loss.name;
    before = after;
  }
}

TEST_F(Feasibility, NearestChanges) {
  // Ten rows would do as well, but fifty are nearer; fewer rings save enough.
  EXPECT_EQ(nearest({}), "rows = 50\nrings = 2\n");
  EXPECT_EQ(nearest({{"bits", 8}, {"rows", 50}}), "bits = 4\n");
  EXPECT_EQ(nearest({{"rings", 16}}), "rings = 2\n");
  // Two at once where one is not enough.
  EXPECT_EQ(nearest({{"bits", 8}, {"rings", 16}, {"rows", 50}}),
            "rings = 4 and bits = 4\n");
  spec.requirements.push_back({expr("rows < 0"), "never", ""});
  EXPECT_EQ(nearest({}), "");
}

TEST_F(Feasibility, Errors) {
  auto error = [&] {
    return llvm::toString(instantiate(spec, {}).takeError());
  };
  spec.link->losses[1].value = expr("rows - 101");
  EXPECT_EQ(error(), "accelerator 'tiny': link 'laser_dbm': loss 'split' is "
                     "-1 dB, below 0");
  spec.link->losses[1].value = expr("1 / 0");
  EXPECT_EQ(error(), "accelerator 'tiny': link 'laser_dbm': loss 'split': '1 / "
                     "0' is infinite");
  spec.link->losses[1].value = expr("1");
  spec.link->limitDbm = expr("nothing");
  EXPECT_TRUE(llvm::StringRef(error()).contains(
      "link 'laser_dbm': limit_dbm: unknown name 'nothing'"))
      << error();
  spec.link->limitDbm = {};
  spec.requirements[0].condition = expr("0 / 0");
  EXPECT_EQ(error(), "accelerator 'tiny': requirement '0 / 0': '0 / 0' is "
                     "undefined");
}

TEST(Link, NamesInReasons) {
  EXPECT_EQ(namesIn("{a} rings, {b_c}."),
            (std::vector<std::string>{"a", "b_c"}));
  EXPECT_TRUE(namesIn("none } here {").empty());
  EXPECT_TRUE(namesIn("").empty());
}

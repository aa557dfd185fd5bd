//===- ConstraintTest.cpp ---------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Constraint.h"
#include "Spaces.h"

using namespace ohas::search;
using namespace ohas::search::test;

static const Totals totals{2'000'000'000, 3'000'000'000'000, 124'600'000,
                           20'000'000};

static Constraint parse(llvm::StringRef text) {
  return llvm::cantFail(Constraint::parse(text, {"plcg"}));
}

/// The message when the constraint fails for `totals` and plcg = 9.
static std::string check(llvm::StringRef text,
                         std::optional<double> laser = 12.5) {
  ohas::cost::DesignPoint point;
  point.knobs["plcg"] = 9;
  std::optional<Rejection> result = parse(text).check(totals, laser, point);
  return result ? result->message : "";
}

TEST(Constraint, EveryFigureHasItsUnit) {
  EXPECT_EQ(check("area_mm2==124.6"), "");
  EXPECT_EQ(check("power_w == 20"), "");
  EXPECT_EQ(check("average_power_w == 1.5"), "");
  EXPECT_EQ(check("laser_dbm == 12.5"), "");
  EXPECT_EQ(check("latency_ms == 2"), "");
  EXPECT_EQ(check("energy_mj == 3"), "");
  EXPECT_EQ(check("edp_js > 5.99e-6"), "");
  EXPECT_EQ(check("edp_js < 6.01e-6"), "");
  EXPECT_EQ(check("plcg * (1 + plcg) == 90"), "");
}

TEST(Constraint, FailuresCarryTheirNumbers) {
  EXPECT_EQ(check("area_mm2<=100"), "area_mm2<=100 fails: 124.6 against 100");
  EXPECT_EQ(check("100 >= area_mm2"),
            "100 >= area_mm2 fails: 100 against 124.6");
  EXPECT_EQ(check("power_w<20"), "power_w<20 fails: 20 against 20");
  EXPECT_EQ(check("power_w!=20"), "power_w!=20 fails: 20 against 20");
  EXPECT_EQ(check("latency_ms>2"), "latency_ms>2 fails: 2 against 2");
}

TEST(Constraint, UnknownFiguresCannotBeDecided) {
  EXPECT_TRUE(llvm::StringRef(check("laser_dbm<=10", std::nullopt))
                  .starts_with("laser_dbm<=10 cannot be decided: "));
}

TEST(Constraint, ViolationIsRelative) {
  ohas::cost::DesignPoint point;
  auto rejection = parse("power_w<=10").check(totals, std::nullopt, point);
  ASSERT_TRUE(rejection);
  EXPECT_EQ(rejection->kind, "power_w<=10");
  EXPECT_DOUBLE_EQ(rejection->violation, 0.5);
}

TEST(Constraint, KnowsWhatNeedsNoMapping) {
  EXPECT_TRUE(parse("area_mm2 + power_w <= 100").isStatic());
  EXPECT_TRUE(parse("laser_dbm <= plcg").isStatic());
  EXPECT_TRUE(parse("laser_dbm <= plcg").usesLaser());
  EXPECT_FALSE(parse("area_mm2 * latency_ms <= 100").isStatic());
  EXPECT_FALSE(parse("area_mm2 <= 100").usesLaser());
}

TEST(Constraint, ErrorsSayWhatIsWrong) {
  auto error = [](llvm::StringRef text) {
    return message(Constraint::parse(text, {"plcg", "bits"}));
  };
  EXPECT_EQ(error("area_mm2"), "--constraint area_mm2: a constraint is one "
                               "comparison, such as area_mm2<=100");
  EXPECT_EQ(error("(area_mm2<=1)"),
            "--constraint (area_mm2<=1): a constraint is one comparison, such "
            "as area_mm2<=100");
  EXPECT_EQ(error("area_mm2<=1 && power_w<=2"),
            "--constraint area_mm2<=1 && power_w<=2: give each condition a "
            "--constraint of its own instead of && or ||");
  EXPECT_EQ(error("mass_kg<=1"),
            "--constraint mass_kg<=1: unknown name 'mass_kg'; known are "
            "area_mm2, power_w, average_power_w, laser_dbm, latency_ms, "
            "energy_mj, edp_js and the knobs plcg, bits");
  EXPECT_EQ(message(Constraint::parse("x<=1", {})),
            "--constraint x<=1: unknown name 'x'; known are area_mm2, power_w, "
            "average_power_w, laser_dbm, latency_ms, energy_mj, edp_js");
  // What the expression's parser says, for the user's columns.
  for (llvm::StringRef text :
       {"", "area_mm2<=", "area_mm2<=(1", "<=1", "a b", "area_mm2<=1<=2"}) {
    std::string whole = "--constraint " + text.str() + ": ";
    EXPECT_TRUE(llvm::StringRef(error(text)).starts_with(whole)) << text.str();
  }
}

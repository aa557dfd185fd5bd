//===- DevicesFunctionsTest.cpp - The table of functions --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Functions.h"
#include "ohas/CostModel/Expression.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"
#include <cmath>
#include <fmt/format.h>

using namespace ohas::cost;

/// The value, or the text of the error.
static std::string run(llvm::StringRef text) {
  llvm::Expected<Expression> expression = Expression::parse(text);
  if (!expression)
    return llvm::toString(expression.takeError());
  auto none = [](llvm::StringRef) { return std::nullopt; };
  llvm::Expected<double> value = expression->evaluate(none);
  if (!value)
    return llvm::toString(value.takeError());
  return fmt::format("{:.4g}", *value);
}

static constexpr llvm::StringLiteral detector = "1.2, 35, 50, -140)";

TEST(DeviceFunctions, InExpressions) {
  EXPECT_EQ(run(("detector_dbm(4, 1, " + detector).str()), "-17.98");
  EXPECT_EQ(run(("detector_enob(-17.98, 1, " + detector).str()), "4");
  // 1 mW into 1.2 A/W: sqrt(2 q 1.2 mA) = 19.6 pA; 1.2 mA at -140 dB/Hz.
  EXPECT_EQ(run("detector_shot_pa(0, 1.2, 35)"), "19.61");
  EXPECT_EQ(run("detector_thermal_pa(50)"), "18.2");
  EXPECT_EQ(run("detector_rin_pa(0, 1.2, -140)"), "120");
  EXPECT_EQ(run("adc_survey_fj(8, 5, 7)"), "272.8");
  EXPECT_EQ(run("adc_survey_um2(8, 5, 7)"), "1019");
  EXPECT_EQ(run("adc_sar_mw(4, 5, 14.8, 8, 10)"), "3.7");
  EXPECT_EQ(run("adc_flash_mw(4, 5, 14.8, 8, 10)"), "0.4353");
  EXPECT_EQ(run("dac_mw(4, 5, 50, 8, 14)"), "2.232");
  EXPECT_EQ(run("ring_crosstalk_channels(4, 8000, 20, 1550)"), "20");
  EXPECT_EQ(run("ring_crosstalk(16, 8000, 20, 1550)"), "0.0196");
  EXPECT_EQ(run("ring_fwhm_nm(8000, 1550)"), "0.1938");
  EXPECT_EQ(run("ring_finesse(8000, 20, 1550)"), "103.2");
  EXPECT_EQ(run("ring_fsr_nm(1550, 4, 31)"), "19.38");
  EXPECT_EQ(run("ring_row_db(12, 0.1)"), "1.1");
  EXPECT_EQ(run("ring_tuning_mw(5, 20, 27.5)"), "6.875");
  EXPECT_EQ(run("lorentzian_db(0.3, 0.2)"), "10");
  EXPECT_EQ(run("ring_through_db(0.1, 0.2, 10)"), "2.596");
  EXPECT_EQ(run("split_db(10) + tree_db(10, 0.1)"), "10.4");
  EXPECT_EQ(run("laser_mw(10, 0.2)"), "50");
  EXPECT_EQ(run("comb_mw(0, 10, 0.25, 0.2)"), "200");
  EXPECT_EQ(run("extinction_penalty_db(15)"), "0.1396");
  EXPECT_EQ(run("modulator_mw(42, 5, 1.2)"), "1.41");
  EXPECT_EQ(run("phase_shifter_mw(1, 3)"), "0.9549");
  EXPECT_EQ(run("waveguide_db(2, 3, 2, 0.01, 3, 0.23)"), "1.31");
  EXPECT_EQ(run("awg_channels(12.8, 0.8)"), "16");
  EXPECT_EQ(run("2 * mesh_mzis(12)"), "132");
  EXPECT_EQ(run("mesh_depth_rectangular(12)"), "12");
  EXPECT_EQ(run("mesh_depth_triangular(12)"), "21");
  EXPECT_EQ(run("mesh_program_ns(132, 50, 2000)"), "6000");
  EXPECT_EQ(run("sample_fj(3, 5)"), "600");
  EXPECT_EQ(run("bank_channels(20, 0, 0)"), "100");
}

TEST(DeviceFunctions, Unreachable) {
  std::string needed = ("detector_dbm(8, 10, " + detector).str();
  EXPECT_EQ(run(needed), "'" + needed + "' is infinite");
  // No bank can be fed then, and a design can be told to be infeasible.
  EXPECT_EQ(run("bank_channels(10 - " + needed + ", 0.02, 0.01)"), "0");
  EXPECT_EQ(run("min(99, " + needed + ")"), "99");
}

TEST(DeviceFunctions, Errors) {
  EXPECT_EQ(run("1 + split_db(1, 2)"),
            "column 5: 'split_db' takes 1 argument, not 2 in '1 + split_db(1, "
            "2)'");
  EXPECT_EQ(run("tree_db(4)"),
            "column 1: 'tree_db' takes 2 arguments, not 1 in 'tree_db(4)'");
  EXPECT_EQ(run("split_db(0)"), "'split_db(0)' is undefined");
  EXPECT_EQ(run("split_db(4) + split_db"),
            "unknown name 'split_db' in 'split_db(4) + split_db'");
  EXPECT_EQ(run("min(1, tree_db(0 / 0, 1))"),
            "'min(1, tree_db(0 / 0, 1))' is undefined");
}

TEST(DeviceFunctions, TableIsSortedAndComplete) {
  for (const device::Function &function : device::functions()) {
    EXPECT_EQ(device::findFunction(function.name), &function);
    EXPECT_FALSE(function.value.empty() || function.validity.empty() ||
                 function.source.empty());
    llvm::SmallVector<llvm::StringRef> parameters;
    function.parameters.split(parameters, ", ");
    EXPECT_EQ(parameters.size(), function.arity) << function.name.str();
  }
  EXPECT_EQ(device::findFunction("split"), nullptr);
}

/// Values that a description may well come to.
static const double odd[] = {-std::numeric_limits<double>::infinity(),
                             -1e300,
                             -1,
                             0,
                             1e-300,
                             0.5,
                             1,
                             12,
                             1e18,
                             1e300,
                             std::numeric_limits<double>::infinity()};

TEST(DeviceFunctions, AreTotal) {
  // Each argument in turn takes every odd value, the others all one and the
  // same: they return, and say the same twice.
  for (const device::Function &function : device::functions())
    for (double rest : odd)
      for (unsigned at = 0; at < function.arity; ++at)
        for (double value : odd) {
          std::vector<double> arguments(function.arity, rest);
          arguments[at] = value;
          double once = function.call(arguments.data());
          double twice = function.call(arguments.data());
          EXPECT_TRUE(once == twice || (std::isnan(once) && std::isnan(twice)))
              << function.name.str();
        }
}

static std::string describe(const device::Function &function) {
  return fmt::format("| `{}({})` | {} | {} | {} |\n", function.name.str(),
                     function.parameters.str(), function.value.str(),
                     function.validity.str(), function.source.str());
}

TEST(DeviceFunctions, ReferenceIsUpToDate) {
  auto page = llvm::MemoryBuffer::getFile(OHAS_SOURCE_DIR "/docs/Devices.md");
  ASSERT_TRUE(bool(page));
  std::string table;
  for (const device::Function &function : device::functions())
    table += describe(function);
  EXPECT_NE((*page)->getBuffer().find(table), llvm::StringRef::npos)
      << "docs/Devices.md is to have these lines:\n"
      << table;
}

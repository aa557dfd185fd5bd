//===- SearchSectionTest.cpp ------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchSection.h"
#include "gtest/gtest.h"

using namespace ohas;
using namespace ohas::report;

namespace {
/// A winner of 100 ps, 200 fJ and 50 um2 with a runner-up.
Report makeReport() {
  Report report;
  report.objective = "edp";
  report.knobs = {{"bits", 8}, {"cores", 16}, {"rows", 4}};
  report.levels = {"mac"};
  report.footprint.areaUm2 = 50;
  Model model;
  model.layers.emplace_back().cost.latencyPs = 100;
  model.layers.front().cost.energyFj = 200;
  report.models.push_back(model);
  report.search.emplace();
  report.search->runnerUp =
      RunnerUp{{{{"bits", 8}, {"cores", 8}, {"rows", 8}}, 110, 190, 40}, 1.045};
  report.search->sensitivities = {{"rows", 2, 4, 1.5},
                                  {"cores", 8, 16, 1},
                                  {"cores", 32, 16, 0.5},
                                  {"bits", 4, 8, 1.25}};
  return report;
}

std::string textOf(const Report &report) {
  std::string text;
  llvm::raw_string_ostream os(text);
  writeSearch(report, os);
  return text;
}

llvm::json::Object jsonOf(const Report &report) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::json::OStream json(os);
  json.object([&] { writeSearch(report, json); });
  llvm::json::Value value = llvm::cantFail(llvm::json::parse(text));
  return std::move(*value.getAsObject()->getObject("search"));
}

bool contains(const std::string &text, llvm::StringRef part) {
  return llvm::StringRef(text).contains(part);
}
} // namespace

TEST(SearchSection, SaysWhatTheRunnerUpLoses) {
  Report report = makeReport();
  std::string text = textOf(report);
  EXPECT_TRUE(contains(text, "  Runner-up: cores 8 (16), rows 8 (4): edp x "
                             "1.045, latency x 1.100, energy x 0.950, area x "
                             "0.800\n"))
      << text;
  llvm::json::Object json = jsonOf(report);
  const llvm::json::Object &second = *json.getObject("runner_up");
  EXPECT_EQ(second.getObject("knobs")->getNumber("rows"), 8);
  EXPECT_EQ(second.getInteger("latency_ps"), 110);
  EXPECT_EQ(second.getInteger("energy_fj"), 190);
  EXPECT_EQ(second.getInteger("area_um2"), 40);
  EXPECT_EQ(second.getNumber("relative_objective"), 1.045);

  // The objective is not said twice.
  report.objective = "latency";
  report.search->runnerUp->relativeObjective = 1.1;
  text = textOf(report);
  EXPECT_TRUE(contains(text, ": latency x 1.100, energy x 0.950, area"))
      << text;
  // Ratios are of the first of two.
  report.objective = "latency,energy";
  text = textOf(report);
  EXPECT_TRUE(contains(text, "Search for the best latency,energy\n")) << text;
  EXPECT_TRUE(contains(text, ": latency x 1.100, energy x 0.950, area"))
      << text;
  EXPECT_TRUE(contains(text, "does to the latency (cores matters most)"))
      << text;

  report.search->runnerUp.reset();
  EXPECT_FALSE(contains(textOf(report), "Runner-up"));
  EXPECT_FALSE(jsonOf(report).get("runner_up"));
}

TEST(SearchSection, ShowsTheKnobThatMattersMostFirst) {
  Report report = makeReport();
  std::string text = textOf(report);
  // Half is as far from the winner as twice.
  EXPECT_TRUE(contains(
      text, "  What moving one knob off the winner does to the edp (cores "
            "matters most)\n"
            "    cores            16 -> 32: x 0.500\n"
            "    rows             4 -> 2: x 1.500\n"
            "    bits             8 -> 4: x 1.250\n"
            "    cores            16 -> 8: x 1.000\n"))
      << text;
  llvm::json::Object json = jsonOf(report);
  std::vector<double> ratios;
  for (const llvm::json::Value &one : *json.getArray("sensitivity"))
    ratios.push_back(*one.getAsObject()->getNumber("relative_objective"));
  EXPECT_EQ(ratios, (std::vector<double>{0.5, 1.5, 1.25, 1}));

  report.search->sensitivities = {{"cores", 8, 16, 1}};
  EXPECT_FALSE(contains(textOf(report), "matters most"));
}

TEST(SearchSection, SaysHowFastThePassesWere) {
  Report report = makeReport();
  EXPECT_FALSE(contains(textOf(report), "pass pipeline"));
  EXPECT_EQ(jsonOf(report).getString("evaluator"), "model");
  report.search->throughPipeline = 12;
  report.search->seconds = 4;
  EXPECT_TRUE(contains(textOf(report),
                       "  All 12 that are feasible as mapped went through the "
                       "pass pipeline, 3 designs/s, and agree "
                       "with the cost model\n"));
  EXPECT_EQ(jsonOf(report).getString("evaluator"), "pipeline");
}

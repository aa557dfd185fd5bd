//===- ReportTest.cpp -------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Report/Report.h"
#include "llvm/Support/JSON.h"
#include "gtest/gtest.h"

using namespace ohas;
using namespace ohas::report;

namespace {
/// Two layers, the second run three times, on a nest of memory and compute.
Report makeReport() {
  Report report;
  report.accelerator = "toy";
  report.objective = "edp";
  report.knobs = {{"cores", 4}};
  report.levels = {"dram", "dac", "lanes", "mac"};
  report.levelKinds = {cost::LevelKind::Memory, cost::LevelKind::Converter,
                       cost::LevelKind::Fanout, cost::LevelKind::Compute};
  report.converterTensors.resize(4, cost::Tensor::Input);
  report.clockGhz = 1;
  report.computeSites = 4;
  report.footprint = {30, 5000, {{"dac", 10}, {"mac", 20}}, {{"dac", 5000}}};
  Model model;
  model.name = "net";
  Layer layer;
  layer.name = "fc,1";
  layer.op = "optical.matmul";
  layer.photonic = true;
  layer.workload.size(cost::Dim::M) = 8;
  layer.mapping.levels.resize(4);
  layer.mapping.levels[0].kept = {cost::Tensor::Weight, cost::Tensor::Input,
                                  cost::Tensor::Output};
  layer.mapping.levels[0].loops = {{cost::Dim::M, 2}};
  layer.mapping.levels[2].loops = {{cost::Dim::M, 4}};
  layer.counts.levels.resize(4);
  layer.counts.levels[1].conversions = 2;
  layer.cost = {2000, 70, 2, 8, "mac", {{"dram", 50}, {"dac", 20}}};
  model.layers.push_back(layer);
  Layer relu;
  relu.name = "relu";
  relu.op = "onnx.Relu";
  relu.count = 3;
  relu.cost = {1000, 5, 1, 0, "simd", {{"simd", 5}}};
  model.layers.push_back(relu);
  model.macs = 8;
  report.models.push_back(model);
  return report;
}

llvm::json::Object parseJson(const Report &report) {
  std::string text;
  llvm::raw_string_ostream os(text);
  writeJson(report, os);
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  EXPECT_TRUE(bool(value)) << text;
  return value ? std::move(*value->getAsObject()) : llvm::json::Object();
}
} // namespace

TEST(Report, TotalsCountRepeatedLayersAndSumExactly) {
  Totals totals = makeReport().totals();
  EXPECT_EQ(totals.latencyPs, 5000);
  EXPECT_EQ(totals.energyFj, 85);
  int64_t sum = 0;
  for (const cost::Share &share : totals.energyBreakdownFj)
    sum += share.value;
  EXPECT_EQ(sum, totals.energyFj);
  EXPECT_DOUBLE_EQ(totals.averagePowerMw(), 85.0 / 5000);
  // 8 MACs in 5 ns at 1 GHz on 4 sites.
  EXPECT_DOUBLE_EQ(totals.utilization, 0.4);
}

TEST(Report, SeveralNetworksAreWeighted) {
  Report report = makeReport();
  report.models.push_back(report.models.front());
  report.models[0].weight = 2;
  report.models[1].weight = 0.3;
  Totals totals = report.totals();
  EXPECT_EQ(totals.latencyPs, 11500);
  EXPECT_EQ(totals.energyFj, 170 + 26); // 85 fJ x 0.3, rounded once
  int64_t sum = 0;
  for (const cost::Share &share : totals.energyBreakdownFj)
    sum += share.value;
  EXPECT_EQ(sum, totals.energyFj);
}

TEST(Report, JsonHasTheContractedKeys) {
  llvm::json::Object json = parseJson(makeReport());
  EXPECT_EQ(json.getString("schema"), "ohas.report/1");
  for (llvm::StringRef key : {"model", "accelerator", "objective", "totals",
                              "breakdown", "feasibility", "layers"})
    EXPECT_TRUE(json.get(key)) << key.str();
  for (llvm::StringRef key :
       {"latency_ps", "energy_fj", "edp_js", "area_um2", "peak_power_mw",
        "average_power_mw", "macs", "utilization"})
    EXPECT_TRUE(json.getObject("totals")->getNumber(key)) << key.str();
  EXPECT_EQ(json.getObject("model")->getInteger("layers"), 2);
  const llvm::json::Object &layer =
      *json.getArray("layers")->front().getAsObject();
  for (llvm::StringRef key :
       {"name", "op", "dims", "count", "macs", "mapping", "latency_ps",
        "energy_fj", "bound_by", "breakdown", "counts"})
    EXPECT_TRUE(layer.get(key)) << key.str();
  EXPECT_EQ(layer.getObject("counts")
                ->getObject("dac")
                ->getObject("input")
                ->getInteger("conversions"),
            2);
  EXPECT_FALSE(json.get("search"));
  EXPECT_FALSE(json.get("models"));
}

TEST(Report, LayersHaveTheirOwnUtilization) {
  Report report = makeReport();
  report.models.front().layers.front().cost.latencyPs = 4000;
  // 8 MACs in 4 ns at 1 GHz on 4 sites; electronic work uses none.
  llvm::json::Object json = parseJson(report);
  const llvm::json::Array &layers = *json.getArray("layers");
  EXPECT_EQ(layers[0].getAsObject()->getNumber("utilization"), 0.5);
  EXPECT_FALSE(layers[1].getAsObject()->get("utilization"));
  std::string text;
  llvm::raw_string_ostream os(text);
  writeText(report, os);
  EXPECT_NE(text.find(" 82.4 %  50.0 % mac"), std::string::npos) << text;
  EXPECT_NE(text.find(" 17.6 %       - simd"), std::string::npos) << text;
}

TEST(Report, EnergyByKindSumsToTheTotal) {
  Report report = makeReport();
  report.levels.push_back("laser");
  report.levelKinds.push_back(cost::LevelKind::Component);
  report.converterTensors.push_back(cost::Tensor::Input);
  cost::Cost &cost = report.models.front().layers.front().cost;
  cost.energyFj = 100;
  cost.energyBreakdownFj = {
      {"dram", 50}, {"dac", 20}, {"lanes", 6}, {"mac", 1}, {"laser", 23}};
  report.models.front().layers.front().mapping.levels.resize(5);
  report.models.front().layers.front().counts.levels.resize(5);
  llvm::json::Object json = parseJson(report);
  const llvm::json::Object *kinds =
      json.getObject("breakdown")->getObject("energy_by_kind_fj");
  ASSERT_TRUE(kinds);
  EXPECT_EQ(*kinds, (llvm::json::Object{{"memories", 50},
                                        {"converters", 20},
                                        {"static", 29},
                                        {"compute", 1},
                                        {"electronic", 15}}));
  std::string text;
  llvm::raw_string_ostream os(text);
  writeText(report, os);
  EXPECT_NE(text.find("  By kind: memories 43.5 %, laser and other static "
                      "power 25.2 %, converters 17.4 %, electronic 13.0 %, "
                      "compute 0.9 %\n"),
            std::string::npos)
      << text;

  // A publication's components are no levels of ours.
  report.reading = "published";
  EXPECT_FALSE(
      parseJson(report).getObject("breakdown")->get("energy_by_kind_fj"));
}

TEST(Report, CsvQuotesNames) {
  std::string text;
  llvm::raw_string_ostream os(text);
  writeCsv(makeReport(), os);
  EXPECT_NE(text.find("net,\"fc,1\",optical.matmul,1,1,1,8,1"),
            std::string::npos)
      << text;
}

TEST(Report, TextShowsFiguresWithUnits) {
  std::string text;
  llvm::raw_string_ostream os(text);
  writeText(makeReport(), os);
  EXPECT_NE(text.find("Latency              5 ns"), std::string::npos) << text;
  EXPECT_NE(text.find("Energy              85 fJ"), std::string::npos) << text;
  EXPECT_NE(text.find("relu x3"), std::string::npos) << text;
}

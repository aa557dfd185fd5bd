//===- SearchJson.cpp - What a search found, as JSON ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Knobs.h"
#include "SearchSection.h"

using namespace ohas::report;
using llvm::json::OStream;

static void writePoint(OStream &json, const DesignFigures &point) {
  writeKnobs(json, "knobs", point.knobs);
  json.attribute("latency_ps", point.latencyPs);
  json.attribute("energy_fj", point.energyFj);
  json.attribute("area_um2", point.areaUm2);
  json.attribute("peak_power_mw", double(point.peakPowerUw) * 1e-3);
}

static void writeSensitivity(OStream &json, const Sensitivity &sensitivity) {
  json.object([&] {
    json.attribute("knob", sensitivity.knob);
    json.attribute("value", sensitivity.value);
    json.attribute("winner_value", sensitivity.winnerValue);
    json.attribute("relative_objective", sensitivity.relativeObjective);
  });
}

void ohas::report::writeSearch(const Report &report, OStream &json) {
  if (!report.search)
    return;
  const SearchSummary &search = *report.search;
  json.attributeObject("search", [&] {
    json.attribute("strategy", search.strategy);
    json.attribute("evaluator", search.throughPipeline ? "pipeline" : "model");
    json.attribute("space_size", search.spaceSize);
    json.attribute("evaluated", search.evaluated);
    json.attribute("pruned", search.pruned);
    json.attribute("beaten", search.beaten);
    json.attribute("mapped", search.mapped);
    json.attribute("mappings_evaluated", search.mappingsEvaluated);
    json.attribute("seconds", search.seconds);
    json.attribute("proven_optimal", search.provenOptimal);
    json.attribute("exhaustive", search.exhaustive);
    json.attribute("interrupted", search.interrupted);
    if (search.gap)
      json.attribute("gap", *search.gap);
    json.attribute("seed", search.seed);
    json.attributeObject("rejected", [&] {
      for (const auto &[reason, count] : search.rejected)
        json.attribute(reason, count);
    });
    if (search.runnerUp)
      json.attributeObject("runner_up", [&] {
        writePoint(json, search.runnerUp->figures);
        json.attribute("relative_objective",
                       search.runnerUp->relativeObjective);
      });
    json.attributeArray("front_axes", [&] {
      for (const std::string &axis : search.frontAxes)
        json.value(axis);
    });
    json.attributeArray("pareto", [&] {
      for (const DesignFigures &point : search.front)
        json.object([&] { writePoint(json, point); });
    });
    json.attributeArray("sensitivity", [&] {
      for (const Sensitivity &sensitivity : byEffect(search.sensitivities))
        writeSensitivity(json, sensitivity);
    });
  });
}

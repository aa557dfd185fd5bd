//===- DeviceSets.cpp - A result over several device sets -----------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceSets.h"
#include "EngineeringUnits.h"
#include "Knobs.h"
#include "llvm/ADT/STLExtras.h"
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace ohas::report;

static bool agreeOnWinner(llvm::ArrayRef<DeviceSetResult> results) {
  return llvm::all_of(results, [&](const DeviceSetResult &result) {
    return result.feasible == results.front().feasible &&
           result.knobs == results.front().knobs;
  });
}

static void writeRange(llvm::ArrayRef<DeviceSetResult> results,
                       llvm::raw_ostream &os, const char *label,
                       const char *unit,
                       double (*value)(const DeviceSetResult &)) {
  double least = 0, most = 0;
  bool any = false;
  for (const DeviceSetResult &result : results) {
    if (!result.feasible)
      continue;
    double figure = value(result);
    least = any ? std::min(least, figure) : figure;
    most = any ? std::max(most, figure) : figure;
    any = true;
  }
  if (any)
    os << fmt::format("  {:<10} {} to {}{}\n", label, withUnit(least, unit),
                      withUnit(most, unit),
                      least > 0 ? fmt::format(", x {:.3g}", most / least)
                                : std::string());
}

void ohas::report::writeDeviceSets(const Report &report,
                                   llvm::raw_ostream &os) {
  llvm::ArrayRef<DeviceSetResult> results = report.deviceSets;
  if (results.empty())
    return;
  os << "\nOver device sets (the figures above are of the first)\n"
     << fmt::format("  {:<16} {:>12} {:>12} {:>13} {:>12}\n", "devices",
                    "latency", "energy", "EDP in J s", "area in mm2");
  for (const DeviceSetResult &result : results) {
    if (!result.feasible) {
      os << fmt::format("  {:<16} no feasible design\n", result.name);
      continue;
    }
    os << fmt::format("  {:<16} {:>12} {:>12} {:>13.4g} {:>12.4g}\n",
                      result.name,
                      withUnit(double(result.totals.latencyPs), "ps"),
                      withUnit(double(result.totals.energyFj), "fJ"),
                      result.totals.edpJs(), double(result.areaUm2) * 1e-6);
  }
  writeRange(results, os, "latency", "ps", [](const DeviceSetResult &result) {
    return double(result.totals.latencyPs);
  });
  writeRange(results, os, "energy", "fJ", [](const DeviceSetResult &result) {
    return double(result.totals.energyFj);
  });
  if (!report.search)
    return;
  if (agreeOnWinner(results)) {
    os << "  All of them agree on the winner.\n";
    return;
  }
  os << "  The winner changes with the devices:\n";
  for (const DeviceSetResult &result : results)
    os << fmt::format("    {:<16} {}\n", result.name,
                      result.feasible ? knobList(result.knobs) : "none");
}

void ohas::report::writeDeviceSets(const Report &report,
                                   llvm::json::OStream &json) {
  if (report.deviceSets.empty())
    return;
  json.attributeArray("device_sets", [&] {
    for (const DeviceSetResult &result : report.deviceSets)
      json.object([&] {
        json.attribute("name", result.name);
        json.attribute("source", result.source);
        json.attribute("feasible", result.feasible);
        json.attribute("latency_ps", result.totals.latencyPs);
        json.attribute("energy_fj", result.totals.energyFj);
        json.attribute("edp_js", result.totals.edpJs());
        json.attribute("area_um2", result.areaUm2);
        writeKnobs(json, "knobs", result.knobs);
      });
  });
  if (report.search)
    json.attribute("winner_is_the_same_for_all_device_sets",
                   agreeOnWinner(report.deviceSets));
}

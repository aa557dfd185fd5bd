//===- DeviceSets.cpp - One question, several device sets -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceSets.h"
#include "Outputs.h"

using namespace mlir;
using namespace ohas;

static report::DeviceSetResult summarize(const report::Report &report) {
  report::DeviceSetResult result;
  result.name = report.deviceSet;
  result.source = report.deviceSetSource;
  result.feasible = !report.levels.empty() && report.infeasibilities.empty();
  result.totals = report.totals();
  result.areaUm2 = report.footprint.areaUm2;
  result.knobs = report.knobs;
  return result;
}

int ohas::runOverDeviceSets(llvm::MutableArrayRef<NamedNetwork> networks,
                            const DriverOptions &options, Run run) {
  std::optional<RunResult> first;
  std::vector<report::DeviceSetResult> compared;
  for (const std::string &set : options.deviceSets) {
    // A run maps the networks that it is given.
    std::vector<NamedNetwork> copies;
    for (NamedNetwork &network : networks)
      copies.push_back({network.name, network.weight,
                        OwningOpRef<ModuleOp>(network.module->clone())});
    DriverOptions own = options;
    own.devices = set;
    std::optional<RunResult> result = run(copies, own);
    if (!result)
      return exitBadInput;
    report::DeviceSetResult &entry =
        compared.emplace_back(summarize(result->report));
    entry.name = set;
    bool isInterrupted = result->status == exitInterrupted;
    if (!first)
      first = std::move(result);
    if (isInterrupted) {
      first->status = exitInterrupted;
      break;
    }
  }
  if (options.deviceSets.empty())
    first = run(networks, options);
  if (!first)
    return exitBadInput;
  first->report.deviceSets = std::move(compared);
  std::vector<ModuleOp> modules;
  for (OwningOpRef<ModuleOp> &module : first->mapped)
    modules.push_back(*module);
  // A trace stands for the tables.
  if (!writeOutputs(first->report, modules, options, options.trace.has_value()))
    return exitBadInput;
  return first->status;
}

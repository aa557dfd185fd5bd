//===- Estimate.cpp - ohas-opt --estimate -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Pipelines/Estimate.h"
#include "DeviceSets.h"
#include "Outputs.h"
#include "Trace.h"
#include "mlir/Pass/PassManager.h"
#include "ohas/Tools/ModuleReport.h"

using namespace mlir;
using namespace ohas;

void ohas::setEstimateOptions(EstimatePipelineOptions &pipeline,
                              ModuleOp module, const DriverOptions &options) {
  pipeline.accelerator = acceleratorOf(module, options);
  pipeline.knobs = options.knobs;
  pipeline.devices = options.devices;
  pipeline.overrides = options.overrides;
  pipeline.objective = options.objective;
  pipeline.budget = options.mappingBudget;
  pipeline.proofBudget = options.proofBudget;
  pipeline.seed = options.seed;
  pipeline.proveNetwork = options.proveNetwork;
  pipeline.reading = options.reading;
}

/// Runs the pipeline and adds what it found to `report`.
static LogicalResult estimate(NamedNetwork &network,
                              const DriverOptions &options,
                              report::Report &report) {
  EstimatePipelineOptions pipeline;
  setEstimateOptions(pipeline, *network.module, options);
  PassManager manager(network.module->getContext());
  buildEstimatePipeline(manager, pipeline);
  if (failed(manager.run(*network.module)))
    return failure();
  CostAnalysis costs(*network.module, options.reading);
  if (!costs.isValid())
    return failure();
  addToReport(report, costs, *network.module, network.name, network.weight);
  if (!options.trace)
    return success();
  return success(printTrace(costs, *options.trace, llvm::outs()));
}

static std::optional<RunResult>
estimateAll(llvm::MutableArrayRef<NamedNetwork> networks,
            const DriverOptions &options) {
  RunResult result;
  result.report.objective = options.objective;
  result.report.reading = options.reading;
  for (NamedNetwork &network : networks) {
    if (failed(estimate(network, options, result.report)))
      return std::nullopt;
    result.mapped.push_back(std::move(network.module));
  }
  if (!result.report.infeasibilities.empty())
    result.status = exitInfeasible;
  return result;
}

int ohas::runEstimate(llvm::MutableArrayRef<NamedNetwork> networks,
                      const DriverOptions &options) {
  return runOverDeviceSets(networks, options, estimateAll);
}

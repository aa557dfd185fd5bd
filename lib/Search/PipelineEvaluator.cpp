//===- PipelineEvaluator.cpp - A design, through the passes -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/PipelineEvaluator.h"
#include "fmt/format.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::search;

PipelineEvaluator::PipelineEvaluator(ModuleOp network,
                                     llvm::StringRef accelerator,
                                     const MapperOptions &mapper,
                                     std::shared_ptr<MapperMemo> known)
    : network(network), accelerator(accelerator), mapper(mapper),
      known(std::move(known)) {}

/// name=value with as many digits as bring the same value back.
static std::vector<std::string>
toAssignments(const std::map<std::string, double> &values) {
  std::vector<std::string> texts;
  for (const auto &[name, value] : values)
    texts.push_back(fmt::format("{}={}", name, value));
  return texts;
}

FailureOr<OwningOpRef<ModuleOp>>
PipelineEvaluator::run(const cost::DesignPoint &point) const {
  EstimatePipelineOptions options;
  options.accelerator = accelerator;
  options.knobs = toAssignments(point.knobs);
  options.devices = point.deviceSet;
  options.overrides = toAssignments(point.deviceOverrides);
  options.objective = name(mapper.objective);
  options.budget = mapper.budget;
  options.proofBudget = mapper.proofBudget;
  options.seed = mapper.seed;
  options.proveNetwork = mapper.proveNetwork;
  OwningOpRef<ModuleOp> copy(cast<ModuleOp>(network->clone()));
  PassManager manager(network->getContext());
  buildEstimatePipeline(manager, options, known);
  if (failed(manager.run(*copy)))
    return failure();
  return copy;
}

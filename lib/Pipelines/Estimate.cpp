//===- Estimate.cpp - The flow from a network to its cost -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Pipelines/Estimate.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "ohas/Pipelines/LowerToLLVM.h"
#include "ohas/Transforms/Passes.h"

using namespace ohas;

void ohas::buildEstimatePipeline(mlir::OpPassManager &manager,
                                 const EstimatePipelineOptions &options,
                                 std::shared_ptr<search::MapperMemo> known) {
  ConfigureAcceleratorOptions configure;
  configure.accelerator = options.accelerator;
  configure.knobs.assign(options.knobs.begin(), options.knobs.end());
  configure.devices = options.devices;
  configure.overrides.assign(options.overrides.begin(),
                             options.overrides.end());
  manager.addPass(createConfigureAccelerator(std::move(configure)));
  if (options.reading == "mapped")
    manager.addPass(createMapContractions({options.objective, options.budget,
                                           options.proofBudget, options.seed,
                                           options.proveNetwork},
                                          std::move(known)));
  manager.addPass(createAnnotateCost({options.reading}));
}

void ohas::registerPipelines() {
  mlir::PassPipelineRegistration<EstimatePipelineOptions>(
      "ohas-estimate",
      "Configure an accelerator, map the network onto it and annotate costs",
      [](mlir::OpPassManager &manager, const EstimatePipelineOptions &options) {
        buildEstimatePipeline(manager, options);
      });
  mlir::PassPipelineRegistration<>(
      "ohas-lower-to-llvm",
      "Lower a network to the LLVM dialect, with results as out-parameters",
      buildLowerToLLVMPipeline);
}

//===- MapContractions.cpp - Give contractions mappings ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/Analysis/TargetAccelerator.h"
#include "ohas/CostModel/Feasibility.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Residency.h"
#include "ohas/Transforms/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_MAPCONTRACTIONS
#include "ohas/Transforms/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;
using optical::OpticalContractionOp;

/// Operands that no mapping could run are an error where they stand.
static LogicalResult checkWorkloads(const NetworkAnalysis &network,
                                    const cost::Accelerator &accelerator) {
  for (auto [op, step] : llvm::zip(network.stepOps, network.work.steps))
    if (step.layer)
      if (llvm::Error error = cost::checkWorkload(
              network.work.layers[*step.layer].workload, accelerator))
        return op->emitError(llvm::toString(std::move(error)));
  return success();
}

static bool hasMapped(ModuleOp module) {
  return module
      .walk([](OpticalContractionOp op) {
        return op.getMappingAttr() ? WalkResult::interrupt()
                                   : WalkResult::advance();
      })
      .wasInterrupted();
}

namespace {
struct MapContractionsPass
    : ohas::impl::MapContractionsBase<MapContractionsPass> {
  using MapContractionsBase::MapContractionsBase;
  MapContractionsPass(const MapContractionsOptions &options,
                      std::shared_ptr<search::MapperMemo> known)
      : MapContractionsBase(options), known(std::move(known)) {}

  void runOnOperation() override {
    if (failed(mapModule(getOperation())))
      signalPassFailure();
  }

  LogicalResult mapModule(ModuleOp module) {
    search::MapperOptions options;
    llvm::Expected<search::Goal> goal = search::parseGoal(objective);
    if (!goal)
      return module.emitError(llvm::toString(goal.takeError()));
    options.objective = *goal;
    options.budget = budget;
    options.proofBudget = proofBudget;
    options.seed = seed;
    // Mappings that stay as they are may be any.
    options.proveNetwork = proveNetwork && !hasMapped(module);
    FailureOr<TargetAccelerator> target = resolveTarget(module);
    if (failed(target))
      return failure();
    FailureOr<NetworkAnalysis> network = analyzeNetwork(module);
    if (failed(network) ||
        failed(checkWorkloads(*network, target->accelerator)))
      return failure();

    // The search judges designs by the same class, so that what it promises is
    // what this pass does.
    search::NetworkEvaluator evaluator(target->spec, network->work, options,
                                       /*constraints=*/{}, known);
    using Evaluator = search::NetworkEvaluator;
    search::NetworkDesign design =
        evaluator.design(target->point, Evaluator::IfInfeasible::MapAnyway);
    if (design.outcome.status != search::Status::Feasible) {
      InFlightDiagnostic error = target->op.emitError("cannot run the network");
      for (const search::Rejection &rejection : design.outcome.rejections)
        error << ": " << rejection.message;
      return error;
    }
    for (const cost::Infeasibility &reason :
         cost::infeasibilities(design.accelerator))
      target->op.emitWarning("cannot be built: ") << reason.message;
    attach(*network, design);
    module->removeAttr(optical::boundGapAttrName);
    if (design.boundGap)
      module->setAttr(
          optical::boundGapAttrName,
          FloatAttr::get(Float64Type::get(&getContext()), *design.boundGap));
    return success();
  }

  void attach(NetworkAnalysis &network, const search::NetworkDesign &design) {
    for (auto [op, step, residents] :
         llvm::zip(network.stepOps, network.work.steps, design.residents))
      if (step.layer) {
        const search::MappedPoint &mapped = design.layers[*step.layer];
        cast<OpticalContractionOp>(op).setMappingAttr(
            fromMapping(&getContext(),
                        search::withResidents(mapped.mapping,
                                              design.accelerator, residents),
                        design.accelerator));
        if (mapped.provenOptimal)
          op->setAttr(optical::provenAttrName, UnitAttr::get(&getContext()));
      }
  }

  std::shared_ptr<search::MapperMemo> known;
};
} // namespace

std::unique_ptr<Pass>
ohas::createMapContractions(const MapContractionsOptions &options,
                            std::shared_ptr<search::MapperMemo> known) {
  return std::make_unique<MapContractionsPass>(options, std::move(known));
}

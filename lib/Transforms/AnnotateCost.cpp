//===- AnnotateCost.cpp - Annotate operations with their cost ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/CostAnalysis.h"
#include "ohas/Transforms/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_ANNOTATECOST
#include "ohas/Transforms/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;

static void annotate(ModuleOp module, const CostAnalysis &costs) {
  MLIRContext *context = module.getContext();
  for (const OperationCost &entry : costs.operations())
    entry.op->setAttr(optical::costAttrName, fromCost(context, entry.cost));
  module->setAttr(optical::totalCostAttrName, fromCost(context, costs.total()));
}

namespace {
struct AnnotateCostPass : ohas::impl::AnnotateCostBase<AnnotateCostPass> {
  using AnnotateCostBase::AnnotateCostBase;

  void runOnOperation() override {
    if (reading == "mapped") {
      const CostAnalysis &costs = getAnalysis<CostAnalysis>();
      if (!costs.isValid())
        return signalPassFailure();
      annotate(getOperation(), costs);
      markAnalysesPreserved<CostAnalysis>();
      return;
    }
    CostAnalysis costs(getOperation(), reading);
    if (!costs.isValid())
      return signalPassFailure();
    annotate(getOperation(), costs);
  }
};
} // namespace

//===- NetworkAnalysis.cpp - The work of a network --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/NetworkAnalysis.h"
#include "Activations.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "ohas/Analysis/Executions.h"
#include "ohas/Analysis/OperationName.h"
#include <unordered_map>

using namespace mlir;
using namespace ohas;
using optical::OpticalContractionOp;

namespace {
/// Collects the operations of a module, grouping equal contractions.
class Collector {
public:
  LogicalResult add(OpticalContractionOp op) {
    if (op.getMappingAttr() || optical::hasNoWork(op)) {
      hasMapped |= bool(op.getMappingAttr());
      previous = op;
      return success();
    }
    FailureOr<cost::Workload> workload = op.getWorkload();
    if (failed(workload))
      return failure();
    auto [it, isNew] =
        positions.try_emplace(*workload, analysis.work.layers.size());
    if (isNew)
      analysis.work.layers.push_back({*workload, operationName(op)});
    addStep(op).layer = it->second;
    return success();
  }

  void add(optical::ElectronicOp op) {
    addStep(op).electronic = staticWork(op);
  }

  /// Beside mapped operations nothing new stays: what they take of a memory is
  /// not known here.
  void addActivations(ModuleOp module) {
    if (hasMapped)
      return;
    addWeights(analysis);
    for (auto function : module.getOps<FunctionOpInterface>())
      if (llvm::hasSingleElement(function.getFunctionBody()))
        ohas::addActivations(function.getFunctionBody().front(), stepOf,
                             analysis);
  }
  NetworkAnalysis take() { return std::move(analysis); }

private:
  search::NetworkWork::Step &addStep(Operation *op) {
    std::vector<Operation *> &ops = analysis.stepOps;
    search::NetworkWork::Step &step = analysis.work.steps.emplace_back();
    step.count = executions.of(op);
    step.isNext = !ops.empty() && ops.back() == previous &&
                  previous->getBlock() == op->getBlock();
    stepOf[op] = ops.size();
    ops.push_back(op);
    previous = op;
    return step;
  }

  Executions executions{/*warn=*/true};
  NetworkAnalysis analysis;
  llvm::DenseMap<Operation *, size_t> stepOf;
  Operation *previous = nullptr; ///< with a cost, mapped ones included
  bool hasMapped = false;
  std::unordered_map<cost::Workload, size_t, cost::WorkloadHash> positions;
};
} // namespace

std::optional<cost::ElectronicWork> ohas::staticWork(optical::ElectronicOp op) {
  auto isStatic = [](Type type) {
    auto tensor = dyn_cast<TensorType>(type);
    return !tensor || tensor.hasStaticShape();
  };
  if (op.getOperationClass() != optical::OperationClass::Shape &&
      (!llvm::all_of(op->getOperandTypes(), isStatic) ||
       !llvm::all_of(op->getResultTypes(), isStatic)))
    return std::nullopt;
  FailureOr<cost::ElectronicWork> work = op.getWork();
  return failed(work) ? std::nullopt : std::optional(*work);
}

FailureOr<NetworkAnalysis> ohas::analyzeNetwork(ModuleOp module) {
  Collector collector;
  WalkResult result = module.walk([&](Operation *op) {
    if (auto contraction = dyn_cast<OpticalContractionOp>(op))
      return WalkResult(collector.add(contraction));
    if (auto electronic = dyn_cast<optical::ElectronicOp>(op))
      collector.add(electronic);
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  collector.addActivations(module);
  return collector.take();
}

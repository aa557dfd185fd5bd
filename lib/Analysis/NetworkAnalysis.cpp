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
#include "llvm/Support/MathExtras.h"
#include <unordered_map>

using namespace mlir;
using namespace ohas;
using optical::OpticalContractionOp;

namespace {
/// Collects the operations of a module, grouping equal contractions.
class Collector {
public:
  LogicalResult add(OpticalContractionOp op) {
    if (op.getMappingAttr())
      return success();
    FailureOr<cost::Workload> workload = op.getWorkload();
    if (failed(workload))
      return failure();
    auto [it, isNew] =
        positions.try_emplace(*workload, analysis.work.layers.size());
    if (isNew) {
      analysis.work.layers.push_back({*workload, 0, operationName(op)});
      analysis.contractions.emplace_back();
    }
    int64_t &count = analysis.work.layers[it->second].count;
    if (llvm::AddOverflow(count, executions.of(op), count))
      return op->emitError("runs more often than can be counted");
    analysis.contractions[it->second].push_back(op);
    layerOf[op] = it->second;
    return success();
  }

  LogicalResult add(optical::ElectronicOp op) {
    std::optional<cost::ElectronicWork> work = staticWork(op);
    if (!work)
      return success();
    analysis.work.electronic.push_back({*work, executions.of(op)});
    return success();
  }

  void addSteps(Block &block) { addActivations(block, layerOf, analysis); }
  NetworkAnalysis take() { return std::move(analysis); }

private:
  Executions executions{/*warn=*/true};
  NetworkAnalysis analysis;
  llvm::DenseMap<Operation *, size_t> layerOf;
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
      return WalkResult(collector.add(electronic));
    return WalkResult::advance();
  });
  if (result.wasInterrupted())
    return failure();
  for (auto function : module.getOps<FunctionOpInterface>())
    if (llvm::hasSingleElement(function.getFunctionBody()))
      collector.addSteps(function.getFunctionBody().front());
  return collector.take();
}

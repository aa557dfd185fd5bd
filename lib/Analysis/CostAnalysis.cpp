//===- CostAnalysis.cpp - Latency and energy of a network -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/CostAnalysis.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/NestAnalysis.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/CostModel/CostSum.h"
#include "ohas/CostModel/Validity.h"

using namespace mlir;
using namespace ohas;

CostAnalysis::CostAnalysis(Operation *module) {
  if (auto moduleOp = dyn_cast<ModuleOp>(module))
    valid = succeeded(analyze(moduleOp, "mapped"));
  else
    module->emitError("costs are analysed on a whole module");
}

CostAnalysis::CostAnalysis(ModuleOp module, llvm::StringRef reading) {
  valid = succeeded(analyze(module, reading));
}

LogicalResult CostAnalysis::analyze(ModuleOp module, llvm::StringRef reading) {
  FailureOr<TargetAccelerator> target = resolveTarget(module);
  if (failed(target))
    return failure();
  accelerator = std::move(*target);

  if (reading == "mapped") {
    area = cost::footprint(accelerator.accelerator);
  } else {
    const auto &accountings = accelerator.spec.accountings;
    auto found = llvm::find_if(accountings, [&](const auto &candidate) {
      return candidate.name == reading;
    });
    if (found == accountings.end()) {
      InFlightDiagnostic error = module.emitError("unknown reading '")
                                 << reading << "': accelerator '"
                                 << accelerator.spec.name << "' has mapped";
      for (const cost::AccountingSpec &candidate : accountings)
        error << ", " << candidate.name;
      return error;
    }
    accounting = &*found;
    llvm::Expected<cost::Footprint> footprint = cost::footprintPublished(
        accelerator.spec, *accounting, accelerator.point);
    if (!footprint)
      return module.emitError(llvm::toString(footprint.takeError()));
    area = std::move(*footprint);
  }

  cost::Overlap overlap(accelerator.accelerator);
  Block *block = nullptr; // of the operation before
  WalkResult result = module.walk([&](Operation *op) {
    auto contraction = dyn_cast<optical::OpticalContractionOp>(op);
    auto electronic = dyn_cast<optical::ElectronicOp>(op);
    auto mac = dyn_cast<optical::MacOp>(op);
    if (!contraction && !electronic && !mac)
      return WalkResult::advance();
    Operation *whole = mac ? nestRoot(mac) : op;
    if (whole->getBlock() != block)
      overlap.interrupt();
    block = whole->getBlock();
    if (contraction)
      return WalkResult(addContraction(contraction, overlap));
    if (mac)
      return WalkResult(addNest(mac, overlap));
    addElectronic(electronic, overlap);
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

OperationCost &CostAnalysis::addEntry(Operation *op, Operation *whole) {
  OperationCost &entry = costs.emplace_back();
  entry.op = op;
  entry.count = executions.of(whole);
  return entry;
}

LogicalResult CostAnalysis::addContraction(optical::OpticalContractionOp op,
                                           cost::Overlap &overlap) {
  if (optical::hasNoWork(op)) {
    OperationCost &entry = addEntry(op, op);
    entry.photonic = true;
    entry.workload.sizes.fill(0);
    overlap.interrupt();
    return success();
  }
  FailureOr<cost::Workload> workload = op.getWorkload();
  if (failed(workload))
    return failure();
  OperationCost &entry = addEntry(op, op);
  entry.photonic = true;
  entry.workload = *workload;
  if (accounting)
    return addPublished(entry);
  const cost::Accelerator &concrete = accelerator.accelerator;
  if (llvm::Error error = cost::checkWorkload(*workload, concrete))
    return op->emitError(llvm::toString(std::move(error)));
  optical::MappingAttr attr = op.getMappingAttr();
  if (!attr)
    return op->emitError("has no mapping; run optical-map first");
  if (attr.getAccelerator().getValue() != accelerator.spec.name)
    return op->emitError("is mapped to ")
           << attr.getAccelerator() << ", the target is @"
           << accelerator.spec.name;
  FailureOr<cost::Mapping> mapping = toMapping(attr, concrete);
  if (failed(mapping))
    return failure();
  entry.mapping = std::move(*mapping);
  return addMapped(entry, overlap);
}

LogicalResult CostAnalysis::addNest(optical::MacOp mac,
                                    cost::Overlap &overlap) {
  const cost::Accelerator &concrete = accelerator.accelerator;
  FailureOr<NestAnalysis> nest = analyzeNest(mac, concrete);
  if (failed(nest))
    return failure();
  OperationCost &entry = addEntry(mac, nest->root);
  entry.photonic = true;
  entry.workload = nest->workload;
  if (accounting)
    return addPublished(entry);
  if (llvm::Error error = cost::checkWorkload(entry.workload, concrete))
    return mac->emitError(llvm::toString(std::move(error)));
  entry.mapping = std::move(nest->mapping);
  return addMapped(entry, overlap);
}

LogicalResult CostAnalysis::addPublished(OperationCost &entry) {
  llvm::Expected<cost::Cost> cost = cost::evaluatePublished(
      entry.workload, accelerator.spec, *accounting, accelerator.point);
  if (!cost)
    return entry.op->emitError(llvm::toString(cost.takeError()));
  entry.cost = std::move(*cost);
  return success();
}

LogicalResult CostAnalysis::addMapped(OperationCost &entry,
                                      cost::Overlap &overlap) {
  const cost::Accelerator &concrete = accelerator.accelerator;
  if (llvm::Error error =
          cost::checkMapping(entry.workload, concrete, entry.mapping))
    return entry.op->emitError(llvm::toString(std::move(error)));
  entry.counts = cost::count(entry.workload, concrete, entry.mapping);
  entry.cost =
      cost::evaluate(entry.workload, concrete, entry.mapping, entry.counts);
  overlap.addContraction(entry.cost.latencyPs);
  return success();
}

void CostAnalysis::addElectronic(optical::ElectronicOp op,
                                 cost::Overlap &overlap) {
  OperationCost &entry = addEntry(op, op);
  // Published accountings cover what their papers count: the photonic work.
  std::optional<cost::ElectronicWork> work = staticWork(op);
  entry.costed = work || accounting;
  if (work && !accounting)
    entry.cost = overlap.add(*work);
}

cost::Cost CostAnalysis::total() const {
  cost::CostSum sum;
  for (const OperationCost &entry : costs)
    sum.add(entry.cost, entry.count);
  return sum.get();
}

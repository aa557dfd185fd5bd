//===- CostAnalysis.h - Latency and energy of a network ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_COSTANALYSIS_H
#define OHAS_ANALYSIS_COSTANALYSIS_H

#include "ohas/Analysis/Executions.h"
#include "ohas/Analysis/TargetAccelerator.h"
#include "ohas/CostModel/Overlap.h"
#include <vector>

namespace ohas {

/// The cost of one operation, for one execution.
struct OperationCost {
  mlir::Operation *op = nullptr;
  /// Executions per inference: the product of the trip counts around it.
  int64_t count = 1;
  /// A contraction, with its canonical dims, mapping and counts. The latter two
  /// are empty in a published reading.
  bool photonic = false;
  /// False for electronic work whose sizes depend on data: its cost is not
  /// known, and zero here.
  bool costed = true;
  cost::Workload workload;
  cost::Mapping mapping;
  cost::Counts counts;
  cost::Cost cost;
};

/// Latency and energy of every contraction (mapped by an attribute, or written
/// out as loops around an `optical.mac`) and electronic operation of a
/// module on its target accelerator, in order. A pass gets it by
/// `getAnalysis<CostAnalysis>()`; the mapped reading is computed then.
///
///   CostAnalysis &costs = getAnalysis<CostAnalysis>();
///   if (!costs.isValid()) return signalPassFailure();
///   for (const OperationCost &cost : costs.operations()) ...
class CostAnalysis {
public:
  /// The mapped reading. Diagnostics say why it is not valid.
  explicit CostAnalysis(mlir::Operation *module);
  /// `reading` is "mapped" or the name of an accounting of the accelerator.
  CostAnalysis(mlir::ModuleOp module, llvm::StringRef reading);

  bool isValid() const { return valid; }
  llvm::ArrayRef<OperationCost> operations() const { return costs; }
  const TargetAccelerator &target() const { return accelerator; }
  const cost::Footprint &footprint() const { return area; }

  /// Executions per inference summed, each component by itself, in order of
  /// first appearance.
  cost::Cost total() const;

private:
  mlir::LogicalResult analyze(mlir::ModuleOp module, llvm::StringRef reading);
  /// `whole` is what runs when `op` does: `op`, or the loops around it.
  OperationCost &addEntry(mlir::Operation *op, mlir::Operation *whole);
  mlir::LogicalResult addContraction(optical::OpticalContractionOp op,
                                     cost::Overlap &overlap);
  mlir::LogicalResult addNest(optical::MacOp mac, cost::Overlap &overlap);
  mlir::LogicalResult addPublished(OperationCost &entry);
  mlir::LogicalResult addMapped(OperationCost &entry, cost::Overlap &overlap);
  void addElectronic(optical::ElectronicOp op, cost::Overlap &overlap);

  Executions executions;
  bool valid = false;
  TargetAccelerator accelerator;
  const cost::AccountingSpec *accounting = nullptr; // null: mapped
  cost::Footprint area;
  std::vector<OperationCost> costs;
};

} // namespace ohas

#endif // OHAS_ANALYSIS_COSTANALYSIS_H

//===- NetworkAnalysis.h - The work of a network ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_NETWORKANALYSIS_H
#define OHAS_ANALYSIS_NETWORKANALYSIS_H

#include "ohas/Optical/Optical.h"
#include "ohas/Search/NetworkEvaluator.h"

namespace ohas {

/// The work of a module in the search's terms, and where it came from.
struct NetworkAnalysis {
  search::NetworkWork work;
  /// For each of work.steps its operation.
  std::vector<mlir::Operation *> stepOps;
};

/// The work of an electronic operation, or nothing where the sizes of its
/// results depend on data (NonZero, NMS ...): such work has no cost that could
/// be told before it runs.
std::optional<cost::ElectronicWork> staticWork(optical::ElectronicOp op);

/// Gathers the electronic operations and those contractions that have no
/// mapping; equal ones become one layer. Fails with a diagnostic at the first
/// operation with a dim that is not static.
mlir::FailureOr<NetworkAnalysis> analyzeNetwork(mlir::ModuleOp module);

} // namespace ohas

#endif // OHAS_ANALYSIS_NETWORKANALYSIS_H

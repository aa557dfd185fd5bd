//===- NestAnalysis.h - Mappings that are written out -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_NESTANALYSIS_H
#define OHAS_ANALYSIS_NESTANALYSIS_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Mapping.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

/// What the loops around an `optical.mac` say, as `optical-tile` writes them.
struct NestAnalysis {
  cost::Workload workload;
  cost::Mapping mapping;
  /// The outermost loop, or the operation itself where there is none.
  mlir::Operation *root = nullptr;
};

/// The outermost loop of a nest. Loops that belong to no level are none of it.
mlir::Operation *nestRoot(optical::MacOp mac);

/// The contraction that a nest computes, from what the outermost memory holds.
/// Fails with a diagnostic where that is not known.
mlir::FailureOr<cost::Workload> nestWorkload(optical::MacOp mac);

/// Workload and mapping of a nest, read from its levels by their names. Fails
/// with a diagnostic where a level is not one of the accelerator's.
mlir::FailureOr<NestAnalysis> analyzeNest(optical::MacOp mac,
                                          const cost::Accelerator &accelerator);

} // namespace ohas

#endif // OHAS_ANALYSIS_NESTANALYSIS_H

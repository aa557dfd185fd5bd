//===- Executions.h - How often operations run ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_EXECUTIONS_H
#define OHAS_ANALYSIS_EXECUTIONS_H

#include "ohas/Optical/Optical.h"
#include "llvm/ADT/DenseMap.h"

namespace ohas {

/// How often operations run per inference. The body of a loop runs as often as
/// its static trip count or `optical.trip_count` says. Of the branches of an
/// `scf.if` or `scf.index_switch` one runs: the one with the most
/// multiply-accumulates (then the most electronic work, then the first) counts,
/// the others run 0 times.
class Executions {
public:
  /// With `warn`, a loop whose trip count is not known is reported, once; its
  /// body counts once.
  explicit Executions(bool warn = false) : warn(warn) {}

  int64_t of(mlir::Operation *op);

private:
  /// Multiply-accumulates, then elements of electronic work.
  using Weight = std::pair<int64_t, int64_t>;

  int64_t of(mlir::Region *region);
  Weight weigh(mlir::Region *region);
  bool isHeaviest(mlir::Region *region);

  bool warn;
  llvm::DenseMap<mlir::Region *, int64_t> counts;
  llvm::DenseMap<mlir::Region *, Weight> weights;
  llvm::DenseMap<mlir::Operation *, mlir::Region *> heaviest;
};

} // namespace ohas

#endif // OHAS_ANALYSIS_EXECUTIONS_H

//===- Nest.h - A mapping written out around an optical.mac -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Levels are put around the innermost operation one after the other, outermost
// first: each replaces the `optical.mac` by loops around a smaller one, or says
// what it does with the tensors that pass.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_TILE_NEST_H
#define OHAS_LIB_TRANSFORMS_TILE_NEST_H

#include "mlir/IR/PatternMatch.h"
#include "ohas/CostModel/Accelerator.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

class Nest {
public:
  Nest(mlir::RewriterBase &b, optical::MacOp mac,
       const cost::Accelerator &accelerator, const cost::Mapping &mapping);

  /// Writes out all levels.
  void build();

private:
  void addLevel(unsigned level);
  void addMemory(const cost::Level &level, const cost::LevelMapping &mapping);
  void addConverter(const cost::Level &level);

  void addTemporalLoop(const cost::Level &level, cost::Loop loop);
  /// Loops over different dims become one `scf.forall`.
  void addSpatialLoops(const cost::Level &level,
                       llvm::ArrayRef<cost::Loop> loops);

  mlir::Value fetch(const cost::Level &level, cost::Tensor tensor,
                    mlir::Value tile, bool stays);
  mlir::Value convert(const cost::Level &level, mlir::Value value);
  /// Lets the operation add to sums of its own, which `onTheWay` may do
  /// something with before they are added to the sums above. `begin` sees the
  /// zeros that they begin with.
  void separateSums(llvm::function_ref<mlir::Value(mlir::Value)> begin,
                    llvm::function_ref<mlir::Value(mlir::Value)> onTheWay);

  /// The step of the outermost loop of a dim that is not yet written out.
  int64_t enterLoop(cost::Loop loop);
  /// What one iteration, which begins at `offset`, has of the dim: a step, or
  /// what is left of the tile.
  mlir::OpFoldResult tileSize(cost::Dim dim, int64_t step,
                              mlir::OpFoldResult offset);
  mlir::SymbolRefAttr symbol(llvm::StringRef level);
  optical::LevelMappingAttr loopAttr(const cost::Level &level, cost::Loop loop);

  mlir::RewriterBase &b;
  mlir::Location loc;
  optical::MacOp mac;
  const cost::Accelerator &accelerator;
  const cost::Mapping &mapping;
  /// Of each dim, elements that the loops not yet written out step over, and
  /// those that there are.
  std::array<int64_t, cost::numDims> steps;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  /// The memory that sums from below are added to; empty for none yet.
  std::string sumsAt;
};

} // namespace ohas

#endif // OHAS_LIB_TRANSFORMS_TILE_NEST_H

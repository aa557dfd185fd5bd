//===- PipelineEvaluator.h - A design, through the passes -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only part of the search that knows MLIR. What a search reports comes from
// here: the pass pipeline's own annotations.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_PIPELINEEVALUATOR_H
#define OHAS_SEARCH_PIPELINEEVALUATOR_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "ohas/CostModel/AcceleratorSpec.h"
#include "ohas/Pipelines/Estimate.h"
#include "ohas/Search/MapperMemo.h"

namespace ohas::search {

/// Runs ohas-estimate on copies of one network, a design point at a time.
class PipelineEvaluator {
public:
  /// `network` outlives the evaluator. `accelerator` as the pipeline takes it.
  /// Mappings that are `known` for these options are not looked for again.
  PipelineEvaluator(mlir::ModuleOp network, llvm::StringRef accelerator,
                    const MapperOptions &mapper,
                    std::shared_ptr<MapperMemo> known = nullptr);

  /// A copy of the network, configured at `point`, mapped and annotated.
  mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
  run(const cost::DesignPoint &point) const;

private:
  mlir::ModuleOp network;
  std::string accelerator;
  MapperOptions mapper;
  std::shared_ptr<MapperMemo> known;
};

} // namespace ohas::search

#endif // OHAS_SEARCH_PIPELINEEVALUATOR_H

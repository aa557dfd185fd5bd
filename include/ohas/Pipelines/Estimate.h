//===- Estimate.h - The flow from a network to its cost ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_PIPELINES_ESTIMATE_H
#define OHAS_PIPELINES_ESTIMATE_H

#include "mlir/Pass/PassOptions.h"
#include <memory>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace ohas {
namespace search {
class MapperMemo;
} // namespace search

/// The design and how to map it; see the passes for each option.
struct EstimatePipelineOptions
    : mlir::PassPipelineOptions<EstimatePipelineOptions> {
  Option<std::string> accelerator{
      *this, "accelerator",
      llvm::cl::desc("Symbol in the module, shipped accelerator or .mlir file"),
      llvm::cl::init("")};
  ListOption<std::string> knobs{*this, "knobs",
                                llvm::cl::desc("Knob values, as name=value")};
  Option<std::string> devices{*this, "devices", llvm::cl::desc("Device set"),
                              llvm::cl::init("")};
  ListOption<std::string> overrides{
      *this, "overrides", llvm::cl::desc("Device values, as name=value")};
  Option<std::string> objective{
      *this, "objective",
      llvm::cl::desc("edp, energy, latency or ed2p, or two of "
                     "them, such as latency,energy"),
      llvm::cl::init("edp")};
  Option<uint64_t> budget{*this, "budget",
                          llvm::cl::desc("Mappings evaluated per layer"),
                          llvm::cl::init(2000)};
  Option<uint64_t> proofBudget{
      *this, "proof-budget",
      llvm::cl::desc("Work of improving and proving a mapping, in nodes"),
      llvm::cl::init(5000)};
  Option<uint64_t> seed{*this, "seed", llvm::cl::desc("Seed of the mapper"),
                        llvm::cl::init(0)};
  Option<bool> proveNetwork{
      *this, "prove-network",
      llvm::cl::desc("Bound the network's objective over all mappings"),
      llvm::cl::init(false)};
  Option<std::string> reading{
      *this, "reading",
      llvm::cl::desc("mapped, or an accounting of the accelerator"),
      llvm::cl::init("mapped")};
};

/// configure, map (in the mapped reading) and annotate. Mappings that are
/// `known` for the same options are not looked for again.
void buildEstimatePipeline(mlir::OpPassManager &manager,
                           const EstimatePipelineOptions &options,
                           std::shared_ptr<search::MapperMemo> known = nullptr);

/// Makes every flow known to the pass-pipeline syntax: ohas-estimate,
/// ohas-lower-to-llvm.
void registerPipelines();

} // namespace ohas

#endif // OHAS_PIPELINES_ESTIMATE_H

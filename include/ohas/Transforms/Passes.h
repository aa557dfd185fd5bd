//===- Passes.h - Passes on optical IR --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TRANSFORMS_PASSES_H
#define OHAS_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"

namespace ohas {
namespace search {
class MapperMemo;
} // namespace search

#define GEN_PASS_DECL
#include "ohas/Transforms/Passes.h.inc"

/// Mappings that are `known` for the same options are not looked for again.
std::unique_ptr<mlir::Pass>
createMapContractions(const MapContractionsOptions &options,
                      std::shared_ptr<search::MapperMemo> known);

#define GEN_PASS_REGISTRATION
#include "ohas/Transforms/Passes.h.inc"

} // namespace ohas

#endif // OHAS_TRANSFORMS_PASSES_H

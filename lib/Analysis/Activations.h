//===- Activations.h - What lives from one operation to another -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_ANALYSIS_ACTIVATIONS_H
#define OHAS_LIB_ANALYSIS_ACTIVATIONS_H

#include "ohas/Analysis/NetworkAnalysis.h"

namespace ohas {

/// Adds the constant weights of all contractions, those of loops included, to
/// the activations: they may stay for good.
void addWeights(NetworkAnalysis &analysis);

/// Adds the activations of the block of a function to `analysis`. `stepOf`
/// knows the steps of its operations. Shape operations share the storage of
/// what they read, and so do elementwise ones whose input nothing else reads.
/// What is returned, or what operations of unknown kind or in loops and
/// branches read, is no activation, nor is what follows from constants alone.
void addActivations(mlir::Block &block,
                    const llvm::DenseMap<mlir::Operation *, size_t> &stepOf,
                    NetworkAnalysis &analysis);

} // namespace ohas

#endif // OHAS_LIB_ANALYSIS_ACTIVATIONS_H

//===- LowerToLLVM.h - From optical IR to machine code ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_PIPELINES_LOWERTOLLVM_H
#define OHAS_PIPELINES_LOWERTOLLVM_H

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace ohas {

/// Optical IR to the LLVM dialect: tensors become buffers that are freed after
/// their last use, and results become buffers that the caller brings.
void buildLowerToLLVMPipeline(mlir::OpPassManager &manager);

} // namespace ohas

#endif // OHAS_PIPELINES_LOWERTOLLVM_H

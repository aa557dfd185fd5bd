//===- LowerToLLVM.cpp - From optical IR to machine code --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Pipelines/LowerToLLVM.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "ohas/Conversion/Passes.h"

using namespace mlir;

static void bufferize(OpPassManager &manager) {
  bufferization::OneShotBufferizePassOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.allowReturnAllocsFromLoops = true;
  options.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  manager.addPass(bufferization::createOneShotBufferizePass(options));
  bufferization::BufferResultsToOutParamsPassOptions results;
  results.modifyPublicFunctions = true;
  // Not hoistStaticAllocs, which would save a copy of each output: it erases the
  // allocation of a buffer that is returned twice when it meets it first, and
  // crashes on the second. What it saves is nothing to a network's run.
  manager.addPass(bufferization::createBufferResultsToOutParamsPass(results));
  bufferization::BufferDeallocationPipelineOptions deallocation;
  bufferization::buildBufferDeallocationPipeline(manager, deallocation);
  // Right after the last use rather than at the end of the function.
  manager.addNestedPass<func::FuncOp>(
      bufferization::createOptimizeAllocationLivenessPass());
  // The helper of deallocation takes buffers of any size, which no bare pointer
  // can be.
  manager.addPass(createInlinerPass());
  manager.addPass(createSymbolDCEPass());
}

void ohas::buildLowerToLLVMPipeline(OpPassManager &manager) {
  // Electronic operations first: those of zero points make new contractions.
  manager.addPass(createConvertOpticalElectronicToLinalg());
  manager.addPass(createConvertOpticalToLinalg());
  manager.addPass(createEraseSignedness());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  bufferize(manager);
  // Copies of what an accelerator has many of run one after the other.
  manager.addNestedPass<func::FuncOp>(createForallToForLoopPass());
  manager.addNestedPass<func::FuncOp>(createLowerBufferCopies());
  manager.addPass(createOutlineLoops());
  manager.addPass(func::createDuplicateFunctionEliminationPass());
  manager.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  manager.addPass(memref::createExpandStridedMetadataPass());
  manager.addPass(createLowerAffinePass());
  manager.addPass(createSCFToControlFlowPass());
  manager.addNestedPass<func::FuncOp>(arith::createArithExpandOpsPass());
  manager.addPass(createConvertMathToLLVMPass());
  manager.addPass(createConvertMathToLibmPass());
  manager.addPass(createArithToLLVMConversionPass());
  manager.addPass(createConvertIndexToLLVMPass());
  manager.addPass(createFinalizeMemRefToLLVMConversionPass());
  ConvertFuncToLLVMPassOptions functions;
  functions.useBarePtrCallConv = true;
  manager.addPass(createConvertFuncToLLVMPass(functions));
  manager.addPass(createConvertControlFlowToLLVMPass());
  manager.addPass(createReconcileUnrealizedCastsPass());
}

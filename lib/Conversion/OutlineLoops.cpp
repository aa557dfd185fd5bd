//===- OutlineLoops.cpp - A function for each loop nest ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"
#include "ohas/Conversion/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_OUTLINELOOPS
#include "ohas/Conversion/Passes.h.inc"
} // namespace ohas

using namespace mlir;

namespace {
/// What a loop nest needs from outside: arguments, and cheap operations that
/// are done again inside, in the order of their definitions.
struct Surroundings {
  llvm::SetVector<Value> arguments;
  llvm::SetVector<Operation *> repeated;

  void add(Value value) {
    Operation *op = value.getDefiningOp();
    bool isCheap = op && (op->hasTrait<OpTrait::ConstantLike>() ||
                          isa<ViewLikeOpInterface>(op));
    if (!isCheap) {
      arguments.insert(value);
      return;
    }
    for (Value operand : op->getOperands())
      add(operand);
    repeated.insert(op);
  }
};
} // namespace

/// Plain buffers are passed as bare pointers.
static bool canPass(Value value) {
  auto buffer = dyn_cast<MemRefType>(value.getType());
  return buffer ? buffer.hasStaticShape() && buffer.getNumElements() > 0 &&
                      buffer.getLayout().isIdentity()
                : value.getType().isIntOrIndexOrFloat();
}

/// Nothing else points into it: an allocation, or an argument of the network.
static bool isOwnBuffer(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return isa<func::FuncOp>(argument.getOwner()->getParentOp());
  return isa_and_nonnull<memref::AllocOp>(value.getDefiningOp());
}

static func::FuncOp outline(linalg::LinalgOp op, unsigned number) {
  Surroundings needed;
  for (Value operand : op->getOperands())
    needed.add(operand);
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  for (Value value : captured)
    needed.add(value);
  if (!llvm::all_of(needed.arguments, canPass))
    return nullptr;

  MLIRContext *context = op.getContext();
  ValueRange arguments = needed.arguments.getArrayRef();
  auto function = func::FuncOp::create(
      op.getLoc(), "loops" + std::to_string(number),
      FunctionType::get(context, arguments.getTypes(), {}));
  function.setPrivate();
  // Inlined again, they would be one large function.
  function->setAttr(
      "passthrough",
      ArrayAttr::get(context, StringAttr::get(context, "noinline")));
  function->setAttr("llvm.linkage",
                    LLVM::LinkageAttr::get(context, LLVM::Linkage::Internal));
  OpBuilder b(context);
  b.setInsertionPointToStart(function.addEntryBlock());
  IRMapping mapping;
  mapping.map(arguments, function.getArguments());
  for (Operation *cheap : needed.repeated)
    b.clone(*cheap, mapping);
  b.clone(*op, mapping);
  func::ReturnOp::create(b, op.getLoc());
  if (llvm::all_of(arguments, [](Value value) {
        return !isa<MemRefType>(value.getType()) || isOwnBuffer(value);
      }))
    for (auto [i, value] : llvm::enumerate(arguments))
      if (isa<MemRefType>(value.getType()))
        function.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(),
                            b.getUnitAttr());
  b.setInsertionPoint(op);
  func::CallOp::create(b, op.getLoc(), function, arguments);
  op->erase();
  return function;
}

namespace {
struct OutlineLoopsPass : ohas::impl::OutlineLoopsBase<OutlineLoopsPass> {
  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> loops;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op.hasPureBufferSemantics())
        loops.push_back(op);
    });
    SymbolTable symbols(getOperation());
    for (auto [number, op] : llvm::enumerate(loops))
      if (func::FuncOp function = outline(op, number))
        symbols.insert(function);
  }
};
} // namespace

//===- State.cpp - Numbers that outlive a run -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace ohas;

memref::GlobalOp ohas::precision::addGlobal(ModuleOp module, StringRef name,
                                            int64_t size, Type element) {
  OpBuilder b(module.getContext());
  auto type = MemRefType::get({size}, element);
  auto zeros = DenseElementsAttr::get(RankedTensorType::get({size}, element),
                                      b.getZeroAttr(element));
  auto global =
      memref::GlobalOp::create(b, module.getLoc(), name, StringAttr(), type,
                               zeros, /*constant=*/false, IntegerAttr());
  // Renames it if there is one of the name.
  SymbolTable(module).insert(global, module.getBody()->begin());
  return global;
}

Value ohas::precision::bufferFor(Operation *op, memref::GlobalOp global) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  OpBuilder b = OpBuilder::atBlockBegin(&function.getFunctionBody().front());
  return memref::GetGlobalOp::create(b, op->getLoc(), global.getType(),
                                     global.getSymName());
}

static Value at(OpBuilder &b, Location loc, unsigned index) {
  return arith::ConstantIndexOp::create(b, loc, index);
}

Value ohas::precision::load(OpBuilder &b, Location loc, Value buffer,
                            unsigned index) {
  return memref::LoadOp::create(b, loc, buffer, at(b, loc, index));
}

Value ohas::precision::combine(OpBuilder &b, Location loc, Value buffer,
                               unsigned index, arith::AtomicRMWKind kind,
                               Value value) {
  return memref::AtomicRMWOp::create(b, loc, kind, value, buffer,
                                     at(b, loc, index));
}

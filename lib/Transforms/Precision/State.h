//===- State.h - Numbers that outlive a run ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_PRECISION_STATE_H
#define OHAS_LIB_TRANSFORMS_PRECISION_STATE_H

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/BuiltinOps.h"

namespace ohas::precision {

/// A buffer of zeros at the beginning of the module, of that name or, if it is
/// taken, one like it.
mlir::memref::GlobalOp addGlobal(mlir::ModuleOp module, llvm::StringRef name,
                                 int64_t size, mlir::Type element);

/// The buffer, as a value that all of `op`'s function can use.
mlir::Value bufferFor(mlir::Operation *op, mlir::memref::GlobalOp global);

mlir::Value load(mlir::OpBuilder &b, mlir::Location loc, mlir::Value buffer,
                 unsigned index);

/// Combines an element with a number; what runs at the same time may do so too.
mlir::Value combine(mlir::OpBuilder &b, mlir::Location loc, mlir::Value buffer,
                    unsigned index, mlir::arith::AtomicRMWKind kind,
                    mlir::Value value);

} // namespace ohas::precision

#endif // OHAS_LIB_TRANSFORMS_PRECISION_STATE_H

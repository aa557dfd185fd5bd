//===- MacDims.h - Where the dims of optical.mac are ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_MACDIMS_H
#define OHAS_OPTICAL_MACDIMS_H

#include "ohas/Optical/Optical.h"

namespace ohas::optical {

/// A tensor and one of its axes.
struct MacPlace {
  mlir::Value tensor;
  unsigned axis;
};

/// Whose size is that of the dim.
MacPlace placeOf(MacOp op, cost::Dim dim);

/// The part of `value` at `offsets`. Leading sizes of 1 beyond `rank` are
/// dropped.
mlir::Value sliceAt(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                    llvm::ArrayRef<mlir::OpFoldResult> offsets,
                    llvm::ArrayRef<mlir::OpFoldResult> sizes, unsigned rank);

/// `op` on other tensors.
MacOp withOperands(mlir::OpBuilder &b, MacOp op, mlir::Value weight,
                   mlir::Value input, mlir::Value init);

} // namespace ohas::optical

#endif // OHAS_OPTICAL_MACDIMS_H

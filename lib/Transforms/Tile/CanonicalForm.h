//===- CanonicalForm.h - Contractions over canonical dims -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_TILE_CANONICALFORM_H
#define OHAS_LIB_TRANSFORMS_TILE_CANONICALFORM_H

#include "mlir/IR/Builders.h"
#include "ohas/Optical/Optical.h"

namespace ohas {

/// Replaces a contraction by an `optical.mac` on tensors of its canonical dims,
/// whose sums begin at zero, and brings the result to the contraction's shape.
optical::MacOp toCanonicalForm(mlir::OpBuilder &b,
                               optical::OpticalContractionOp op,
                               const cost::Workload &workload);

/// Zeros of a shape.
mlir::Value zeros(mlir::OpBuilder &b, mlir::Location loc, mlir::Type element,
                  llvm::ArrayRef<mlir::OpFoldResult> sizes);

} // namespace ohas

#endif // OHAS_LIB_TRANSFORMS_TILE_CANONICALFORM_H

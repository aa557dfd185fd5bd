//===- NormalNoise.h - Normally distributed numbers -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_PRECISION_NORMALNOISE_H
#define OHAS_LIB_TRANSFORMS_PRECISION_NORMALNOISE_H

#include "mlir/IR/Builders.h"

namespace ohas::precision {

/// The number (f64) at a place (i64) of a sequence of normally distributed
/// numbers of mean 0 and deviation 1, which depends on the seed alone.
mlir::Value standardNormal(mlir::OpBuilder &b, mlir::Location loc,
                           mlir::Value place, uint64_t seed);

} // namespace ohas::precision

#endif // OHAS_LIB_TRANSFORMS_PRECISION_NORMALNOISE_H

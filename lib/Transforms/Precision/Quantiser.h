//===- Quantiser.h - A converter of finite resolution -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_PRECISION_QUANTISER_H
#define OHAS_LIB_TRANSFORMS_PRECISION_QUANTISER_H

#include "mlir/IR/Builders.h"

namespace ohas::precision {

struct Quantiser {
  mlir::Value state; ///< the buffer of ConverterState
  /// The buffer with how many random numbers were drawn; null for no noise.
  mlir::Value noiseCounter;
  uint64_t seed = 0;
  /// Noise comes with what is converted rather than from the conversion.
  bool isNoiseBefore = false;
};

/// What the converter makes of a tensor of signless numbers. It keeps count of
/// what crosses; with a step of 0 it changes nothing.
mlir::Value convert(mlir::OpBuilder &b, mlir::Location loc, mlir::Value tensor,
                    const Quantiser &quantiser);

} // namespace ohas::precision

#endif // OHAS_LIB_TRANSFORMS_PRECISION_QUANTISER_H

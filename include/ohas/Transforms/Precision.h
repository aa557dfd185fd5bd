//===- Precision.h - What runs with finite bits leave behind ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `optical-probe-precision` and `optical-finite-precision` give each
// contraction and each converter a `memref.global` of f64, which whoever runs
// the code reads and writes; their elements are below. The global's attribute
// says whose it is.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TRANSFORMS_PRECISION_H
#define OHAS_TRANSFORMS_PRECISION_H

#include "llvm/ADT/StringRef.h"

namespace ohas::precision {

/// Of a converter: the first four say what it does (cost::Resolution and
/// ConverterPrecision::sigma), the others what crossed it before that.
enum ConverterState : unsigned {
  Low,
  High,
  Step,
  Sigma,
  Grid, ///< whose multiples are not OffGrid; changes nothing
  Least,
  Most,
  Smallest, ///< of the magnitudes but 0; to begin with infinity
  Elements,
  Nonzeros,
  OffGrid, ///< elements; none for a grid of 0
  Beyond,  ///< elements more than half a step below Low or above High
  ConverterStateSize
};

/// Of a contraction, each added to but the ranges: see cost::LayerPrecision.
enum LayerState : unsigned {
  Outputs,
  Signal,
  Noise,
  InputGain,
  WeightGain,
  WeightErrorGain,
  InputRange, ///< the largest magnitude
  WeightRange,
  LayerStateSize
};

/// On the global of a contraction, {name, number, products (of an output),
/// constant_weight}; its number on the contraction itself.
inline constexpr llvm::StringLiteral layerAttrName = "ohas.layer";
/// On the global of a converter: {level, tensor, bits, layer (the number),
/// sigma (of the noise, over the range; of detectors over that of a product),
/// integer (elements are), codes (bits of integer operands)}.
inline constexpr llvm::StringLiteral converterAttrName = "ohas.converter";

/// How many random numbers were drawn: one i64.
inline constexpr llvm::StringLiteral noiseCounterName = "ohas.noise_counter";

} // namespace ohas::precision

#endif // OHAS_TRANSFORMS_PRECISION_H

//===- Quantise.h - Floats to integers --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_QUANTISE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_QUANTISE_H

#include "Elementwise.h"

namespace ohas::electronic {

/// x / scale, rounded to even, plus the zero point if there is one, as far as
/// the type goes.
Value quantised(const Scalar &s, Value x, Value scale, Value zero,
                mlir::Type to, bool isUnsigned);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_QUANTISE_H

//===- Standardise.h - Zero mean, unit variance -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_NORMALISATION_STANDARDISE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_NORMALISATION_STANDARDISE_H

#include "../Reduce.h"

namespace ohas::electronic {

/// A tensor over its root mean square along `axes`, less its mean before if
/// `isCentred`; and what went into it, with those axes of size 1.
struct Standardised {
  Value value, mean, inverse;
};
Standardised standardise(Node &node, Value value, llvm::ArrayRef<int64_t> axes,
                         double epsilon, bool isCentred = true);

/// value * scale + bias, where they are given and broadcast.
Value scaleAndShift(Node &node, Value value, Value scale, Value bias);

/// A vector along `axis` of a tensor of that rank, to broadcast.
Value alongAxis(Node &node, Value vector, int64_t axis, int64_t rank);

/// Input i in the type that is computed in, or null.
Value wideInput(Node &node, unsigned i);

/// In the element type of result i.
Value narrow(Node &node, Value value, unsigned i = 0);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_NORMALISATION_STANDARDISE_H

//===- Interpolate.h - Elements at places between ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_SAMPLING_INTERPOLATE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_SAMPLING_INTERPOLATE_H

//
// Places are floats along axes of a tensor: 0 is the middle of the first
// element, 1 that of the second.
//
#include "../Scalar.h"

namespace ohas::electronic {

/// The element at a whole place of each axis.
using ElementAt =
    llvm::function_ref<Value(const Scalar &, mlir::ArrayRef<Value> places)>;

/// Along each axis from the two elements around the place.
Value interpolateLinear(const Scalar &s, mlir::ArrayRef<Value> places,
                        ElementAt elementAt);

/// Along each axis from the four elements around the place, by the cubic
/// convolution of Keys (IEEE Trans. ASSP 29(6), 1981) with this coefficient.
Value interpolateCubic(const Scalar &s, mlir::ArrayRef<Value> places, double a,
                       ElementAt elementAt);

/// Whether a place is on an axis of this size.
Value isWithin(const Scalar &s, Value place, int64_t size);

/// The index of the element at a whole place; of the first or last one if it is
/// outside, so that nothing else is ever read.
Value nearestIndex(const Scalar &s, Value place, int64_t size);

/// The element at whole places along the axes after `leading`; 0 outside.
Value elementOrZero(const Scalar &s, Value tensor, mlir::ValueRange leading,
                    mlir::ArrayRef<Value> places);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_SAMPLING_INTERPOLATE_H

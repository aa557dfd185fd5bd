//===- LargestWhole.h - Where a condition ends ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DEVICES_LARGESTWHOLE_H
#define OHAS_LIB_COSTMODEL_DEVICES_LARGESTWHOLE_H

#include <cmath>

namespace ohas::cost::device {

/// The last whole number of [first, end) for which `fits` holds, if it holds
/// for `first` and, once it does not, for none above. `end` is below 2^52.
template <typename Fits>
double largestWhole(double first, double end, Fits fits) {
  while (end - first > 1) {
    double middle = std::floor((first + end) / 2);
    (fits(middle) ? first : end) = middle;
  }
  return first;
}

} // namespace ohas::cost::device

#endif // OHAS_LIB_COSTMODEL_DEVICES_LARGESTWHOLE_H

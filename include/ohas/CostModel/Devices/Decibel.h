//===- Decibel.h - Ratios in decibels ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What all device models share. A loss in dB is positive; outside the range in
// which a model holds, it is undefined (not a number), which an expression
// reports with its text.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_DECIBEL_H
#define OHAS_COSTMODEL_DEVICES_DECIBEL_H

#include <cmath>
#include <limits>

namespace ohas::cost::device {

inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

inline double fromDb(double db) { return std::pow(10.0, db / 10); }
inline double toDb(double ratio) { return 10 * std::log10(ratio); }

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_DECIBEL_H

//===- EngineeringUnits.h - Figures as people read them ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_REPORT_ENGINEERINGUNITS_H
#define OHAS_LIB_REPORT_ENGINEERINGUNITS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ohas::report {

/// `value` of a prefixed unit ("ps", "fJ", "uW") with four digits and the
/// prefix that suits it: withUnit(2546500, "ps") is "2.547 us".
std::string withUnit(double value, llvm::StringRef unit);

/// A plain number with K, M, G or T: scaled(4089184256) is "4.089 G".
std::string scaled(double value);

} // namespace ohas::report

#endif // OHAS_LIB_REPORT_ENGINEERINGUNITS_H

//===- Precision.h - What finite bits did to a network ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_REPORT_PRECISION_H
#define OHAS_REPORT_PRECISION_H

#include "ohas/CostModel/Precision.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace ohas::report {

/// Runs of one network on one accelerator.
struct Precision {
  std::string model, accelerator;
  /// Options of the run that change its numbers, by name.
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<cost::NetworkPrecision> runs; ///< by bits
};

/// A line for each run; for the only one, a line for each layer before it.
void writePrecisionText(const Precision &precision, llvm::raw_ostream &os);

/// Schema ohas.precision/1 (docs/Running.md).
void writePrecisionJson(const Precision &precision, llvm::raw_ostream &os);

} // namespace ohas::report

#endif // OHAS_REPORT_PRECISION_H

//===- RunPrecision.h - ohas-opt --run --finite-precision -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_RUNPRECISION_H
#define OHAS_LIB_TOOLS_RUNPRECISION_H

#include "ohas/Execution/FiniteProgram.h"
#include "ohas/Report/Precision.h"

namespace ohas {

struct PrecisionRunOptions {
  bool isAsked = false;
  FinitePrecisionOptions model;
  double headroom = 0;                  ///< of ranges over what calibrating saw
  std::vector<unsigned> bits;           ///< a run for each; none: one run
  std::vector<std::string> calibration; ///< as --input; none: the inputs
};

/// Registers --finite-precision and what goes with it.
void registerPrecisionOptions();
llvm::ArrayRef<llvm::StringLiteral> precisionOptionNames();
/// Fails for options that do not go together.
llvm::Expected<PrecisionRunOptions> precisionOptions();

/// What the last run with finite bits gives, and all of their precision.
struct PrecisionRun {
  std::vector<HostTensor> outputs;
  report::Precision precision;
};
llvm::Expected<PrecisionRun> runPrecision(FiniteProgram &program,
                                          llvm::ArrayRef<HostTensor> inputs,
                                          const PrecisionRunOptions &options);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_RUNPRECISION_H

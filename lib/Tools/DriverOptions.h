//===- DriverOptions.h - Options of --estimate and --search -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_DRIVEROPTIONS_H
#define OHAS_LIB_TOOLS_DRIVEROPTIONS_H

#include "ohas/Tools/Driver.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace ohas {

enum class DriverMode {
  Opt,
  Estimate,
  Search,
  Run,
  Coverage,
  ListAccelerators,
  ExplainLink,
  SupportedOperators
};

/// Registers --estimate, --search, --list-accelerators and all they take.
void registerDriverOptions();

/// Their names, for --help.
llvm::ArrayRef<llvm::StringLiteral> driverOptionNames();

/// What the command line asks for. Errors: --estimate and --search at once, a
/// malformed --budget.
llvm::Expected<DriverMode> driverMode();
llvm::Expected<DriverOptions> driverOptions();

/// "60s", "5m", "1h", "500ms"; a plain number is seconds.
llvm::Expected<double> parseSeconds(llvm::StringRef text);

/// "a.onnx@2" is a.onnx with weight 2. Errors: a weight that is not positive.
llvm::Expected<std::pair<std::string, double>>
parseWeightedInput(llvm::StringRef text);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_DRIVEROPTIONS_H

//===- RunNetwork.h - ohas-opt --run ----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_RUNNETWORK_H
#define OHAS_LIB_TOOLS_RUNNETWORK_H

#include "RunPrecision.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ohas {
struct DriverOptions;
struct NamedNetwork;

struct RunOptions {
  std::vector<std::string> inputs; ///< name=file, name=seed:N or seed:N
  std::string outputDir;           ///< empty: outputs are only summed up
  bool mapped = false;             ///< as the loops of its mapping
  PrecisionRunOptions precision;
};

/// Registers --run, --mapped, --input and --output-dir.
void registerRunOptions();
std::vector<llvm::StringLiteral> runOptionNames();
bool isRunAsked();
/// Fails for options that do not go together.
llvm::Expected<RunOptions> runOptions();

/// Runs a network on the CPU and reports its outputs; `driver` says what a
/// mapped one is mapped to. The result is an exit status.
int runNetwork(NamedNetwork &network, const RunOptions &options,
               const DriverOptions &driver);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_RUNNETWORK_H

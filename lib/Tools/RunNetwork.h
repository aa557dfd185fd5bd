//===- RunNetwork.h - ohas-opt --run ----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_RUNNETWORK_H
#define OHAS_LIB_TOOLS_RUNNETWORK_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ohas {
struct NamedNetwork;

struct RunOptions {
  std::vector<std::string> inputs; ///< name=file, name=seed:N or seed:N
  std::string outputDir;           ///< empty: outputs are only summed up
};

/// Registers --run, --input and --output-dir.
void registerRunOptions();
llvm::ArrayRef<llvm::StringLiteral> runOptionNames();
bool isRunAsked();
RunOptions runOptions();

/// Runs a network on the CPU and reports its outputs. The result is an exit
/// status.
int runNetwork(NamedNetwork &network, const RunOptions &options);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_RUNNETWORK_H

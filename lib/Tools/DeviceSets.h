//===- DeviceSets.h - One question, several device sets ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_DEVICESETS_H
#define OHAS_LIB_TOOLS_DEVICESETS_H

#include "ohas/Report/Report.h"
#include "ohas/Tools/Driver.h"

namespace ohas {

/// What one run found: its report and the networks as they were mapped.
struct RunResult {
  report::Report report;
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> mapped;
  int status = exitDone;
};
using Run = llvm::function_ref<std::optional<RunResult>(
    llvm::MutableArrayRef<NamedNetwork>, const DriverOptions &)>;

/// Calls `run` with the options as they are, or once for each device set that
/// is to be compared, and writes the first result with the others beside it.
/// `run` gives nothing where the input is bad, which it has said.
int runOverDeviceSets(llvm::MutableArrayRef<NamedNetwork> networks,
                      const DriverOptions &options, Run run);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_DEVICESETS_H

//===- RunDriver.h - Estimates, searches, lists -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_RUNDRIVER_H
#define OHAS_LIB_TOOLS_RUNDRIVER_H

#include "DriverOptions.h"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace ohas {

/// Runs any mode but DriverMode::Opt; the result is the exit status. `irPath`
/// is empty where the IR is not asked for.
int runDriver(DriverMode mode, llvm::ArrayRef<std::string> inputs,
              llvm::StringRef irPath, mlir::DialectRegistry &registry);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_RUNDRIVER_H

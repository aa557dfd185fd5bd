//===- Outputs.h - Writes reports and IR where asked ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_OUTPUTS_H
#define OHAS_LIB_TOOLS_OUTPUTS_H

#include "ohas/Report/Report.h"
#include "ohas/Tools/Driver.h"

namespace ohas {
struct EstimatePipelineOptions;

/// The accelerator that `options` or `module` names, or the default.
std::string acceleratorOf(mlir::ModuleOp module, const DriverOptions &options);

/// What the estimate of a module takes of `options`.
void setEstimateOptions(EstimatePipelineOptions &pipeline,
                        mlir::ModuleOp module, const DriverOptions &options);

/// Writes what `content` prints to the file at `path` ("-": stdout), complete
/// or not at all; nothing if `path` is empty. Reports what cannot be written
/// and returns false.
bool writeContent(llvm::StringRef path,
                  llvm::function_ref<void(llvm::raw_ostream &)> content);

/// Reports outputs that cannot be written, or two that are to go to one place,
/// before any work, and returns false.
bool checkOutputs(const DriverOptions &options);

/// Writes JSON, CSV and IR to the files asked for, all complete or not at all,
/// and the tables to stdout, or to stderr where a file is stdout. Reports what
/// cannot be written and returns false.
bool writeOutputs(const report::Report &report,
                  llvm::ArrayRef<mlir::ModuleOp> modules,
                  const DriverOptions &options, bool withoutTables = false);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_OUTPUTS_H

//===- ModuleReport.h - A report of an annotated module ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TOOLS_MODULEREPORT_H
#define OHAS_TOOLS_MODULEREPORT_H

#include "ohas/Analysis/CostAnalysis.h"
#include "ohas/Report/Report.h"

namespace ohas {

/// Adds the operations of `costs` to `report` as network `name`; the first
/// network also sets what is said about the accelerator.
void addToReport(report::Report &report, const CostAnalysis &costs,
                 mlir::ModuleOp module, llvm::StringRef name,
                 double weight = 1);

} // namespace ohas

#endif // OHAS_TOOLS_MODULEREPORT_H

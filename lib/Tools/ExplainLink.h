//===- ExplainLink.h - ohas-opt --explain-link ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_EXPLAINLINK_H
#define OHAS_LIB_TOOLS_EXPLAINLINK_H

#include "ohas/Tools/Driver.h"

namespace ohas {

/// The link budget of the accelerator at the design point that the options
/// name: a table on stdout, or JSON. The result is an exit status, that of an
/// infeasible design among them.
int explainLink(const DriverOptions &options, mlir::MLIRContext &context);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_EXPLAINLINK_H

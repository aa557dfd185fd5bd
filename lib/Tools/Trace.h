//===- Trace.h - ohas-opt --trace -------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_TRACE_H
#define OHAS_LIB_TOOLS_TRACE_H

#include "ohas/Analysis/CostAnalysis.h"
#include "ohas/Tools/Driver.h"

namespace ohas {

/// Prints how the energy of a component in a layer comes about: counts, unit
/// energies, the expressions and devices behind them with their sources. False,
/// with a message, if there is no such layer or component.
bool printTrace(const CostAnalysis &costs, const TraceRequest &request,
                llvm::raw_ostream &os);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_TRACE_H

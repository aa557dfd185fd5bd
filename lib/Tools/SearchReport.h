//===- SearchReport.h - What a search found, checked ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_SEARCHREPORT_H
#define OHAS_LIB_TOOLS_SEARCHREPORT_H

#include "DesignSearch.h"
#include "DeviceSets.h"

namespace ohas {

/// The report of a search, the networks as the winner maps them, and the exit
/// status. Each design that the report has figures of goes through the pass
/// pipeline first; one that does not give there what `result` says is an error.
llvm::Expected<RunResult> reportSearch(DesignSearch &search,
                                       const search::SearchResult &result);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_SEARCHREPORT_H

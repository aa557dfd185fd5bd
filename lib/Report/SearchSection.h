//===- SearchSection.h - What a report says of a search ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_REPORT_SEARCHSECTION_H
#define OHAS_LIB_REPORT_SEARCHSECTION_H

#include "ohas/Report/Report.h"
#include "llvm/Support/JSON.h"

namespace ohas::report {

/// Nothing for a report that is not of a search.
void writeSearch(const Report &report, llvm::raw_ostream &os);
void writeSearch(const Report &report, llvm::json::OStream &json);

/// Largest effect on the objective first, whether it grows or shrinks.
std::vector<Sensitivity> byEffect(std::vector<Sensitivity> sensitivities);

} // namespace ohas::report

#endif // OHAS_LIB_REPORT_SEARCHSECTION_H

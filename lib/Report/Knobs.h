//===- Knobs.h - Knobs with their values ------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_REPORT_KNOBS_H
#define OHAS_LIB_REPORT_KNOBS_H

#include "llvm/Support/JSON.h"
#include <map>
#include <string>

namespace ohas::report {

using Knobs = std::map<std::string, double>;

/// "cores 4, rows 16".
std::string knobList(const Knobs &knobs);

void writeKnobs(llvm::json::OStream &json, llvm::StringRef key,
                const Knobs &knobs);

} // namespace ohas::report

#endif // OHAS_LIB_REPORT_KNOBS_H

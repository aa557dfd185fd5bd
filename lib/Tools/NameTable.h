//===- NameTable.h - Names with their values and sources --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_NAMETABLE_H
#define OHAS_LIB_TOOLS_NAMETABLE_H

#include "ohas/CostModel/NameTrace.h"
#include "llvm/Support/raw_ostream.h"

namespace ohas {

/// "1.5 mW", or "1.5" without a unit.
std::string withUnit(double value, const std::string &unit);

/// A line each: name, value, what it is and where it is from.
void printNames(llvm::ArrayRef<cost::TraceName> names, llvm::raw_ostream &os);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_NAMETABLE_H

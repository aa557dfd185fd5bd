//===- CountCases.h - Counts of nests written as JSON -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TOOLS_COUNTCASES_H
#define OHAS_TOOLS_COUNTCASES_H

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace ohas {

/// Reads the case of a line, counts it and prints the result as a line. See
/// docs/CostModel.md, "Counts", for the format.
llvm::Error countCase(llvm::StringRef line, llvm::raw_ostream &os);

/// Reads the case of a line, looks for the mapping to the same levels with the
/// fewest counts in all, and prints both sums as a line.
llvm::Error mapCase(llvm::StringRef line, llvm::raw_ostream &os);

} // namespace ohas

#endif // OHAS_TOOLS_COUNTCASES_H

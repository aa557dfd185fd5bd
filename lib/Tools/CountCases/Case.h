//===- Case.h - A nest written as JSON --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_COUNTCASES_CASE_H
#define OHAS_LIB_TOOLS_COUNTCASES_CASE_H

#include "ohas/CostModel/Counts.h"
#include "llvm/Support/Error.h"

namespace ohas {

/// Of a memory, in elements per cycle and instance.
struct Bandwidth {
  double read = 0, write = 0;
};

struct Case {
  std::string id;
  cost::Workload workload;
  cost::Accelerator accelerator;
  cost::Mapping mapping;
  llvm::SmallVector<std::optional<Bandwidth>, 16> bandwidths;
};

/// Errors name what is missing, unknown or out of range, and where.
llvm::Expected<Case> readCase(llvm::StringRef text);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_COUNTCASES_CASE_H

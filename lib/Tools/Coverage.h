//===- Coverage.h - ohas-opt --coverage -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_COVERAGE_H
#define OHAS_LIB_TOOLS_COVERAGE_H

#include "ohas/Tools/Driver.h"

namespace ohas {

/// Says of one ONNX model what light does, what electronics do, and which
/// operators are unknown: a table on stdout, and JSON at `jsonPath` if given
/// (schema ohas.coverage/1). The result is an exit status.
int reportCoverage(llvm::ArrayRef<std::string> inputs, llvm::StringRef jsonPath,
                   mlir::MLIRContext &context);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_COVERAGE_H

//===- SumsOfNest.h - The way of sums out of a nest -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_ANALYSIS_SUMSOFNEST_H
#define OHAS_LIB_ANALYSIS_SUMSOFNEST_H

#include "ohas/Optical/Optical.h"

namespace ohas {

/// The memories that hold what `mac` adds to, innermost first.
llvm::SmallVector<optical::FetchOp> fetchesOfSums(optical::MacOp mac);

} // namespace ohas

#endif // OHAS_LIB_ANALYSIS_SUMSOFNEST_H

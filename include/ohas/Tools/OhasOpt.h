//===- OhasOpt.h - The command ohas-opt -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TOOLS_OHASOPT_H
#define OHAS_TOOLS_OHASOPT_H

namespace ohas {

/// Runs ohas-opt; its result is the exit status.
int runOhasOpt(int argc, char **argv);

} // namespace ohas

#endif // OHAS_TOOLS_OHASOPT_H

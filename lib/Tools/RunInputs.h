//===- RunInputs.h - Values of a network's inputs ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_RUNINPUTS_H
#define OHAS_LIB_TOOLS_RUNINPUTS_H

#include "ohas/Execution/Program.h"

namespace ohas {

/// The values that `given` (name=file, name=seed:N, or seed:N for all that are
/// left) has for the inputs, in their order. Every input has to have one.
/// `option` is what gives them, for messages.
llvm::Expected<std::vector<HostTensor>>
readInputs(llvm::ArrayRef<Port> inputs, llvm::ArrayRef<std::string> given,
           llvm::StringRef option);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_RUNINPUTS_H

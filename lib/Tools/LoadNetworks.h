//===- LoadNetworks.h - Networks that a command line names ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_LOADNETWORKS_H
#define OHAS_LIB_TOOLS_LOADNETWORKS_H

#include "ohas/Tools/Driver.h"

namespace ohas {

/// Reads each input (FILE or FILE@WEIGHT, "-" for standard input) as a network,
/// whatever its format. Nothing if one fails; why has been said.
std::optional<std::vector<NamedNetwork>>
loadNetworks(llvm::ArrayRef<std::string> inputs, mlir::MLIRContext &context);

/// True if every input of the network has a size. Otherwise says which dims are
/// open, and what to add to the command line.
bool hasClosedInputs(NamedNetwork &network);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_LOADNETWORKS_H

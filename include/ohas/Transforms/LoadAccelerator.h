//===- LoadAccelerator.h - Brings an accelerator into a module --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TRANSFORMS_LOADACCELERATOR_H
#define OHAS_TRANSFORMS_LOADACCELERATOR_H

#include "ohas/Optical/Optical.h"

namespace ohas {

/// The accelerator that `name` means, as an operation of `module`: a symbol of
/// the module, else a `.mlir` file (a name that ends so), else a shipped
/// accelerator. The latter two are copied to the module's beginning. An empty
/// name means the module's target, or the only accelerator it has. Fails with
/// a diagnostic that lists the accelerators there are.
mlir::FailureOr<optical::AcceleratorOp> loadAccelerator(mlir::ModuleOp module,
                                                        llvm::StringRef name);

} // namespace ohas

#endif // OHAS_TRANSFORMS_LOADACCELERATOR_H

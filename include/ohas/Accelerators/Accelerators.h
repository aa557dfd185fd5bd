//===- Accelerators.h - The accelerators that OHAS ships --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ACCELERATORS_ACCELERATORS_H
#define OHAS_ACCELERATORS_ACCELERATORS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace ohas {

/// A file of lib/Accelerators as it was when the library was built.
struct ShippedAccelerator {
  llvm::StringRef name; ///< the symbol in the text: "albireo"
  llvm::StringRef text; ///< MLIR; a zero follows it in memory
};

/// All of them, sorted by name.
llvm::ArrayRef<ShippedAccelerator> shippedAccelerators();

} // namespace ohas

#endif // OHAS_ACCELERATORS_ACCELERATORS_H

//===- OperationName.cpp - The name a layer is reported by ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/OperationName.h"
#include "mlir/IR/Location.h"

using namespace mlir;

std::string ohas::operationName(Operation *op) {
  // The outermost name: importers wrap a node's name around where it stands.
  StringRef name;
  op->getLoc()->walk([&](Location part) {
    auto named = dyn_cast<NameLoc>(part);
    if (!named)
      return WalkResult::advance();
    name = named.getName();
    return WalkResult::interrupt();
  });
  return (name.empty() ? op->getName().getStringRef() : name).str();
}

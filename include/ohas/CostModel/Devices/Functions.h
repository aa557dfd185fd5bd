//===- Functions.h - Device models in expressions ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The device models that an expression of an accelerator file may call. This
// table is the only list of them: the parser reads it, and the reference in
// docs/Devices.md is what it says.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_FUNCTIONS_H
#define OHAS_COSTMODEL_DEVICES_FUNCTIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace ohas::cost::device {

constexpr unsigned countParameters(llvm::StringLiteral parameters) {
  unsigned count = 1;
  for (size_t i = 0; i < parameters.size(); ++i)
    count += parameters.data()[i] == ',';
  return count;
}

/// Pure and total: outside its validity it is not a number.
struct Function {
  llvm::StringLiteral name;       ///< ends in the unit of the value
  llvm::StringLiteral parameters; ///< "bits, rate_ghz": units in the names
  llvm::StringLiteral value;      ///< equation, unit
  llvm::StringLiteral validity;
  llvm::StringLiteral source; ///< or "assumed"
  double (*call)(const double *arguments);
  unsigned arity = countParameters(parameters);
};

/// Sorted by name.
llvm::ArrayRef<Function> functions();
/// Null if there is none of that name.
const Function *findFunction(llvm::StringRef name);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_FUNCTIONS_H

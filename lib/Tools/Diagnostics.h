//===- Diagnostics.h - Messages without a place in a text -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_DIAGNOSTICS_H
#define OHAS_LIB_TOOLS_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/Error.h"

namespace ohas {

/// Prints diagnostics whose location is no place in a text as one plain line:
/// "error: model.onnx: /conv1/Conv: ..." with the names that the location has,
/// or none. Others are left to the handler below.
class PlainDiagnosticHandler : public mlir::ScopedDiagnosticHandler {
public:
  explicit PlainDiagnosticHandler(mlir::MLIRContext *context);
};

/// Prints "error: ..."; false, for whoever returns it.
bool reportError(llvm::Error error);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_DIAGNOSTICS_H

//===- Diagnostics.h - Messages without a place in a text -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_DIAGNOSTICS_H
#define OHAS_LIB_TOOLS_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/WithColor.h"

namespace ohas {

/// Prints diagnostics without a location as "error: ...", where MLIR's handler
/// would put an empty one in front. Others are left to the handler below.
class PlainDiagnosticHandler : public mlir::ScopedDiagnosticHandler {
public:
  explicit PlainDiagnosticHandler(mlir::MLIRContext *context)
      : ScopedDiagnosticHandler(context) {
    setHandler([](mlir::Diagnostic &diagnostic) {
      if (!llvm::isa<mlir::UnknownLoc>(diagnostic.getLocation()))
        return mlir::failure();
      switch (diagnostic.getSeverity()) {
      case mlir::DiagnosticSeverity::Error:
        llvm::WithColor::error(llvm::errs());
        break;
      case mlir::DiagnosticSeverity::Warning:
        llvm::WithColor::warning(llvm::errs());
        break;
      default:
        llvm::WithColor::note(llvm::errs());
      }
      llvm::errs() << diagnostic << "\n";
      return mlir::success();
    });
  }
};

} // namespace ohas

#endif // OHAS_LIB_TOOLS_DIAGNOSTICS_H

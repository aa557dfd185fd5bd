//===- Diagnostics.cpp - Messages without a place in a text -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "mlir/IR/Location.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;

/// A stream that has the diagnostic's severity in front.
static llvm::raw_ostream &streamFor(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return llvm::WithColor::error(llvm::errs());
  case DiagnosticSeverity::Warning:
    return llvm::WithColor::warning(llvm::errs());
  default:
    return llvm::WithColor::note(llvm::errs());
  }
}

/// Model and node, outermost first; importers nest them the other way round.
static SmallVector<StringRef> namesOf(Location location) {
  SmallVector<StringRef> names;
  location->walk([&](Location part) {
    if (auto named = dyn_cast<NameLoc>(part))
      names.insert(names.begin(), named.getName());
    return WalkResult::advance();
  });
  return names;
}

ohas::PlainDiagnosticHandler::PlainDiagnosticHandler(MLIRContext *context)
    : ScopedDiagnosticHandler(context) {
  setHandler([](Diagnostic &diagnostic) {
    Location location = diagnostic.getLocation();
    if (location->findInstanceOf<FileLineColLoc>())
      return failure();
    llvm::raw_ostream &os = streamFor(diagnostic.getSeverity());
    for (StringRef name : namesOf(location))
      os << name << ": ";
    os << diagnostic << "\n";
    return success();
  });
}

bool ohas::reportError(llvm::Error error) {
  llvm::WithColor::error(llvm::errs())
      << llvm::toString(std::move(error)) << '\n';
  return false;
}

//===- ImportTarget.cpp - Any bytes as a model ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The importer takes any bytes as ohas-opt does: it fails with an error, or
// its module verifies, and what it prints as parses and prints the same again.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Frontend/ONNX/Import.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <cstdlib>

using namespace mlir;

/// Longer texts are not read again: that takes longer than the import.
static constexpr size_t maxRoundTrip = size_t(1) << 18;

namespace {

/// Counts the errors of a context, and keeps what it said.
class Diagnostics {
public:
  explicit Diagnostics(MLIRContext &context)
      : handler(&context, [this](Diagnostic &diagnostic) {
          numErrors += diagnostic.getSeverity() == DiagnosticSeverity::Error;
          if (text.size() < 10000)
            text += diagnostic.str() + "\n";
          return success();
        }) {}
  unsigned numErrors = 0;
  std::string text;

private:
  ScopedDiagnosticHandler handler;
};

} // namespace

[[noreturn]] static void fail(const llvm::Twine &what,
                              const Diagnostics &diagnostics,
                              llvm::StringRef text = "") {
  llvm::errs() << "ohas-fuzz-import: " << what << "\n"
               << diagnostics.text << text << "\n";
  std::abort();
}

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream);
  return text;
}

static void checkRoundTrip(const std::string &text) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  ohas::onnx::loadDialects(context);
  Diagnostics diagnostics(context);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    fail("what was printed cannot be read", diagnostics, text);
  std::string again = print(*module);
  if (again != text)
    fail("what was read prints differently", diagnostics,
         text + "\nagain:\n" + again);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  Diagnostics diagnostics(context);
  auto buffer = llvm::MemoryBuffer::getMemBuffer(
      llvm::StringRef(reinterpret_cast<const char *>(data), size), "fuzz",
      /*RequiresNullTerminator=*/false);
  auto format = ohas::onnx::guessFormat(buffer->getMemBufferRef())
                    .value_or(ohas::onnx::ModelFormat::Binary);
  auto module = ohas::onnx::importModel(std::move(buffer), format, context, {});
  if (llvm::StringRef(diagnostics.text).contains("a bug of the importer"))
    fail("the module is malformed", diagnostics);
  if (failed(module)) {
    if (diagnostics.numErrors == 0)
      fail("the import failed without an error", diagnostics);
    return 0;
  }
  if (diagnostics.numErrors != 0)
    fail("the import succeeded with an error", diagnostics);
  if (failed(verify(**module)))
    fail("the module is malformed", diagnostics);
  if (std::string text = print(**module); text.size() <= maxRoundTrip)
    checkRoundTrip(text);
  return 0;
}

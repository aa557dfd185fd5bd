//===- LoadNetworks.cpp - Networks that a command line names ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoadNetworks.h"
#include "DriverOptions.h"
#include "Input.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;

static OwningOpRef<ModuleOp> load(StringRef file, MLIRContext &context) {
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInput(file);
  if (!buffer)
    return {};
  InputFormat format = inputFormat(buffer->getMemBufferRef());
  if (format == InputFormat::MLIR) {
    llvm::SourceMgr sources;
    // The lexer wants a zero at the end, which a mapped file may not have.
    sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(buffer->getBuffer(), file),
        llvm::SMLoc());
    SourceMgrDiagnosticHandler handler(sources, &context);
    return parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  }
  FailureOr<OwningOpRef<ModuleOp>> module =
      importNetwork(std::move(buffer), format, context);
  return failed(module) ? OwningOpRef<ModuleOp>() : std::move(*module);
}

std::optional<std::vector<NamedNetwork>>
ohas::loadNetworks(llvm::ArrayRef<std::string> inputs, MLIRContext &context) {
  std::vector<NamedNetwork> networks;
  for (const std::string &input : inputs) {
    auto weighted = parseWeightedInput(input);
    if (!weighted) {
      llvm::WithColor::error(llvm::errs())
          << llvm::toString(weighted.takeError()) << '\n';
      return std::nullopt;
    }
    auto [file, weight] = *weighted;
    OwningOpRef<ModuleOp> module = load(file, context);
    if (!module)
      return std::nullopt;
    StringRef name = file == "-" ? "stdin" : llvm::sys::path::stem(file);
    networks.push_back({name.str(), weight, std::move(module)});
  }
  return networks;
}

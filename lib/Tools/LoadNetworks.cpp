//===- LoadNetworks.cpp - Networks that a command line names ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoadNetworks.h"
#include "DriverOptions.h"
#include "Input.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
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

/// How --dim calls a dim: by its name, or as input:axis.
static std::string dimName(func::FuncOp func, unsigned argument,
                           unsigned axis) {
  if (auto dims = func.getArgAttrOfType<ArrayAttr>(argument, "ohas.dims"))
    if (auto name = dyn_cast<StringAttr>(dims[axis]); name && !name.empty())
      return name.str();
  auto input = func.getArgAttrOfType<StringAttr>(argument, "ohas.name");
  return ((input ? input.getValue() : "input") + ":" + Twine(axis)).str();
}

bool ohas::hasClosedInputs(NamedNetwork &network) {
  std::vector<std::string> open;
  ModuleOp module = network.module.get();
  for (auto func : module.getOps<func::FuncOp>())
    for (auto [number, type] : llvm::enumerate(func.getArgumentTypes())) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      for (unsigned axis = 0; tensor && axis < tensor.getRank(); ++axis)
        if (tensor.isDynamicDim(axis))
          if (std::string name = dimName(func, number, axis);
              !llvm::is_contained(open, name))
            open.push_back(std::move(name));
    }
  if (open.empty())
    return true;
  llvm::raw_ostream &os = llvm::WithColor::error(llvm::errs());
  os << network.name << ": a cost needs sizes for its open dims; add";
  for (const std::string &name : open)
    os << " --dim " << name << "=1";
  os << " (or other sizes), or --dim-default=1 for all\n";
  return false;
}

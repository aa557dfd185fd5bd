//===- LoadAccelerator.cpp - Brings an accelerator into a module ----------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Transforms/LoadAccelerator.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Accelerators/Accelerators.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;
using namespace ohas;
using optical::AcceleratorOp;

/// Copies the only accelerator of `source` to the beginning of `module`.
static FailureOr<AcceleratorOp> adopt(ModuleOp module, ModuleOp source,
                                      llvm::StringRef name) {
  auto accelerators = source.getOps<AcceleratorOp>();
  if (!llvm::hasSingleElement(accelerators))
    return module.emitError("'")
               << name << "' has "
               << std::distance(accelerators.begin(), accelerators.end())
               << " accelerators; it must have one",
           failure();
  AcceleratorOp accelerator = *accelerators.begin();
  if (module.lookupSymbol(accelerator.getSymNameAttr()))
    return module.emitError("'")
               << name << "' defines @" << accelerator.getSymName()
               << ", which the module has already",
           failure();
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  return cast<AcceleratorOp>(builder.clone(*accelerator));
}

static FailureOr<AcceleratorOp> loadFile(ModuleOp module,
                                         llvm::StringRef path) {
  if (!llvm::sys::fs::exists(path))
    return module.emitError("no accelerator file '") << path << "'", failure();
  OwningOpRef<ModuleOp> source =
      parseSourceFile<ModuleOp>(path, ParserConfig(module.getContext()));
  if (!source)
    return module.emitError("accelerator file '")
               << path << "' could not be read",
           failure();
  return adopt(module, *source, path);
}

static FailureOr<AcceleratorOp> loadShipped(ModuleOp module,
                                            llvm::StringRef name) {
  for (const ShippedAccelerator &shipped : shippedAccelerators()) {
    if (shipped.name != name)
      continue;
    OwningOpRef<ModuleOp> source = parseSourceString<ModuleOp>(
        shipped.text, ParserConfig(module.getContext()),
        (llvm::Twine("<shipped accelerator ") + name + ">").str());
    if (!source)
      return failure();
    return adopt(module, *source, name);
  }
  InFlightDiagnostic error = module.emitError("unknown accelerator '")
                             << name << "'; there are ";
  llvm::interleaveComma(
      shippedAccelerators(), error,
      [&](const ShippedAccelerator &shipped) { error << shipped.name; });
  for (auto own : module.getOps<AcceleratorOp>())
    error << ", @" << own.getSymName();
  error << ", or a .mlir file";
  return failure();
}

FailureOr<AcceleratorOp> ohas::loadAccelerator(ModuleOp module,
                                               llvm::StringRef name) {
  if (name.empty()) {
    if (auto target =
            module->getAttrOfType<FlatSymbolRefAttr>(optical::targetAttrName))
      return loadAccelerator(module, target.getValue());
    auto accelerators = module.getOps<AcceleratorOp>();
    if (llvm::hasSingleElement(accelerators))
      return *accelerators.begin();
    return module.emitError("has no target accelerator and not exactly one to "
                            "choose from; name one"),
           failure();
  }
  name.consume_front("@");
  if (auto own = module.lookupSymbol<AcceleratorOp>(name))
    return own;
  if (name.ends_with(".mlir"))
    return loadFile(module, name);
  return loadShipped(module, name);
}

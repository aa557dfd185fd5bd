//===- Outputs.cpp - Writes reports and IR where asked ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outputs.h"
#include "Diagnostics.h"
#include "mlir/IR/AsmState.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Support/OutputFile.h"

using namespace mlir;
using namespace ohas;

std::string ohas::acceleratorOf(ModuleOp module, const DriverOptions &options) {
  if (!options.accelerator.empty())
    return options.accelerator;
  if (module->hasAttr(optical::targetAttrName) ||
      llvm::hasSingleElement(module.getOps<optical::AcceleratorOp>()))
    return "";
  return defaultAccelerator.str();
}

bool ohas::checkOutputs(const DriverOptions &options) {
  llvm::StringRef seen[] = {options.jsonPath, options.csvPath, options.irPath};
  for (unsigned i = 0; i < std::size(seen); ++i) {
    if (seen[i].empty())
      continue;
    if (llvm::is_contained(llvm::ArrayRef(seen).drop_front(i + 1), seen[i]))
      return reportError(llvm::createStringError(
          "two outputs are to go to '" + seen[i] + "'; name two files"));
    if (llvm::Error error = checkOutputFile(seen[i]))
      return reportError(std::move(error));
  }
  return true;
}

bool ohas::writeContent(StringRef path,
                        llvm::function_ref<void(llvm::raw_ostream &)> content) {
  if (path.empty())
    return true;
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  content(os);
  if (llvm::Error error = writeOutputFile(path, bytes))
    return reportError(std::move(error));
  return true;
}

bool ohas::writeOutputs(const report::Report &report,
                        llvm::ArrayRef<ModuleOp> modules,
                        const DriverOptions &options, bool withoutTables) {
  // A search that found nothing has no layers.
  const report::Layer *shown = nullptr;
  if (!options.showMapping.empty() && !report.levels.empty()) {
    shown = report::findMapped(report, options.showMapping);
    if (!shown)
      return reportError(llvm::createStringError(
          "there is no mapped layer '" + options.showMapping +
          "' to show (--json and --csv list all)"));
  }
  bool written =
      writeContent(options.jsonPath,
                   [&](llvm::raw_ostream &os) { writeJson(report, os); }) &&
      writeContent(options.csvPath,
                   [&](llvm::raw_ostream &os) { writeCsv(report, os); }) &&
      writeContent(options.irPath, [&](llvm::raw_ostream &os) {
        // Locations carry the layers' names: IR that is read back
        // needs them.
        OpPrintingFlags flags;
        flags.enableDebugInfo();
        for (auto [number, module] : llvm::enumerate(modules)) {
          if (number)
            os << "// -----\n";
          module->print(os, flags);
          os << '\n';
        }
      });
  if (!written || withoutTables)
    return written;
  bool stdoutTaken = options.jsonPath == "-" || options.csvPath == "-" ||
                     options.irPath == "-";
  llvm::raw_ostream &os = stdoutTaken ? llvm::errs() : llvm::outs();
  writeText(report, os, options.maxLayers);
  if (shown)
    report::writeLoopNest(report, *shown, os);
  return true;
}

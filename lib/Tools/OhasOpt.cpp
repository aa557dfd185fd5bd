//===- OhasOpt.cpp - The command ohas-opt -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Tools/OhasOpt.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "ohas/InitAll.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/PrettyStackTrace.h"

using namespace mlir;

/// --help shows what a user of OHAS needs; --help-hidden the rest.
static void hideOptionsOfLLVM() {
  static constexpr llvm::StringLiteral shown[] = {"help",
                                                  "help-hidden",
                                                  "version",
                                                  "pass-pipeline",
                                                  "verify-diagnostics",
                                                  "split-input-file",
                                                  "o",
                                                  "emit-bytecode",
                                                  "load-dialect-plugin",
                                                  "load-pass-plugin",
                                                  "allow-unregistered-dialect",
                                                  "mlir-print-debuginfo",
                                                  "mlir-print-op-generic"};
  for (auto &[name, option] : llvm::cl::getRegisteredOptions())
    if (!llvm::is_contained(shown, name) &&
        option->getOptionHiddenFlag() == llvm::cl::NotHidden)
      option->setHiddenFlag(llvm::cl::Hidden);
}

int ohas::runOhasOpt(int argc, char **argv) {
  llvm::setBugReportMsg(
      "PLEASE submit a bug report to the OHAS project with the input, the "
      "command line and this backtrace.\n");
  llvm::InitLLVM initialise(argc, argv);
  llvm::cl::SetVersionPrinter([](llvm::raw_ostream &stream) {
    stream << "OHAS " OHAS_VERSION " on MLIR " LLVM_VERSION_STRING "\n";
  });
  mlir::registerAllPasses();
  ohas::registerAllPasses();
  DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  ohas::registerAllDialects(registry);

  registerCLIOptions("OHAS", registry);
  hideOptionsOfLLVM();
  auto [input, output] = parseCLIOptions(
      argc, argv, "OHAS: search of optical accelerators for neural networks\n");
  return asMainReturnCode(MlirOptMain(argc, argv, input, output, registry));
}

//===- OhasOpt.cpp - The command ohas-opt -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Tools/OhasOpt.h"
#include "Diagnostics.h"
#include "DriverOptions.h"
#include "Input.h"
#include "RunDriver.h"
#include "RunNetwork.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "ohas/InitAll.h"
#include "ohas/Support/OutputFile.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/WithColor.h"

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
                                                  "input-format",
                                                  "dim",
                                                  "dim-default",
                                                  "trip-count",
                                                  "weights",
                                                  "emit-bytecode",
                                                  "load-dialect-plugin",
                                                  "load-pass-plugin",
                                                  "allow-unregistered-dialect",
                                                  "mlir-print-debuginfo",
                                                  "mlir-print-op-generic"};
  for (auto &[name, option] : llvm::cl::getRegisteredOptions())
    if (!llvm::is_contained(shown, name) &&
        !llvm::is_contained(ohas::driverOptionNames(), name) &&
        !llvm::is_contained(ohas::runOptionNames(), name) &&
        option->getOptionHiddenFlag() == llvm::cl::NotHidden)
      option->setHiddenFlag(llvm::cl::Hidden);
}

/// Imports a model and does to it what mlir-opt does to MLIR.
static LogicalResult runOnModel(llvm::raw_ostream &output,
                                std::unique_ptr<llvm::MemoryBuffer> buffer,
                                ohas::InputFormat format,
                                DialectRegistry &registry,
                                const MlirOptMainConfig &config) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  ohas::PlainDiagnosticHandler plain(&context);
  auto module = ohas::importNetwork(std::move(buffer), format, context);
  if (failed(module))
    return failure();
  PassManager passes(&context, ModuleOp::getOperationName(),
                     PassManager::Nesting::Implicit);
  if (failed(applyPassManagerCLOptions(passes)) ||
      failed(config.setupPassPipeline(passes)))
    return failure();
  if (passes.size() > 0 && failed(passes.run(**module)))
    return failure();
  if (config.shouldEmitBytecode()) {
    BytecodeWriterConfig writer;
    if (auto version = config.bytecodeVersionToEmit())
      writer.setDesiredBytecodeVersion(*version);
    return writeBytecodeToFile(**module, output, writer);
  }
  (*module)->print(output);
  output << '\n';
  return success();
}

/// What mlir-opt does, on any kind of input.
static int runOpt(StringRef input, StringRef output,
                  DialectRegistry &registry) {
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  if (config.shouldShowDialects() || config.shouldListPasses())
    return asMainReturnCode(MlirOptMain(0, nullptr, input, output, registry));
  std::unique_ptr<llvm::MemoryBuffer> buffer = ohas::openInput(input);
  if (!buffer)
    return EXIT_FAILURE;
  // Written when all is known to be right: a failure leaves the old file.
  std::string text;
  llvm::raw_string_ostream stream(text);
  ohas::InputFormat format = ohas::inputFormat(buffer->getMemBufferRef());
  LogicalResult status =
      format == ohas::InputFormat::MLIR
          ? MlirOptMain(stream, std::move(buffer), registry, config)
          : runOnModel(stream, std::move(buffer), format, registry, config);
  if (failed(status))
    return EXIT_FAILURE;
  if (llvm::Error error = ohas::writeOutputFile(output, text)) {
    llvm::WithColor::error(llvm::errs())
        << llvm::toString(std::move(error)) << "\n";
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
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

  llvm::cl::list<std::string> inputs(llvm::cl::Positional,
                                     llvm::cl::desc("<network>[@weight] ..."));
  llvm::cl::opt<std::string> output(
      "o", llvm::cl::desc("Write the IR to this file"),
      llvm::cl::value_desc("file"), llvm::cl::init("-"));
  registerInputOptions();
  registerDriverOptions();
  registerRunOptions();
  registerCLIOptions("OHAS", registry);
  hideOptionsOfLLVM();
  llvm::cl::ParseCommandLineOptions(
      argc, argv, "OHAS: search of optical accelerators for neural networks\n");
  if (inputs.empty())
    inputs.push_back("-");

  llvm::Expected<DriverMode> mode = driverMode();
  if (mode && *mode == DriverMode::Opt && inputs.size() > 1)
    mode = llvm::createStringError(
        "several networks at once need --estimate or --search");
  if (mode && *mode == DriverMode::Run && inputs.size() > 1)
    mode = llvm::createStringError("--run takes one network");
  if (!mode) {
    llvm::WithColor::error(llvm::errs())
        << llvm::toString(mode.takeError()) << "\n";
    return exitBadInput;
  }
  if (*mode == DriverMode::Opt)
    return runOpt(inputs.front(), output, registry);
  return runDriver(*mode, inputs,
                   output.getNumOccurrences() ? output.getValue() : "",
                   registry);
}

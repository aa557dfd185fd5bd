//===- RunDriver.cpp - Estimates, searches, lists ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunDriver.h"
#include "Coverage.h"
#include "Diagnostics.h"
#include "ExplainLink.h"
#include "LoadNetworks.h"
#include "Outputs.h"
#include "RunNetwork.h"
#include "mlir/IR/MLIRContext.h"
#include "ohas/Frontend/ONNX/Coverage.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;

int ohas::runDriver(DriverMode mode, llvm::ArrayRef<std::string> inputs,
                    StringRef irPath, DialectRegistry &registry) {
  llvm::Expected<DriverOptions> options = driverOptions();
  if (!options) {
    llvm::WithColor::error(llvm::errs())
        << llvm::toString(options.takeError()) << '\n';
    return exitBadInput;
  }
  if (mode == DriverMode::ListAccelerators)
    return listAccelerators(options->jsonPath);
  if (mode == DriverMode::SupportedOperators) {
    onnx::writeSupportedOperators(llvm::outs());
    return exitDone;
  }
  options->irPath = irPath.str();
  if (!checkOutputs(*options))
    return exitBadInput;

  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  // One line a problem: the whole network behind it would bury the message.
  context.printOpOnDiagnostic(false);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler located(sources, &context);
  PlainDiagnosticHandler plain(&context);
  if (mode == DriverMode::ExplainLink)
    return explainLink(*options, context);
  if (mode == DriverMode::Coverage)
    return reportCoverage(inputs, options->jsonPath, context);
  std::optional<std::vector<NamedNetwork>> networks =
      loadNetworks(inputs, context);
  if (networks && mode == DriverMode::Run) {
    auto run = runOptions();
    if (run)
      return runNetwork(networks->front(), *run, *options);
    reportError(run.takeError());
    return exitBadInput;
  }
  if (!networks || !llvm::all_of(*networks, hasClosedInputs))
    return exitBadInput;
  return mode == DriverMode::Search ? runSearch(*networks, *options)
                                    : runEstimate(*networks, *options);
}

//===- RunNetwork.cpp - ohas-opt --run --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunNetwork.h"
#include "Diagnostics.h"
#include "Input.h"
#include "Outputs.h"
#include "RunInputs.h"
#include "mlir/Pass/PassManager.h"
#include "ohas/Conversion/Passes.h"
#include "ohas/Execution/Program.h"
#include "ohas/Pipelines/Estimate.h"
#include "ohas/Support/OutputFile.h"
#include "ohas/Tools/Driver.h"
#include "ohas/Transforms/Passes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include <chrono>
#include <cmath>

using namespace mlir;
using namespace ohas;
namespace cl = llvm::cl;

namespace {
struct Options {
  cl::opt<bool> run{"run", cl::desc("Run the network on the CPU")};
  cl::opt<bool> mapped{
      "mapped", cl::desc("With --run: as the loops of its mapping onto the "
                         "accelerator, which computes the same")};
  cl::list<std::string> inputs{
      "input", cl::value_desc("name=file|seed:N"),
      cl::desc("With --run: the value of an input, a .npy or .pb file or "
               "numbers from a seed; seed:N alone is for all others")};
  cl::opt<std::string> outputDir{
      "output-dir", cl::value_desc("folder"),
      cl::desc("With --run: write the outputs there as .npy files")};
};
} // namespace

static llvm::ManagedStatic<Options> options;

void ohas::registerRunOptions() {
  *options;
  registerPrecisionOptions();
}

std::vector<llvm::StringLiteral> ohas::runOptionNames() {
  std::vector<llvm::StringLiteral> names = {"run", "mapped", "input",
                                            "output-dir"};
  llvm::append_range(names, precisionOptionNames());
  return names;
}

bool ohas::isRunAsked() { return options->run; }

llvm::Expected<RunOptions> ohas::runOptions() {
  RunOptions result;
  auto precision = precisionOptions();
  if (!precision)
    return precision.takeError();
  result.precision = std::move(*precision);
  result.inputs.assign(options->inputs.begin(), options->inputs.end());
  result.outputDir = options->outputDir;
  result.mapped = options->mapped;
  return result;
}

/// One line: name, type, first values and a few figures of all.
static void printOutput(const Port &port, const HostTensor &tensor,
                        llvm::raw_ostream &os) {
  int64_t count = tensor.numElements();
  double low = INFINITY, high = -INFINITY, sum = 0;
  int64_t numOdd = 0;
  for (int64_t i = 0; i < count; ++i) {
    double value = tensor.at(i);
    numOdd += !std::isfinite(value);
    low = std::min(low, value);
    high = std::max(high, value);
    sum += value;
  }
  // As many digits as tell numbers of 32 bits apart; integers have all.
  bool isReal = StringRef(tensor.element).contains('f');
  int digits = isReal ? 9 : 17;
  os << "output " << port.name << ": " << tensor.typeName() << " first [";
  for (int64_t i = 0; i < std::min<int64_t>(8, count); ++i)
    os << (i ? ", " : "") << llvm::format("%.*g", digits, tensor.at(i));
  os << "]";
  if (count)
    os << llvm::format(" min %.*g max %.*g mean %.9g sum %.17g", digits, low,
                       digits, high, sum / count, sum);
  os << "\n";
  if (numOdd) {
    os.flush();
    llvm::WithColor::warning(llvm::errs())
        << "output '" << port.name << "' has " << numOdd
        << (numOdd == 1 ? " value that is" : " values that are")
        << " not finite\n";
  }
}

/// Names may hold what no file's name can.
static std::string fileName(StringRef name) {
  std::string result = name.str();
  for (char &c : result)
    if (!llvm::isAlnum(c) && !StringRef("._-").contains(c))
      c = '_';
  return result + ".npy";
}

static std::string pathIn(StringRef folder, StringRef name) {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, fileName(name));
  return path.str().str();
}

/// What would be wrong when the network has run; makes the folder.
static llvm::Error prepareFolder(StringRef folder,
                                 llvm::ArrayRef<Port> outputs) {
  if (auto error = llvm::sys::fs::create_directories(folder))
    return llvm::createStringError("cannot create '" + folder +
                                   "': " + error.message());
  llvm::StringMap<StringRef> names;
  for (const Port &port : outputs) {
    auto [it, isNew] = names.try_emplace(fileName(port.name), port.name);
    if (!isNew)
      return llvm::createStringError("outputs '" + it->second + "' and '" +
                                     port.name + "' would both be '" +
                                     fileName(port.name) + "'");
    if (llvm::Error error = checkOutputFile(pathIn(folder, port.name)))
      return error;
  }
  return llvm::Error::success();
}

static LogicalResult map(ModuleOp module, const DriverOptions &options) {
  recordFanIns(module);
  EstimatePipelineOptions pipeline;
  setEstimateOptions(pipeline, module, options);
  PassManager manager(module.getContext());
  buildEstimatePipeline(manager, pipeline);
  return manager.run(module);
}

static LogicalResult writeOutMappings(ModuleOp module) {
  PassManager manager(module.getContext());
  // Before there are loops: some are computed from a contraction's operands.
  manager.addPass(createConvertOpticalElectronicToLinalg());
  manager.addPass(createTileContractions());
  return manager.run(module);
}

namespace {
/// A network that can be run, one way or the other.
struct Runnable {
  std::optional<Program> ideal;
  std::optional<FiniteProgram> finite;
};
} // namespace

static FailureOr<Runnable> compile(ModuleOp module, const RunOptions &options,
                                   const DriverOptions &driver) {
  bool isFinite = options.precision.isAsked;
  if ((options.mapped || isFinite) && failed(map(module, driver)))
    return failure();
  Runnable result;
  if (isFinite) {
    auto program =
        FiniteProgram::compile(module, options.precision.model,
                               options.precision.headroom, missingWeights(), 0);
    if (failed(program))
      return failure();
    result.finite = std::move(*program);
    return result;
  }
  if (options.mapped && failed(writeOutMappings(module)))
    return failure();
  auto program = Program::compile(module, missingWeights(), 0);
  if (failed(program))
    return failure();
  result.ideal = std::move(*program);
  return result;
}

int ohas::runNetwork(NamedNetwork &network, const RunOptions &options,
                     const DriverOptions &driver) {
  ModuleOp module = *network.module;
  if (!driver.csvPath.empty() ||
      (!driver.jsonPath.empty() && !options.precision.isAsked)) {
    reportError(llvm::createStringError(
        driver.csvPath.empty() ? "--json goes with --finite-precision here"
                               : "--csv does not go with --run"));
    return exitBadInput;
  }
  auto ports = portsOf(module);
  if (failed(ports))
    return exitBadInput;
  auto inputs = readInputs(ports->first, options.inputs, "--input");
  if (!inputs) {
    reportError(inputs.takeError());
    return exitBadInput;
  }
  if (!options.outputDir.empty())
    if (llvm::Error error = prepareFolder(options.outputDir, ports->second)) {
      reportError(std::move(error));
      return exitBadInput;
    }
  auto seconds = [start = std::chrono::steady_clock::now()]() mutable {
    auto now = std::chrono::steady_clock::now();
    std::chrono::duration<double> passed = now - start;
    start = now;
    return passed.count();
  };
  std::string accelerator = acceleratorOf(module, driver);
  auto program = compile(module, options, driver);
  if (failed(program))
    return exitBadInput;
  double compiled = seconds();
  std::vector<HostTensor> results;
  report::Precision precision;
  if (program->finite) {
    auto run = runPrecision(*program->finite, *inputs, options.precision);
    if (!run) {
      reportError(run.takeError());
      return exitBadInput;
    }
    results = std::move(run->outputs);
    precision = std::move(run->precision);
    precision.model = network.name;
    precision.accelerator = accelerator;
    precision.options.emplace_back("input", llvm::join(options.inputs, " "));
  } else {
    auto run = program->ideal->run(*inputs);
    if (!run) {
      reportError(run.takeError());
      return exitBadInput;
    }
    results = std::move(*run);
  }
  double ran = seconds();
  if (!options.outputDir.empty()) {
    std::vector<OutputFile> files;
    for (auto [port, tensor] : llvm::zip(ports->second, results))
      files.push_back({pathIn(options.outputDir, port.name), writeNpy(tensor)});
    if (llvm::Error error = writeOutputFiles(files)) {
      reportError(std::move(error));
      return exitBadInput;
    }
  }
  llvm::raw_ostream &text =
      driver.jsonPath == "-" ? llvm::errs() : llvm::outs();
  for (auto [port, tensor] : llvm::zip(ports->second, results))
    printOutput(port, tensor, text);
  if (program->finite) {
    report::writePrecisionText(precision, text);
    if (!writeContent(driver.jsonPath, [&](llvm::raw_ostream &os) {
          report::writePrecisionJson(precision, os);
        }))
      return exitBadInput;
  }
  llvm::errs() << llvm::format("compiled in %.2f s, ran in %.3f s\n", compiled,
                               ran);
  return exitDone;
}

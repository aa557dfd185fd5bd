//===- RunPrecision.cpp - ohas-opt --run --finite-precision -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunPrecision.h"
#include "RunInputs.h"
#include "fmt/format.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include <cmath>

using namespace mlir;
using namespace ohas;
namespace cl = llvm::cl;

namespace {
struct Options {
  cl::opt<bool> finite{
      "finite-precision",
      cl::desc("With --run: mapped, with converters of the accelerator's bits; "
               "reports signal over noise")};
  cl::list<unsigned> bits{
      "converter-bits", cl::CommaSeparated, cl::value_desc("bits,..."),
      cl::desc("With --finite-precision: a run for each of these, which all "
               "converters have")};
  cl::list<std::string> calibrate{
      "calibrate", cl::value_desc("name=file|seed:N"),
      cl::desc("With --finite-precision: inputs that the converters' ranges "
               "are chosen for, as --input (default: the inputs)")};
  // What noise of the layers before adds is small beside this.
  cl::opt<double> headroom{
      "headroom", cl::init(0.0625), cl::value_desc("share"),
      cl::desc("With --finite-precision: how much wider ranges are than what "
               "calibrating saw (default: 0.0625)")};
  cl::opt<bool> detectorNoise{
      "detector-noise", cl::desc("With --finite-precision: add the noise that "
                                 "the link budget leaves")};
  cl::opt<double> weightError{
      "weight-error", cl::init(0), cl::value_desc("share"),
      cl::desc("With --finite-precision: standard deviation of weights, over "
               "the largest")};
  cl::opt<uint64_t> seed{"noise-seed", cl::init(0), cl::value_desc("N"),
                         cl::desc("With --finite-precision: of noise and "
                                  "weight errors")};
};
} // namespace

static llvm::ManagedStatic<Options> options;

void ohas::registerPrecisionOptions() { *options; }

llvm::ArrayRef<llvm::StringLiteral> ohas::precisionOptionNames() {
  static constexpr llvm::StringLiteral names[] = {
      "finite-precision", "converter-bits", "calibrate", "headroom",
      "detector-noise",   "weight-error",   "noise-seed"};
  return names;
}

llvm::Expected<PrecisionRunOptions> ohas::precisionOptions() {
  if (!options->finite)
    for (StringRef name : precisionOptionNames())
      if (cl::getRegisteredOptions().lookup(name)->getNumOccurrences())
        return llvm::createStringError("--" + name +
                                       " goes with --finite-precision");
  PrecisionRunOptions result;
  result.isAsked = options->finite;
  result.model.detectorNoise = options->detectorNoise;
  result.model.weightError = options->weightError;
  result.model.seed = options->seed;
  result.headroom = options->headroom;
  for (auto [name, share] :
       {std::pair("headroom", result.headroom),
        std::pair("weight-error", result.model.weightError)})
    if (!(share >= 0) || !std::isfinite(share))
      return llvm::createStringError(llvm::Twine("--") + name +
                                     " is a share of the range, 0 or above");
  for (unsigned bits : options->bits) {
    // What more would do is beyond the floats that networks compute in.
    if (bits < 1 || bits > 24)
      return llvm::createStringError("--converter-bits are 1 to 24, not " +
                                     llvm::Twine(bits));
    result.bits.push_back(bits);
  }
  result.calibration.assign(options->calibrate.begin(),
                            options->calibrate.end());
  return result;
}

llvm::Expected<PrecisionRun>
ohas::runPrecision(FiniteProgram &program, llvm::ArrayRef<HostTensor> inputs,
                   const PrecisionRunOptions &options) {
  auto ideal = program.calibrate(inputs);
  if (!ideal)
    return ideal.takeError();
  if (!options.calibration.empty()) {
    auto others =
        readInputs(program.inputs(), options.calibration, "--calibrate");
    if (!others)
      return others.takeError();
    auto ran = program.calibrate(*others);
    if (!ran)
      return ran.takeError();
  }
  PrecisionRun result;
  result.precision.options = {
      {"headroom", fmt::format("{}", options.headroom)},
      {"detector_noise", options.model.detectorNoise ? "true" : "false"},
      {"weight_error", fmt::format("{}", options.model.weightError)},
      {"noise_seed", fmt::format("{}", options.model.seed)},
      {"calibrate", llvm::join(options.calibration, " ")}};
  std::vector<unsigned> bits = options.bits;
  if (bits.empty())
    bits.push_back(0);
  for (unsigned each : bits) {
    auto run = program.run(inputs, *ideal, each);
    if (!run)
      return run.takeError();
    result.precision.runs.push_back(std::move(run->precision));
    result.outputs = std::move(run->outputs);
  }
  return result;
}

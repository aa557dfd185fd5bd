//===- Input.cpp - Networks from files --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Input.h"
#include "RunNetwork.h"
#include "ohas/Execution/Program.h"
#include "ohas/Frontend/ONNX/Import.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;
namespace cl = llvm::cl;

namespace {
enum class FormatOption { Auto, MLIR, ONNX, ONNXText };
enum class WeightsOption { Elide, Resource, Random };

struct InputOptions {
  cl::opt<FormatOption> format{
      "input-format",
      cl::desc("Format of the input (default: by its name and "
               "content)"),
      cl::values(
          clEnumValN(FormatOption::ONNX, "onnx", "binary ONNX model"),
          clEnumValN(FormatOption::ONNXText, "onnxtxt", "ONNX model as text"),
          clEnumValN(FormatOption::MLIR, "mlir", "MLIR, text or bytecode")),
      cl::init(FormatOption::Auto)};
  cl::list<std::string> dims{
      "dim", cl::value_desc("name=size"),
      cl::desc("Size of an open dim of an ONNX model, by its name or as "
               "input:axis")};
  cl::opt<std::string> dimDefault{
      "dim-default", cl::value_desc("size"), cl::ValueOptional,
      cl::desc("Size of all other open dims of inputs (1 if none is given)")};
  cl::list<std::string> tripCounts{
      "trip-count", cl::value_desc("[loop=]N"),
      cl::desc("How often loops run whose trip count the model does not fix: "
               "all, or the one of that name")};
  cl::opt<WeightsOption> weights{
      "weights", cl::desc("What becomes of an ONNX model's weights"),
      cl::values(
          clEnumValN(WeightsOption::Elide, "elide",
                     "keep their names and shapes (default)"),
          clEnumValN(WeightsOption::Resource, "resource",
                     "keep their values too (default of --run)"),
          clEnumValN(
              WeightsOption::Random, "random",
              "with --run: random values instead, scaled to their layer")),
      cl::init(WeightsOption::Elide)};
};
} // namespace

static llvm::ManagedStatic<InputOptions> inputOptions;

void ohas::registerInputOptions() { *inputOptions; }

MissingWeights ohas::missingWeights() {
  return inputOptions->weights == WeightsOption::Random ? MissingWeights::Random
                                                        : MissingWeights::Error;
}

std::unique_ptr<llvm::MemoryBuffer> ohas::openInput(StringRef file) {
  // MLIR's lexer wants the terminator; a mapped file almost always has one.
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(
      file, /*IsText=*/false, /*RequiresNullTerminator=*/true);
  if (buffer)
    return std::move(*buffer);
  llvm::WithColor::error(llvm::errs())
      << file << ": " << buffer.getError().message() << "\n";
  return nullptr;
}

InputFormat ohas::inputFormat(llvm::MemoryBufferRef buffer) {
  switch (inputOptions->format) {
  case FormatOption::MLIR:
    return InputFormat::MLIR;
  case FormatOption::ONNX:
    return InputFormat::ONNX;
  case FormatOption::ONNXText:
    return InputFormat::ONNXText;
  case FormatOption::Auto:
    break;
  }
  StringRef name = buffer.getBufferIdentifier();
  if (buffer.getBuffer().starts_with("ML\xefR") || name.ends_with(".mlir") ||
      name.ends_with(".mlirbc"))
    return InputFormat::MLIR;
  auto guess = onnx::guessFormat(buffer);
  if (!guess)
    return InputFormat::MLIR;
  return *guess == onnx::ModelFormat::Text ? InputFormat::ONNXText
                                           : InputFormat::ONNX;
}

FailureOr<OwningOpRef<ModuleOp>>
ohas::importNetwork(std::unique_ptr<llvm::MemoryBuffer> buffer,
                    InputFormat format, MLIRContext &context,
                    onnx::ImportSummary *summary) {
  onnx::ImportOptions options;
  options.summary = summary;
  bool keepsValues =
      inputOptions->weights == WeightsOption::Resource ||
      (inputOptions->weights == WeightsOption::Elide && isRunAsked());
  options.weights =
      keepsValues ? onnx::WeightPolicy::Resource : onnx::WeightPolicy::Elide;
  for (StringRef binding : inputOptions->dims) {
    // Names may have '=' in them, sizes have not.
    auto [name, size] = binding.rsplit('=');
    int64_t value = 0;
    if (name.empty() || size.getAsInteger(10, value) || value < 0)
      return emitError(UnknownLoc::get(&context))
             << "--dim=" << binding
             << ": expected name=size, with a size that is not negative";
    options.dims[name] = value;
  }
  if (inputOptions->dimDefault.getNumOccurrences()) {
    StringRef text = inputOptions->dimDefault;
    int64_t size = 1;
    if (!text.empty() && (text.getAsInteger(10, size) || size < 0))
      return emitError(UnknownLoc::get(&context))
             << "--dim-default=" << text
             << ": expected a size that is not negative";
    options.dimDefault = size;
  }
  for (StringRef given : inputOptions->tripCounts) {
    auto [name, number] =
        given.contains('=') ? given.rsplit('=') : std::pair(StringRef(), given);
    int64_t count = 0;
    if (number.getAsInteger(10, count) || count < 0)
      return emitError(UnknownLoc::get(&context))
             << "--trip-count=" << given
             << ": expected N or loop=N, with a number that is not negative";
    if (given.contains('='))
      options.tripCounts[name] = count;
    else
      options.tripCountDefault = count;
  }
  return onnx::importModel(std::move(buffer),
                           format == InputFormat::ONNXText
                               ? onnx::ModelFormat::Text
                               : onnx::ModelFormat::Binary,
                           context, options);
}

//===- Values.cpp - ONNX's backend tests by value ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas-onnx-values FOLDER AT_LEAST: runs FOLDER/*/model.onnx on the tensors in
// test_data_set_0 and compares the outputs with those that are stored there.
// Prints what differs and why others do not run. Fails if anything differs, or
// if fewer than AT_LEAST agree.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "ohas/Execution/Program.h"
#include "ohas/Frontend/ONNX/Import.h"
#include "ohas/Frontend/ONNX/TensorFile.h"
#include "ohas/InitAll.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include <atomic>
#include <cmath>
#include <map>
#include <thread>

using namespace mlir;
using namespace ohas;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {
/// `why` is empty if all values agree.
struct Outcome {
  std::string why;
  bool isWrong = false;
};
} // namespace

/// The tensors FOLDER/KIND_0.pb and so on.
static std::optional<std::vector<HostTensor>> readAll(const Twine &prefix) {
  std::vector<HostTensor> tensors;
  for (unsigned i = 0;; ++i) {
    auto buffer =
        llvm::MemoryBuffer::getFile(prefix + Twine(i) + ".pb", /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
    if (!buffer)
      return tensors;
    auto tensor = ohas::onnx::readTensorFile((*buffer)->getBuffer());
    if (!tensor) {
      llvm::consumeError(tensor.takeError());
      return std::nullopt;
    }
    tensors.push_back(std::move(*tensor));
  }
}

static bool isClose(double a, double b, StringRef element) {
  if (std::isnan(b))
    return std::isnan(a);
  if (std::isinf(b))
    return a == b;
  // Integers may be rounded otherwise than where they were computed in floats.
  double least = element == "f16" || element == "bf16" ? 1e-3 : 1e-7;
  return std::fabs(a - b) <= least + 1e-3 * std::fabs(b);
}

static std::string compare(const HostTensor &got, const HostTensor &wanted) {
  if (got.typeName() != wanted.typeName())
    return "is " + got.typeName() + ", not " + wanted.typeName();
  for (int64_t i = 0; i < got.numElements(); ++i)
    if (!isClose(got.at(i), wanted.at(i), got.element))
      return "[" + std::to_string(i) + "] is " + std::to_string(got.at(i)) +
             ", not " + std::to_string(wanted.at(i));
  return "";
}

static Outcome run(StringRef folder, const DialectRegistry &registry) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  std::string error;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && error.empty())
      error = diagnostic.str();
    return success();
  });
  ohas::onnx::ImportOptions options;
  options.weights = ohas::onnx::WeightPolicy::Resource;
  auto module =
      ohas::onnx::importModel((folder + "/model.onnx").str(), context, options);
  if (failed(module))
    return {error};
  auto program = Program::compile(**module, MissingWeights::Error, 0);
  if (failed(program))
    return {error};
  auto inputs = readAll(folder + "/test_data_set_0/input_");
  auto wanted = readAll(folder + "/test_data_set_0/output_");
  if (!inputs || !wanted)
    return {"its stored values are no tensors"};
  if (inputs->size() != program->inputs().size() ||
      wanted->size() != program->outputs().size())
    return {"it has another number of inputs or outputs", true};
  for (auto [input, port] : llvm::zip(*inputs, program->inputs()))
    if (input.typeName() != port.type.typeName())
      return {"input is " + port.type.typeName() + ", not " + input.typeName(),
              true};
  auto results = program->run(*inputs);
  if (!results)
    return {llvm::toString(results.takeError())};
  for (auto [i, result] : llvm::enumerate(*results))
    if (std::string why = compare(result, (*wanted)[i]); !why.empty())
      return {program->outputs()[i].name + " " + why, true};
  return {};
}

/// The reason without the node and the names that differ from test to test.
static std::string reasonOf(StringRef why) {
  std::string text = why.str();
  for (StringRef pattern :
       {" \\(([0-9]+ times, first )?at node '[^']*'\\)", "\"[^\"]*\" is "}) {
    std::string before;
    while (before != text) {
      before = text;
      text = llvm::Regex(pattern).sub("", text);
    }
  }
  return text;
}

static std::vector<std::string> foldersIn(StringRef folder) {
  std::error_code error;
  std::vector<std::string> folders;
  for (fs::directory_iterator it(folder, error), end; it != end && !error;
       it.increment(error))
    if (fs::exists(it->path() + "/model.onnx"))
      folders.push_back(it->path());
  llvm::sort(folders);
  return folders;
}

int main(int argc, char **argv) {
  unsigned atLeast;
  if (argc != 3 || StringRef(argv[2]).getAsInteger(10, atLeast)) {
    llvm::errs() << "usage: ohas-onnx-values FOLDER AT_LEAST\n";
    return 1;
  }
  DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  ohas::registerAllDialects(registry);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();

  std::vector<std::string> folders = foldersIn(argv[1]);
  std::vector<Outcome> outcomes(folders.size());
  std::atomic<size_t> next = 0;
  // What crashes is one test that fails; the others run on.
  llvm::CrashRecoveryContext::Enable();
  auto work = [&] {
    for (size_t i; (i = next++) < folders.size();) {
      llvm::CrashRecoveryContext recovery;
      if (!recovery.RunSafely([&] { outcomes[i] = run(folders[i], registry); }))
        outcomes[i] = {"crashed", true};
    }
  };
  std::thread other(work);
  work();
  other.join();

  unsigned passed = 0, wrong = 0;
  std::map<std::string, unsigned> reasons;
  for (auto [folder, outcome] : llvm::zip(folders, outcomes)) {
    passed += outcome.why.empty();
    wrong += outcome.isWrong;
    if (outcome.isWrong)
      llvm::outs() << path::filename(folder) << ": " << outcome.why << "\n";
    else if (!outcome.why.empty())
      ++reasons[reasonOf(outcome.why)];
  }
  std::multimap<unsigned, StringRef, std::greater<>> byCount;
  for (auto &[reason, count] : reasons)
    byCount.emplace(count, reason);
  for (auto &[count, reason] : byCount)
    llvm::outs() << count << " " << reason << "\n";
  llvm::outs() << passed << " of " << folders.size() << " as computed, "
               << wrong << " differ\n";
  return passed >= atLeast && wrong == 0 ? 0 : 1;
}

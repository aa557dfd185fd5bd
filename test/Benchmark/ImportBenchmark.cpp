//===- ImportBenchmark.cpp - How long imports take --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas-import-benchmark MODEL... [--benchmark_...]: for every model the time to
// read it (the scan of its bytes and protobuf's parsing) and to import it (all
// of that, checks, inference, building and verifying the IR, and freeing it)
// into a context that has the dialects.
// ohas-import-benchmark --once MODEL...: every model once, in this order, as a
// user's program would: a line "NAME MILLISECONDS" each.
//
//===----------------------------------------------------------------------===//

#include "ModelReader.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <benchmark/benchmark.h>
#include <chrono>

using namespace ohas::onnx;

static std::unique_ptr<llvm::MemoryBuffer> open(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return buffer ? std::move(*buffer) : nullptr;
}

static void readOnly(benchmark::State &state, const std::string &file) {
  for (auto _ : state) {
    LoadedModel model;
    if (llvm::Error error = readModel(open(file), ModelFormat::Binary, model))
      state.SkipWithError(llvm::toString(std::move(error)).c_str());
  }
}

static void import(benchmark::State &state, const std::string &file) {
  for (auto _ : state) {
    // A context of its own each time, as names of resources are unique in one.
    state.PauseTiming();
    auto context = std::make_unique<mlir::MLIRContext>(
        mlir::MLIRContext::Threading::DISABLED);
    context->getDiagEngine().registerHandler(
        [](mlir::Diagnostic &) { return mlir::success(); });
    loadDialects(*context);
    state.ResumeTiming();
    {
      auto module = importModel(open(file), ModelFormat::Binary, *context);
      if (mlir::failed(module)) {
        state.SkipWithError("does not import");
        break;
      }
    }
    state.PauseTiming();
    context.reset();
    state.ResumeTiming();
  }
}

/// Imports every model once; what is set up at first use counts.
static int importOnce(llvm::ArrayRef<char *> files) {
  for (std::string file : files) {
    auto start = std::chrono::steady_clock::now();
    mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
    context.getDiagEngine().registerHandler(
        [](mlir::Diagnostic &) { return mlir::success(); });
    auto buffer = open(file);
    bool isDone =
        buffer && mlir::succeeded(importModel(std::move(buffer),
                                              ModelFormat::Binary, context));
    std::chrono::duration<double, std::milli> time =
        std::chrono::steady_clock::now() - start;
    llvm::outs() << llvm::sys::path::stem(file) << ' '
                 << (isDone ? std::to_string(time.count()) : "refused") << '\n';
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 1 && llvm::StringRef(argv[1]) == "--once")
    return importOnce(llvm::ArrayRef(argv + 2, argc - 2));
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    std::string file = argv[i];
    if (!open(file)) {
      llvm::errs() << file << ": cannot be opened\n";
      return 1;
    }
    std::string name = llvm::sys::path::stem(file).str();
    for (auto [kind, run] :
         {std::pair("read/", &readOnly), {"import/", &import}})
      benchmark::RegisterBenchmark((kind + name).c_str(), run, file)
          ->Unit(benchmark::kMillisecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

//===- MapperBenchmark.cpp - How fast mappings are proven -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "fmt/format.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/InitAll.h"
#include "ohas/Transforms/LoadAccelerator.h"
#include "llvm/Support/CommandLine.h"
#include <chrono>

using namespace ohas;
using namespace ohas::search;

namespace cl = llvm::cl;

static cl::list<std::string> files(cl::Positional, cl::desc("<network.mlir>"));
static cl::list<std::string> accelerators("accelerator", cl::CommaSeparated);
static cl::opt<std::string> objectiveName("objective", cl::init("edp"));
static cl::opt<int> factorsOf("factors", cl::init(0));
static cl::opt<unsigned> only("layer", cl::init(~0u));
static cl::opt<uint64_t> limit("limit", cl::init(0));
static cl::opt<bool> heuristic("heuristic", cl::init(true));
static cl::list<std::string> knobs("knob");

static double now() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

static int run(mlir::MLIRContext &context, const std::string &file,
               const std::string &name) {
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(file, &context);
  if (!module)
    return 1;
  auto analysis = analyzeNetwork(*module);
  if (failed(analysis))
    return 1;
  mlir::OwningOpRef<mlir::ModuleOp> scratch(
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context)));
  auto op = loadAccelerator(*scratch, name);
  if (failed(op))
    return 1;
  auto spec = buildSpec(*op);
  auto point = designPointOf(*op);
  if (failed(spec) || failed(point))
    return 1;
  for (llvm::StringRef knob : knobs) {
    auto [knobName, text] = knob.split('=');
    double value = 0;
    text.getAsDouble(value);
    point->knobs[knobName.str()] = value;
  }
  cost::Accelerator accelerator =
      llvm::cantFail(cost::instantiate(*spec, *point));
  Objective objective = *parseObjective(objectiveName);
  double all = 0;
  for (auto [i, layer] : llvm::enumerate(analysis->work.layers)) {
    if (only != ~0u && only != i)
      continue;
    std::string sizes;
    for (cost::Dim dim : cost::allDims)
      if (layer.workload.size(dim) > 1)
        sizes += fmt::format("{}{} ", cost::name(dim).str(),
                             layer.workload.size(dim));
    MappingProblem problem(layer.workload, accelerator);
    Incumbent incumbent(problem, objective);
    double start = now();
    MapperOptions options;
    options.objective = objective;
    double first = 0;
    if (heuristic) {
      auto guess = findMapping(layer.workload, accelerator, options);
      if (guess)
        incumbent.offer(guess->mapping);
      else
        llvm::consumeError(guess.takeError());
      first = incumbent.objectiveValue();
    }
    double guessed = now();
    SearchStatistics stats;
    stats.limit = limit;
    bool proven = mapExactly(
        problem, static_cast<Factors>(factorsOf.getValue()), incumbent, stats);
    double seconds = now() - guessed;
    all += seconds;
    fmt::print(
        "{:22} {:2} {:40} {:.3f} s (guess {:.3f}) {} gain {:.4f} layouts "
        "{}/{}/{} nodes {} leaves {} evals {} value {:.6g}\n",
        name, i, sizes, seconds, guessed - start, proven ? "proven" : "OPEN",
        first ? incumbent.objectiveValue() / first : 0, stats.layouts,
        stats.candidates, stats.spreads, stats.nodes, stats.leaves,
        incumbent.evaluated(), incumbent.objectiveValue());
    fflush(stdout);
  }
  fmt::print("{} {} total {:.2f} s\n", name, file, all);
  return 0;
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv);
  mlir::DialectRegistry registry;
  ohas::registerAllDialects(registry);
  registry.insert<mlir::func::FuncDialect, mlir::arith::ArithDialect,
                  mlir::scf::SCFDialect, mlir::tensor::TensorDialect>();
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();
  for (const std::string &name : accelerators)
    for (const std::string &file : files)
      if (run(context, file, name))
        return 1;
}

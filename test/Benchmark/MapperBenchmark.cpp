//===- MapperBenchmark.cpp - How fast mappings are proven -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A line for every distinct layer of the networks: what the heuristic and the
// proof took, in CPU seconds of one thread, and what the proof looked at.
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "fmt/format.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/InitAll.h"
#include "ohas/Transforms/LoadAccelerator.h"
#include "llvm/Support/CommandLine.h"
#include <ctime>

using namespace ohas;
using namespace ohas::search;

namespace cl = llvm::cl;

static cl::list<std::string> files(cl::Positional, cl::OneOrMore,
                                   cl::desc("<network.mlir ...>"));
static cl::list<std::string>
    accelerators("accelerator", cl::CommaSeparated, cl::OneOrMore,
                 cl::desc("Shipped accelerators or .mlir files"));
static cl::opt<std::string> objectiveName("objective", cl::init("edp"),
                                          cl::desc("What is minimised"));
static cl::opt<Factors> factors(
    "factors", cl::init(Factors::Perfect), cl::desc("Temporal bounds"),
    cl::values(clEnumValN(Factors::Perfect, "perfect", "that divide"),
               clEnumValN(Factors::Balanced, "balanced", "ragged ones, too"),
               clEnumValN(Factors::Every, "every", "all")));
static cl::opt<int> onlyLayer("layer", cl::init(-1),
                              cl::desc("Only the layer of this number"));
static cl::opt<double> work("work", cl::init(0),
                            cl::desc("Work of a proof at most; 0: no limit"));

static double cpuSeconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

namespace {
struct Sums {
  unsigned layers = 0, proven = 0;
  double guessing = 0, proving = 0, slowest = 0;
};
} // namespace

static void prove(const cost::Workload &workload,
                  const cost::Accelerator &accelerator, unsigned number,
                  Objective objective, Sums &sums) {
  std::string sizes;
  for (cost::Dim dim : cost::allDims)
    if (workload.size(dim) > 1)
      sizes += fmt::format("{}{} ", cost::name(dim).str(), workload.size(dim));
  MappingProblem problem(workload, accelerator);
  Incumbent incumbent(problem, objective);
  MapperOptions options;
  options.objective = objective;
  options.proofBudget = 0;
  double start = cpuSeconds();
  llvm::Expected<MapperResult> guess =
      findMapping(workload, accelerator, options);
  if (!guess) {
    fmt::print("  {:2} {:36} {}\n", number, sizes,
               llvm::toString(guess.takeError()));
    return;
  }
  incumbent.offer(guess->mapping);
  double guessed = incumbent.objectiveValue(), begun = cpuSeconds();
  SearchStatistics statistics;
  statistics.limit = work;
  bool proven = mapExactly(problem, factors, incumbent, statistics);
  double proving = cpuSeconds() - begun;
  ++sums.layers;
  sums.proven += proven;
  sums.guessing += begun - start;
  sums.proving += proving;
  sums.slowest = std::max(sums.slowest, proving);
  fmt::print("  {:2} {:36} {:8.4f} s  {:8.4f} s {}  x {:.4f}  {} spreads, "
             "{} of {} layouts, {} nodes, {} leaves, {} costed\n",
             number, sizes, begun - start, proving,
             proven ? "proven" : "open  ", incumbent.objectiveValue() / guessed,
             statistics.spreads, statistics.layouts, statistics.candidates,
             statistics.nodes, statistics.leaves, incumbent.evaluated());
}

static bool run(mlir::MLIRContext &context, const std::string &file,
                const std::string &name) {
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(file, &context);
  if (!module)
    return false;
  auto analysis = analyzeNetwork(*module);
  mlir::OwningOpRef<mlir::ModuleOp> scratch(
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context)));
  auto op = loadAccelerator(*scratch, name);
  if (failed(analysis) || failed(op))
    return false;
  auto spec = buildSpec(*op);
  auto point = designPointOf(*op);
  std::optional<Objective> objective = parseObjective(objectiveName);
  if (failed(spec) || failed(point) || !objective)
    return false;
  cost::Accelerator accelerator =
      llvm::cantFail(cost::instantiate(*spec, *point));
  fmt::print("{} on {}: heuristic, proof, best over heuristic\n", file, name);
  Sums sums;
  for (auto [i, layer] : llvm::enumerate(analysis->work.layers))
    if (onlyLayer < 0 || unsigned(onlyLayer) == i)
      prove(layer.workload, accelerator, i, *objective, sums);
  fmt::print("  {} of {} proven; heuristic {:.3f} s, proofs {:.3f} s, the "
             "slowest {:.3f} s\n",
             sums.proven, sums.layers, sums.guessing, sums.proving,
             sums.slowest);
  return true;
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv,
                              "Proves the best mapping of every layer\n");
  mlir::DialectRegistry registry;
  ohas::registerAllDialects(registry);
  registry.insert<mlir::func::FuncDialect, mlir::arith::ArithDialect,
                  mlir::scf::SCFDialect, mlir::tensor::TensorDialect,
                  mlir::ub::UBDialect>();
  mlir::MLIRContext context(registry);
  for (const std::string &name : accelerators)
    for (const std::string &file : files)
      if (!run(context, file, name))
        return 1;
}

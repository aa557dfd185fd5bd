//===- MapperBenchmark.cpp - How fast mappings are found --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas-mapper-benchmark --accelerator=NAME,... NETWORK.mlir...
// [--benchmark_...], in CPU time of one thread:
//
// cost/ACCELERATOR/NETWORK: one complete mapping, counted and costed from
// scratch, as the search does; a random sample of all layers in turn. `common`
// is the part of it that the evaluator need not count in general.
// general/...: all of it counted so.
// neighbour/...: from scratch, too, but each mapping is one change of the plan
// away from the one before, as in a descent.
// check/...: cost/ with what the search asks before, whether it is valid
// and has a closed form.
// heuristic/ACCELERATOR/NETWORK/LAYER: the search for a good mapping.
// incremental/ACCELERATOR/NETWORK: the energy of complete mappings from that of
// their parts, as proofs do: all that differ in the loops of the
// outermost memory, each with the best ones inside, for the layout of the
// mapping found; all layers in turn, everything that has to be made included.
// proof/...: the branch and bound from there. `bounds` are tiles whose cost was
// bounded from that of the tiles further out, `table_costs` what tables
// compared costs of complete mappings.
//
//===----------------------------------------------------------------------===//

#include "ExactMapper.h"
#include "MappingSample.h"
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
#include "llvm/Support/Path.h"
#include <benchmark/benchmark.h>
#include <deque>

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

namespace {
/// A network on an accelerator.
struct Subject {
  std::string name;
  NetworkWork work;
  cost::Accelerator accelerator;
  Goal objective;
};

/// A mapping of one of the layers.
struct Sample {
  const MappingProblem *problem;
  cost::Mapping mapping;
};

enum class How { General, Compiled, Neighbours, Checked };
} // namespace

static cost::UnroundedCost countInGeneral(const MappingProblem &problem,
                                          const cost::Mapping &mapping) {
  return evaluateUnrounded(
      problem.workload, problem.accelerator, mapping,
      countForCost(problem.workload, problem.accelerator, mapping));
}

static void costFromScratch(benchmark::State &state, const Subject &subject,
                            How how) {
  // So few that they stay in the second-level cache, as a search costs what it
  // has just made.
  constexpr size_t perLayer = 8;
  std::deque<MappingProblem> problems; // which stay where they are
  std::vector<Sample> samples;
  uint64_t common = 0;
  for (const NetworkWork::Layer &layer : subject.work.layers) {
    const MappingProblem &problem =
        problems.emplace_back(layer.workload, subject.accelerator);
    bool walks = how == How::Neighbours;
    for (cost::Mapping &mapping : walks ? drawNeighbours(problem, perLayer)
                                        : drawMappings(problem, perLayer)) {
      common += problem.costs.ofCommonForm(mapping).has_value();
      cost::UnroundedCost quick = problem.costs.unrounded(mapping),
                          general = countInGeneral(problem, mapping);
      if (quick.energyFj != general.energyFj ||
          quick.latencyNs != general.latencyNs)
        return state.SkipWithError("the evaluator and the count differ");
      samples.push_back({&problem, std::move(mapping)});
    }
  }
  if (samples.empty())
    return state.SkipWithError("no valid mapping was drawn");
  const cost::Accelerator &accelerator = subject.accelerator;
  size_t next = 0;
  for (auto _ : state) {
    const MappingProblem &problem = *samples[next].problem;
    const cost::Mapping &mapping = samples[next].mapping;
    next = next + 1 == samples.size() ? 0 : next + 1;
    if (how == How::General) {
      benchmark::DoNotOptimize(countInGeneral(problem, mapping));
      continue;
    }
    if (how != How::Checked) {
      benchmark::DoNotOptimize(problem.costs.unrounded(mapping));
      continue;
    }
    std::optional<cost::UnroundedCost> checked;
    if (!findViolation(problem.workload, accelerator, mapping))
      checked = problem.costs.ofClosedForm(mapping);
    if (!checked)
      return state.SkipWithError("an invalid mapping was drawn");
    benchmark::DoNotOptimize(*checked);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["mappings"] = double(samples.size());
  state.counters["common"] = double(common) / double(samples.size());
}

static llvm::Expected<MapperResult> guess(const Subject &subject,
                                          const cost::Workload &workload) {
  MapperOptions options;
  options.objective = subject.objective;
  options.proofBudget = 0;
  return findMapping(workload, subject.accelerator, options);
}

static void heuristic(benchmark::State &state, const Subject &subject,
                      const cost::Workload &workload) {
  for (auto _ : state) {
    llvm::Expected<MapperResult> result = guess(subject, workload);
    if (!result)
      return state.SkipWithError(llvm::toString(result.takeError()).c_str());
    state.counters["evaluated"] = double(result->evaluated);
  }
}

/// The energy of the complete mappings of a layout that a table compares: of
/// how many.
static uint64_t costLayout(const MappingProblem &problem, const Layout &layout,
                           TablePool &pool) {
  LayoutBound bound(problem, layout, factors, /*late=*/{});
  TileRoom room(bound, pool);
  CrossingCounts counts(bound, room, pool);
  CrossingTables crossings(counts, LayoutBound::energy);
  CostToGo toGo(crossings);
  benchmark::DoNotOptimize(toGo);
  return toGo.completeCosts();
}

static void costIncrementally(benchmark::State &state, const Subject &subject) {
  std::deque<MappingProblem> problems; // which stay where they are
  std::vector<Layout> layouts;
  for (const NetworkWork::Layer &layer : subject.work.layers) {
    llvm::Expected<MapperResult> result = guess(subject, layer.workload);
    if (!result)
      return state.SkipWithError(llvm::toString(result.takeError()).c_str());
    const MappingProblem &problem =
        problems.emplace_back(layer.workload, subject.accelerator);
    layouts.push_back(layoutOf(problem, result->mapping));
  }
  TablePool pool;
  uint64_t costed = 0;
  for (auto _ : state)
    for (auto [problem, layout] : llvm::zip(problems, layouts))
      costed += costLayout(problem, layout, pool);
  state.SetItemsProcessed(int64_t(costed));
}

static void proof(benchmark::State &state, const Subject &subject,
                  const cost::Workload &workload) {
  llvm::Expected<MapperResult> start = guess(subject, workload);
  if (!start)
    return state.SkipWithError(llvm::toString(start.takeError()).c_str());
  MappingProblem problem(workload, subject.accelerator);
  for (auto _ : state) {
    Incumbent incumbent(problem, subject.objective);
    incumbent.offer(start->mapping);
    double guessed = incumbent.objectiveValue();
    SearchStatistics statistics;
    statistics.limit = work;
    auto &counters = state.counters;
    counters["proven"] = mapExactly(problem, factors, incumbent, statistics);
    counters["over_guess"] = incumbent.objectiveValue() / guessed;
    counters["spreads"] = double(statistics.spreads);
    counters["candidates"] = double(statistics.candidates);
    counters["layouts"] = double(statistics.layouts);
    counters["leaves"] = double(statistics.leaves);
    counters["evaluated"] = double(incumbent.evaluated());
    counters["nodes"] = double(statistics.nodes);
    counters["table_costs"] = double(statistics.tableCosts);
    counters["bounds"] = double(statistics.bounds);
    counters["bounds_per_second"] =
        benchmark::Counter(double(statistics.bounds),
                           benchmark::Counter::kIsIterationInvariantRate);
  }
}

static void registerBenchmarks(const Subject &subject) {
  for (auto [kind, how] : {std::pair("general/", How::General),
                           {"cost/", How::Compiled},
                           {"neighbour/", How::Neighbours},
                           {"check/", How::Checked}})
    benchmark::RegisterBenchmark((kind + subject.name).c_str(), costFromScratch,
                                 std::ref(subject), how);
  benchmark::RegisterBenchmark(("incremental/" + subject.name).c_str(),
                               costIncrementally, std::ref(subject));
  for (auto [i, layer] : llvm::enumerate(subject.work.layers)) {
    if (onlyLayer >= 0 && unsigned(onlyLayer) != i)
      continue;
    std::string name = fmt::format("{}/{}:", subject.name, i);
    for (cost::Dim dim : cost::allDims)
      if (layer.workload.size(dim) > 1)
        name += fmt::format("{}{}", cost::name(dim).str(),
                            layer.workload.size(dim));
    for (auto [kind, run] :
         {std::pair("heuristic/", &heuristic), {"proof/", &proof}})
      benchmark::RegisterBenchmark((kind + name).c_str(), run,
                                   std::ref(subject), std::ref(layer.workload))
          ->Unit(benchmark::kMillisecond);
  }
}

static std::optional<Subject> load(mlir::MLIRContext &context,
                                   const std::string &file,
                                   const std::string &accelerator) {
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(file, &context);
  if (!module)
    return std::nullopt;
  auto analysis = analyzeNetwork(*module);
  mlir::OwningOpRef<mlir::ModuleOp> scratch(
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context)));
  auto op = loadAccelerator(*scratch, accelerator);
  if (failed(analysis) || failed(op))
    return std::nullopt;
  auto spec = buildSpec(*op);
  auto point = designPointOf(*op);
  if (failed(spec) || failed(point))
    return std::nullopt;
  return Subject{fmt::format("{}/{}", llvm::sys::path::stem(accelerator).str(),
                             llvm::sys::path::stem(file).str()),
                 std::move(analysis->work),
                 llvm::cantFail(cost::instantiate(*spec, *point)),
                 llvm::cantFail(parseGoal(objectiveName))};
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  cl::ParseCommandLineOptions(argc, argv,
                              "Measures the mapper, layer by layer\n");
  mlir::DialectRegistry registry;
  ohas::registerAllDialects(registry);
  registry.insert<mlir::func::FuncDialect, mlir::arith::ArithDialect,
                  mlir::scf::SCFDialect, mlir::tensor::TensorDialect,
                  mlir::ub::UBDialect>();
  mlir::MLIRContext context(registry);
  std::deque<Subject> subjects; // which stay where they are
  for (const std::string &name : accelerators)
    for (const std::string &file : files) {
      std::optional<Subject> subject = load(context, file, name);
      if (!subject)
        return 1;
      registerBenchmarks(subjects.emplace_back(std::move(*subject)));
    }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

//===- Search.cpp - ohas-opt --search ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DesignSearch.h"
#include "DeviceSets.h"
#include "Diagnostics.h"
#include "fmt/format.h"
#include "ohas/Search/PipelineEvaluator.h"
#include "ohas/Tools/ModuleReport.h"
#include "llvm/Support/Process.h"
#include <csignal>

using namespace mlir;
using namespace ohas;

/// Set by an interrupt; a search ends with what it has.
static std::atomic<bool> interrupted = false;

static std::string formatTime(double seconds) {
  auto whole = int64_t(std::min(seconds + 0.5, 9e15));
  if (whole < 60)
    return fmt::format("{} s", whole);
  if (whole < 3600)
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

/// A line that overwrites itself, only where somebody watches.
static void showProgress(const search::Progress &progress) {
  std::string line;
  if (progress.evaluated == 0) {
    line = fmt::format("bounds of {} of {:.6g} designs", progress.bounded,
                       progress.spaceSize);
  } else {
    line = fmt::format("{} of {:.6g} designs, {} mapped, {:.1f}/s",
                       progress.evaluated, progress.spaceSize, progress.mapped,
                       double(progress.mapped) / progress.seconds);
    if (progress.best)
      line += fmt::format(", best EDP {:.4g} J s",
                          edpJs(progress.best->outcome.totals));
    if (progress.gap)
      line += *progress.gap <= 1
                  ? std::string(" (proven)")
                  : fmt::format(" (at most x {:.3g} too much)", *progress.gap);
    line += fmt::format(", {} on the front", progress.frontSize);
    if (progress.secondsLeft)
      line += ", " + formatTime(*progress.secondsLeft) + " left";
  }
  // To the end of the line, where a longer one was.
  llvm::errs() << '\r' << line << "\x1b[K";
}

static report::SearchSummary summarize(const DesignSearch &search,
                                       const search::SearchResult &result) {
  report::SearchSummary summary;
  summary.strategy = name(result.strategy).str();
  summary.spaceSize = result.spaceSize;
  summary.evaluated = result.evaluated;
  summary.pruned = result.pruned;
  summary.mappingsEvaluated = result.mappings;
  summary.seconds = result.seconds;
  summary.provenOptimal = result.provenOptimal;
  summary.exhaustive = result.exhaustive;
  summary.interrupted = result.interrupted || result.outOfBudget;
  summary.seed = search.options().seed;
  for (const auto &[kind, count] : result.rejections)
    summary.rejected[kind + ": " + count.example] = count.designs;
  for (const search::EvaluatedDesign &design : result.pareto.designs())
    summary.front.push_back(
        {design.candidate.point.knobs, design.outcome.totals.latencyPs,
         design.outcome.totals.energyFj, design.outcome.totals.areaUm2});
  return summary;
}

/// What a search that found nothing has to say.
static report::Report describeFailure(const DesignSearch &search,
                                      const search::SearchResult &result) {
  report::Report report;
  report.accelerator = search.spec().name;
  report.acceleratorTitle = search.spec().title;
  report.source = search.spec().source;
  for (const auto &[kind, count] : result.rejections)
    report.infeasibilities.push_back(
        fmt::format("{} of {} designs, {}: {}", count.designs, result.evaluated,
                    kind, count.example));
  report.suggestions = search.suggestions();
  report.models = search.describeNetworks();
  return report;
}

/// Runs the pass pipeline on every network at the design and reports from its
/// annotations; they must be what the search promised.
static FailureOr<report::Report>
reportDesign(DesignSearch &search, const search::EvaluatedDesign &design,
             std::vector<OwningOpRef<ModuleOp>> &mapped) {
  report::Report report;
  search::Totals totals;
  for (const NamedNetwork &network : search.networks()) {
    search::PipelineEvaluator pipeline(
        *network.module, search.acceleratorName(), search.mapperOptions());
    FailureOr<OwningOpRef<ModuleOp>> module =
        pipeline.run(design.candidate.point);
    if (failed(module))
      return failure();
    CostAnalysis costs(**module);
    if (!costs.isValid())
      return failure();
    addToReport(report, costs, **module, network.name, network.weight);
    mapped.push_back(std::move(*module));
  }
  report::Totals sums = report.totals();
  totals = {sums.latencyPs, sums.energyFj, report.footprint.areaUm2,
            report.footprint.peakPowerUw};
  if (totals == design.outcome.totals)
    return report;
  const search::Totals &promised = design.outcome.totals;
  reportError(llvm::createStringError(fmt::format(
      "internal error: the search promised {} ps, {} fJ, {} um2, {} uW and "
      "the pipeline gives {} ps, {} fJ, {} um2, {} uW",
      promised.latencyPs, promised.energyFj, promised.areaUm2,
      promised.peakPowerUw, totals.latencyPs, totals.energyFj, totals.areaUm2,
      totals.peakPowerUw)));
  return failure();
}

/// Every design on the front goes through the pipeline, too.
static LogicalResult verifyFront(DesignSearch &search,
                                 const search::SearchResult &result) {
  for (const search::EvaluatedDesign &design : result.pareto.designs()) {
    if (design.candidate.number == result.best->candidate.number)
      continue; // reported, and so checked, anyway
    std::vector<OwningOpRef<ModuleOp>> modules;
    if (failed(reportDesign(search, design, modules)))
      return failure();
  }
  return success();
}

static std::optional<RunResult>
searchAll(llvm::MutableArrayRef<NamedNetwork> networks,
          const DriverOptions &options) {
  DesignSearch search(networks, options);
  if (failed(search.prepare()))
    return std::nullopt;
  std::signal(SIGINT, [](int) { interrupted = true; });
  bool watched = llvm::sys::Process::StandardErrIsDisplayed();
  search::SearchResult result = search.run(
      interrupted,
      watched ? showProgress : std::function<void(const search::Progress &)>());
  if (watched)
    llvm::errs() << '\n';

  RunResult outcome;
  report::Report &report = outcome.report;
  if (result.best) {
    FailureOr<report::Report> described =
        reportDesign(search, *result.best, outcome.mapped);
    if (failed(described) || failed(verifyFront(search, result)))
      return std::nullopt;
    report = std::move(*described);
  } else {
    report = describeFailure(search, result);
  }
  report.objective = options.objective;
  report.search = summarize(search, result);
  if (result.best)
    report.search->sensitivities = search.sensitivities(*result.best);

  outcome.status = result.interrupted ? exitInterrupted
                   : result.best      ? exitDone
                                      : exitInfeasible;
  return outcome;
}

int ohas::runSearch(llvm::MutableArrayRef<NamedNetwork> networks,
                    const DriverOptions &options) {
  return runOverDeviceSets(networks, options, searchAll);
}

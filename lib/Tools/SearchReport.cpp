//===- SearchReport.cpp - What a search found, checked ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchReport.h"
#include "DesignPipeline.h"
#include "fmt/format.h"
#include <set>

using namespace mlir;
using namespace ohas;

static report::DesignFigures figuresOf(const search::EvaluatedDesign &design) {
  const search::Totals &totals = design.outcome.totals;
  return {design.candidate.point.knobs, totals.latencyPs, totals.energyFj,
          totals.areaUm2, totals.peakPowerUw};
}

static report::SearchSummary summarize(const DesignSearch &search,
                                       const search::SearchResult &result) {
  report::SearchSummary summary;
  summary.strategy = name(result.strategy).str();
  summary.spaceSize = result.spaceSize;
  summary.evaluated = result.evaluated;
  summary.pruned = result.pruned;
  summary.beaten = result.beaten;
  summary.mapped = result.mapped;
  summary.gap = result.gap;
  for (search::Objective axis : search.frontAxes())
    summary.frontAxes.push_back(name(axis).str());
  summary.mappingsEvaluated = result.mappings;
  summary.seconds = result.seconds;
  summary.provenOptimal = result.provenOptimal;
  summary.exhaustive = result.exhaustive;
  summary.interrupted = result.interrupted || result.outOfBudget;
  summary.seed = search.options().seed;
  if (const PipelineAudit *audit = search.pipelineAudit())
    summary.throughPipeline = audit->designs();
  for (const auto &[kind, count] : result.rejections)
    summary.rejected[kind + ": " + count.example] = count.designs;
  for (const search::EvaluatedDesign &design : result.pareto.designs())
    summary.front.push_back(figuresOf(design));
  if (result.runnerUp) {
    auto objective = [&](const search::EvaluatedDesign &design) {
      return search::objectiveValue(search.mapperOptions().objective.first,
                                    design.outcome.totals);
    };
    double best = objective(*result.best);
    summary.runnerUp =
        report::RunnerUp{figuresOf(*result.runnerUp),
                         best > 0 ? objective(*result.runnerUp) / best : 1};
  }
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

/// The design as the passes see it, which must be what the search promised.
static llvm::Expected<PipelineDesign>
runAsPromised(DesignSearch &search, const search::EvaluatedDesign &design) {
  const cost::DesignPoint &point = design.candidate.point;
  llvm::Expected<PipelineDesign> given =
      runPipeline(search.networks(), search.acceleratorName(),
                  search.mapperOptions(), point, search.knownMappings());
  if (!given)
    return given.takeError();
  if (llvm::Error error =
          checkPromise(point, design.outcome.totals, given->totals()))
    return error;
  return given;
}

/// The other designs that the report has figures of.
static llvm::Error verifyOthers(DesignSearch &search,
                                const search::SearchResult &result) {
  std::vector<const search::EvaluatedDesign *> others;
  for (const search::EvaluatedDesign &design : result.pareto.designs())
    others.push_back(&design);
  if (result.runnerUp)
    others.push_back(&*result.runnerUp);
  std::set<uint64_t> checked = {result.best->candidate.number};
  for (const search::EvaluatedDesign *design : others)
    if (checked.insert(design->candidate.number).second)
      if (auto given = runAsPromised(search, *design); !given)
        return given.takeError();
  return llvm::Error::success();
}

llvm::Expected<RunResult>
ohas::reportSearch(DesignSearch &search, const search::SearchResult &result) {
  if (const PipelineAudit *audit = search.pipelineAudit())
    if (llvm::Error error = audit->disagreement())
      return error;
  RunResult outcome;
  report::Report &report = outcome.report;
  if (result.best) {
    llvm::Expected<PipelineDesign> winner = runAsPromised(search, *result.best);
    if (!winner)
      return winner.takeError();
    if (llvm::Error error = verifyOthers(search, result))
      return error;
    report = std::move(winner->report);
    outcome.mapped = std::move(winner->mapped);
  } else {
    report = describeFailure(search, result);
  }
  report.objective = search.options().objective;
  report.search = summarize(search, result);
  if (result.best)
    report.search->sensitivities = search.sensitivities(*result.best);

  outcome.status = result.interrupted ? exitInterrupted
                   : result.best      ? exitDone
                                      : exitInfeasible;
  return outcome;
}

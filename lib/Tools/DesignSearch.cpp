//===- DesignSearch.cpp - The design space of given networks ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DesignSearch.h"
#include "Outputs.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/CostModel/Feasibility.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Transforms/LoadAccelerator.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;

static LogicalResult fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs()) << message << '\n';
  return failure();
}

static LogicalResult fail(llvm::Error error) {
  return fail(llvm::toString(std::move(error)));
}

LogicalResult DesignSearch::prepareAccelerator() {
  ModuleOp first = *nets.front().module;
  loadedName = acceleratorOf(first, driver);
  // A copy: the networks stay free of it until the pipeline configures them.
  OwningOpRef<ModuleOp> scratch(cast<ModuleOp>(first->clone()));
  FailureOr<optical::AcceleratorOp> op = loadAccelerator(*scratch, loadedName);
  if (failed(op))
    return failure();
  FailureOr<cost::AcceleratorSpec> spec = buildSpec(*op);
  FailureOr<cost::DesignPoint> base = designPointOf(*op);
  if (failed(spec) || failed(base))
    return failure();
  accelerator = std::move(*spec);
  llvm::raw_string_ostream(acceleratorText) << **op;

  if (!driver.devices.empty())
    base->deviceSet = driver.devices;
  for (llvm::StringRef text : driver.overrides) {
    auto [name, number] = text.split('=');
    double value;
    if (name.empty() || number.getAsDouble(value))
      return fail("malformed device override '" + text +
                  "': expected name=number");
    base->deviceOverrides[name.str()] = value;
  }
  // Unknown device sets and devices show up here, once, not for every design.
  if (auto environment = cost::evaluateEnvironment(accelerator, *base);
      !environment)
    return fail(environment.takeError());
  llvm::Expected<search::DesignSpace> created =
      search::DesignSpace::create(accelerator, driver.knobs, *base);
  if (!created)
    return fail(created.takeError());
  space = std::move(*created);
  return success();
}

LogicalResult DesignSearch::prepareNetworks() {
  std::vector<std::string> knobs;
  for (const cost::KnobSpec &knob : accelerator.knobs)
    knobs.push_back(knob.name);
  for (const std::string &text : driver.constraints) {
    auto constraint = search::Constraint::parse(text, knobs);
    if (!constraint)
      return fail(constraint.takeError());
    bool ofSum = nets.size() > 1 && !constraint->isStatic();
    (ofSum ? sumConstraints : constraints).push_back(std::move(*constraint));
  }
  mapper.objective = objective;
  mapper.budget = driver.mappingBudget;
  mapper.proofBudget = driver.proofBudget;
  mapper.seed = driver.seed;
  mapper.proveNetwork = driver.proveNetwork;
  known = std::make_shared<search::MapperMemo>(mapper);
  for (NamedNetwork &network : nets) {
    // Mappings that the network came with were made for another design.
    network.module->walk([](optical::OpticalContractionOp op) {
      op.setMappingAttr({});
      op->removeAttr(optical::provenAttrName);
    });
    FailureOr<NetworkAnalysis> analysis = analyzeNetwork(*network.module);
    if (failed(analysis))
      return failure();
    works.push_back(analysis->work);
    evaluators.push_back(std::make_unique<search::NetworkEvaluator>(
        accelerator, std::move(analysis->work), mapper, constraints, known));
  }
  return success();
}

LogicalResult DesignSearch::prepare() {
  llvm::Expected<search::Goal> goal = search::parseGoal(driver.objective);
  if (!goal)
    return fail(goal.takeError());
  objective = *goal;
  if (driver.reading != "mapped")
    return fail(
        "a search compares mapped designs; use --estimate for the reading '" +
        driver.reading + "'");
  return failure(failed(prepareAccelerator()) || failed(prepareNetworks()) ||
                 failed(prepareOptions()));
}

/// The sum over networks, weighted and rounded as the report does.
static void addWeighted(search::Totals &sum, const search::Totals &one,
                        double weight) {
  sum.latencyPs = cost::saturatingAdd(sum.latencyPs,
                                      report::weighted(one.latencyPs, weight));
  sum.energyFj =
      cost::saturatingAdd(sum.energyFj, report::weighted(one.energyFj, weight));
  sum.areaUm2 = one.areaUm2;
  sum.peakPowerUw = one.peakPowerUw;
}

search::Outcome DesignSearch::evaluate(const cost::DesignPoint &point,
                                       const search::Bar &bar) {
  search::Outcome outcome;
  std::optional<double> laserDbm;
  // Of networks that are not mapped yet the bounds.
  std::vector<search::Totals> parts;
  for (const auto &evaluator : evaluators)
    parts.push_back(evaluators.size() > 1 ? evaluator->bound(point).totals
                                          : search::Totals());
  auto sum = [&] {
    search::Totals sum;
    for (auto [network, part] : llvm::zip(nets, parts))
      addWeighted(sum, part, network.weight);
    return sum;
  };
  for (auto [evaluator, part] : llvm::zip(evaluators, parts)) {
    search::Totals &current = part;
    auto isHopeless = [&](const search::Totals &bound) {
      current = bound;
      return bar.isMissedBy(sum());
    };
    search::NetworkDesign design = evaluator->design(
        point, search::NetworkEvaluator::IfInfeasible::Reject, isHopeless);
    llvm::append_range(outcome.effort, design.outcome.effort);
    part = design.outcome.totals;
    if (design.outcome.status != search::Status::Feasible) {
      outcome.status = design.outcome.status;
      outcome.rejections = std::move(design.outcome.rejections);
      outcome.totals = sum();
      return outcome;
    }
    laserDbm = design.accelerator.laserDbm();
  }
  outcome.totals = sum();
  for (const search::Constraint &constraint : sumConstraints)
    if (auto rejection = constraint.check(outcome.totals, laserDbm, point))
      outcome.rejections.push_back(std::move(*rejection));
  outcome.status = outcome.rejections.empty() ? search::Status::Feasible
                                              : search::Status::Infeasible;
  return outcome;
}

search::Outcome DesignSearch::bound(const cost::DesignPoint &point) {
  search::Outcome outcome;
  for (auto [network, evaluator] : llvm::zip(nets, evaluators)) {
    search::Outcome one = evaluator->bound(point);
    if (one.status == search::Status::Pruned)
      return one;
    addWeighted(outcome.totals, one.totals, network.weight);
  }
  for (const search::Constraint &constraint : sumConstraints)
    if (auto rejection = constraint.checkBound(outcome.totals, point))
      outcome.rejections.push_back(std::move(*rejection));
  outcome.status = outcome.rejections.empty() ? search::Status::Open
                                              : search::Status::Pruned;
  return outcome;
}

LogicalResult DesignSearch::prepareOptions() {
  searchOptions.objective = objective;
  searchOptions.seed = driver.seed;
  searchOptions.jobs =
      driver.jobs ? driver.jobs
                  : llvm::hardware_concurrency().compute_thread_count();
  searchOptions.budgetSeconds = driver.budgetSeconds;
  searchOptions.strategy = driver.strategy;
  searchOptions.sampleLimit = driver.sampleLimit;
  llvm::Expected<search::FrontAxes> axes = search::parseFrontAxes(driver.front);
  if (!axes)
    return fail(axes.takeError());
  searchOptions.front = std::move(*axes);
  if (driver.journalPath.empty())
    return success();
  auto opened = search::Journal::open(driver.journalPath, fingerprint());
  if (!opened)
    return fail(opened.takeError());
  journal = std::move(*opened);
  return success();
}

/// Of all that the outcome of a design depends on.
std::string DesignSearch::fingerprint() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "OHAS " OHAS_VERSION "\n"
     << search::name(objective) << ' ' << mapper.seed << ' ' << mapper.budget
     << ' ' << mapper.proofBudget << (mapper.proveNetwork ? " of networks" : "")
     << '\n';
  for (const std::string &constraint : driver.constraints)
    os << constraint << '\n';
  os << acceleratorText << '\n' << driver.devices << '\n';
  for (const std::string &device : driver.overrides)
    os << device << '\n';
  for (const NamedNetwork &network : nets)
    os << llvm::formatv("{0:r}\n", network.weight) << **network.module;
  return llvm::toHex(llvm::SHA256::hash(llvm::arrayRefFromStringRef(text)),
                     /*LowerCase=*/true);
}

/// Looks it up in the journal, and adds it there.
search::Outcome DesignSearch::evaluateOnce(const cost::DesignPoint &point,
                                           const search::Bar &bar) {
  if (!journal)
    return evaluate(point, bar);
  if (std::optional<search::Outcome> known = journal->find(point))
    // Another search may have set a higher bar.
    if (known->status != search::Status::Beaten ||
        bar.isMissedBy(known->totals))
      return std::move(*known);
  search::Outcome outcome = evaluate(point, bar);
  if (outcome.status == search::Status::Pruned)
    return outcome;
  // A long search is worth more than its journal.
  if (llvm::Error error = journal->add(point, outcome))
    std::call_once(journalFailed, [&] {
      llvm::WithColor::warning(llvm::errs())
          << llvm::toString(std::move(error))
          << "; the search goes on without\n";
    });
  return outcome;
}

search::SearchResult
DesignSearch::run(const std::atomic<bool> &cancel,
                  std::function<void(const search::Progress &)> progress) {
  searchOptions.cancel = &cancel;
  searchOptions.progress = std::move(progress);
  if (driver.searchEvaluator == SearchEvaluator::Pipeline)
    audit = std::make_unique<PipelineAudit>(nets, loadedName, mapper);
  return search::searchDesigns(
      *space,
      [&](const search::Candidate &candidate, const search::Bar &bar) {
        search::Outcome outcome = evaluateOnce(candidate.point, bar);
        if (audit)
          audit->check(candidate, outcome);
        return outcome;
      },
      [&](const cost::DesignPoint &point) { return bound(point); },
      searchOptions);
}

std::vector<report::Sensitivity>
DesignSearch::sensitivities(const search::EvaluatedDesign &winner) {
  std::vector<report::Sensitivity> list;
  double best = search::objectiveValue(objective.first, winner.outcome.totals);
  for (auto [axis, range] : llvm::enumerate(space->ranges())) {
    uint32_t at = winner.candidate.choice[axis];
    for (int step : {-1, 1}) {
      int64_t neighbour = int64_t(at) + step;
      if (neighbour < 0 || neighbour >= int64_t(range.values.size()))
        continue;
      search::Choice choice = winner.candidate.choice;
      choice[axis] = neighbour;
      search::Outcome outcome = evaluate(space->point(choice), {});
      if (outcome.status == search::Status::Feasible && best > 0)
        list.push_back(
            {range.name, range.values[neighbour], range.values[at],
             search::objectiveValue(objective.first, outcome.totals) / best});
    }
  }
  return list;
}

std::vector<std::string> DesignSearch::suggestions() const {
  cost::DesignPoint point = space->point(space->defaultChoice());
  llvm::Expected<cost::Accelerator> design =
      cost::instantiate(accelerator, point);
  if (!design) {
    llvm::consumeError(design.takeError());
    return {};
  }
  if (cost::infeasibilities(*design).empty())
    return {};
  return cost::nearestFeasible(accelerator, point);
}

std::vector<report::Model> DesignSearch::describeNetworks() const {
  std::vector<report::Model> models;
  for (auto [network, work] : llvm::zip(nets, works)) {
    report::Model model;
    model.name = network.name;
    model.weight = network.weight;
    for (const search::NetworkWork::Step &step : work.steps)
      if (step.layer)
        cost::addSaturating(model.macs, step.count,
                            work.layers[*step.layer].workload.macs());
    models.push_back(std::move(model));
  }
  return models;
}

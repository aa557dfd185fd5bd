//===- DriverOptions.cpp - Options of --estimate and --search ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DriverOptions.h"
#include "RunNetwork.h"
#include "ohas/Search/Search.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ManagedStatic.h"
#include <cmath>

using namespace ohas;
namespace cl = llvm::cl;

namespace {
/// Registered when first used, so that no option is global.
struct Options {
  cl::opt<bool> estimate{
      "estimate", cl::desc("Map the network onto one design and report")};
  cl::opt<bool> search{"search", cl::desc("Find the best design and mapping")};
  cl::opt<bool> list{"list-accelerators",
                     cl::desc("List the shipped accelerators")};
  cl::opt<bool> explainLink{
      "explain-link",
      cl::desc("Show the link budget of an accelerator, item by item")};
  cl::opt<bool> coverage{
      "coverage",
      cl::desc("Say what becomes of the operators of an ONNX model")};
  cl::opt<bool> operators{"supported-onnx-ops",
                          cl::desc("List the ONNX operators that are known")};
  cl::opt<std::string> accelerator{
      "accelerator", cl::value_desc("name|file.mlir"),
      cl::desc("Accelerator (default: broadcast-and-weight)")};
  cl::opt<std::string> objective{
      "objective", cl::init("edp"), cl::value_desc("goal"),
      cl::desc("What is minimised: edp, energy, latency, ed2p, area, power; or "
               "two of them, of which the second decides between what is equal "
               "in the first: latency,energy")};
  cl::list<std::string> knobs{
      "knob", cl::value_desc("name=values"),
      cl::desc("Values of a knob: 4 or 3:27:3 (steps) or 7,14,21")};
  cl::list<std::string> constraints{
      "constraint", cl::value_desc("comparison"),
      cl::desc("Limit of a design, such as 'area_mm2<=100'")};
  cl::opt<std::string> devices{"devices", cl::value_desc("set"),
                               cl::desc("Device set (conservative, ...)")};
  cl::list<std::string> deviceSets{
      "device-sets", cl::CommaSeparated, cl::value_desc("a,b,c"),
      cl::desc("Ask with each of these device sets: the result as a range, and "
               "whether the winner changes")};
  cl::list<std::string> overrides{
      "device-override", cl::value_desc("name=value"),
      cl::desc("Replace one device number of the set")};
  cl::opt<std::string> reading{
      "reading", cl::init("mapped"), cl::value_desc("mapped|published"),
      cl::desc("Cost of a mapping, or the publication's own accounting")};
  cl::opt<std::string> searchEvaluator{
      "search-evaluator", cl::init("model"), cl::value_desc("model|pipeline"),
      cl::desc("Whose figures a search compares: the cost model's, or for an "
               "audit those of the passes, design by design")};
  cl::opt<unsigned> jobs{"jobs", cl::init(0), cl::value_desc("N"),
                         cl::desc("Threads of a search (default: all cores)")};
  cl::opt<std::string> budget{
      "budget", cl::value_desc("60s"),
      cl::desc("Stop a search after this time, with the best so far")};
  cl::opt<search::StrategyKind> strategy{
      "strategy", cl::init(search::StrategyKind::Auto),
      cl::desc("Order in which a search looks at designs"),
      cl::values(
          clEnumValN(search::StrategyKind::Auto, "auto",
                     "best-first up to 100000 designs, evolutionary beyond"),
          clEnumValN(search::StrategyKind::BestFirst, "best-first",
                     "all, mapping those that their bounds leave a chance"),
          clEnumValN(search::StrategyKind::Exhaustive, "exhaustive",
                     "all, mapping each"),
          clEnumValN(search::StrategyKind::Evolutionary, "evolutionary",
                     "offspring of good ones"),
          clEnumValN(search::StrategyKind::Random, "random",
                     "drawn evenly: a baseline"))};
  cl::opt<uint64_t> samples{
      "samples", cl::init(2048), cl::value_desc("N"),
      cl::desc("Designs that an evolutionary or random search looks at")};
  cl::opt<std::string> front{
      "front", cl::init("latency,energy,area"), cl::value_desc("axes"),
      cl::desc("What the Pareto front is over: two to four of latency, energy, "
               "area, power")};
  cl::opt<std::string> journal{
      "journal", cl::value_desc("file"),
      cl::desc("Note every mapped design at once, and start from what the file "
               "has of the same search")};
  cl::opt<uint64_t> mappingBudget{
      "mapping-budget", cl::init(2000), cl::value_desc("N"),
      cl::desc("Mappings tried per distinct layer, at most")};
  cl::opt<uint64_t> proofBudget{
      "proof-budget", cl::init(5000), cl::value_desc("N"),
      cl::desc("Work of improving and proving the mapping of a distinct layer, "
               "in nodes of its tree; 0 for none")};
  cl::opt<bool> proveNetwork{
      "prove-network", cl::init(false),
      cl::desc("Look for mappings that the network's sums gain most from, and "
               "prove how much better any could be")};
  cl::opt<uint64_t> seed{"seed", cl::init(0), cl::value_desc("N"),
                         cl::desc("Seed; equal seeds give equal results")};
  cl::opt<std::string> json{"json", cl::value_desc("file"),
                            cl::desc("Write the report as JSON")};
  cl::opt<std::string> csv{"csv", cl::value_desc("file"),
                           cl::desc("Write the layers as CSV")};
  cl::opt<std::string> showMapping{
      "show-mapping", cl::value_desc("LAYER"),
      cl::desc("Show the mapping of a contraction as a loop nest")};
  cl::list<std::string> trace{
      "trace", cl::multi_val(2), cl::value_desc("layer=NAME component=NAME"),
      cl::desc("With --estimate: show how the energy of a component in a layer "
               "comes about")};
  cl::opt<unsigned> layers{"table-layers", cl::init(20), cl::value_desc("N"),
                           cl::desc("Layers in the table, at most")};
};
} // namespace

static llvm::ManagedStatic<Options> options;

void ohas::registerDriverOptions() { *options; }

llvm::ArrayRef<llvm::StringLiteral> ohas::driverOptionNames() {
  static constexpr llvm::StringLiteral names[] = {"estimate",
                                                  "search",
                                                  "coverage",
                                                  "list-accelerators",
                                                  "explain-link",
                                                  "supported-onnx-ops",
                                                  "accelerator",
                                                  "objective",
                                                  "knob",
                                                  "constraint",
                                                  "devices",
                                                  "device-sets",
                                                  "device-override",
                                                  "reading",
                                                  "search-evaluator",
                                                  "jobs",
                                                  "budget",
                                                  "strategy",
                                                  "samples",
                                                  "front",
                                                  "journal",
                                                  "mapping-budget",
                                                  "proof-budget",
                                                  "prove-network",
                                                  "seed",
                                                  "json",
                                                  "csv",
                                                  "table-layers",
                                                  "show-mapping",
                                                  "trace"};
  return names;
}

llvm::Expected<DriverMode> ohas::driverMode() {
  if (options->list)
    return DriverMode::ListAccelerators;
  if (options->operators)
    return DriverMode::SupportedOperators;
  if (options->explainLink)
    return DriverMode::ExplainLink;
  if (options->coverage && (options->estimate || options->search))
    return llvm::createStringError(
        "--coverage, --estimate and --search are three things; give one");
  if (options->coverage)
    return DriverMode::Coverage;
  if (options->estimate && options->search)
    return llvm::createStringError(
        "--estimate and --search are two things; give one");
  if (isRunAsked() && (options->estimate || options->search))
    return llvm::createStringError(
        "--run, --estimate and --search are three things; give one");
  if (options->estimate)
    return DriverMode::Estimate;
  if (options->search)
    return DriverMode::Search;
  if (isRunAsked())
    return DriverMode::Run;
  for (llvm::StringRef name : runOptionNames())
    if (cl::getRegisteredOptions().lookup(name)->getNumOccurrences())
      return llvm::createStringError("--" + name + " goes with --run");
  // Without a mode nobody would read them.
  for (llvm::StringRef name : driverOptionNames())
    if (cl::getRegisteredOptions().lookup(name)->getNumOccurrences())
      return llvm::createStringError(
          "--" + name +
          " goes with --estimate, --search or another mode; see --help");
  return DriverMode::Opt;
}

static llvm::Expected<TraceRequest>
parseTrace(llvm::ArrayRef<std::string> words) {
  TraceRequest request;
  for (llvm::StringRef word : words)
    if (word.consume_front("layer="))
      request.layer = word.str();
    else if (word.consume_front("component="))
      request.component = word.str();
  if (words.size() != 2 || request.layer.empty() || request.component.empty())
    return llvm::createStringError(
        "--trace takes layer=NAME component=NAME, once");
  return request;
}

static llvm::Expected<SearchEvaluator> parseEvaluator(llvm::StringRef text) {
  if (text == "model")
    return SearchEvaluator::Model;
  if (text == "pipeline")
    return SearchEvaluator::Pipeline;
  return llvm::createStringError("unknown search evaluator '" + text +
                                 "'; there are model, pipeline");
}

llvm::Expected<DriverOptions> ohas::driverOptions() {
  DriverOptions driver;
  driver.accelerator = options->accelerator;
  driver.knobs.assign(options->knobs.begin(), options->knobs.end());
  driver.devices = options->devices;
  driver.overrides.assign(options->overrides.begin(), options->overrides.end());
  driver.objective = options->objective;
  driver.reading = options->reading;
  driver.mappingBudget = options->mappingBudget;
  driver.proofBudget = options->proofBudget;
  driver.proveNetwork = options->proveNetwork;
  driver.seed = options->seed;
  driver.jsonPath = options->json;
  driver.csvPath = options->csv;
  driver.maxLayers = options->layers;
  driver.showMapping = options->showMapping;
  driver.constraints.assign(options->constraints.begin(),
                            options->constraints.end());
  if (!driver.constraints.empty() && !options->search)
    return llvm::createStringError("--constraint goes with --search");
  llvm::Expected<SearchEvaluator> evaluator =
      parseEvaluator(options->searchEvaluator);
  if (!evaluator)
    return evaluator.takeError();
  driver.searchEvaluator = *evaluator;
  if (options->searchEvaluator.getNumOccurrences() && !options->search)
    return llvm::createStringError("--search-evaluator goes with --search");
  driver.jobs = options->jobs;
  driver.strategy = options->strategy;
  driver.sampleLimit = options->samples;
  if (driver.sampleLimit == 0)
    return llvm::createStringError("--samples=0 leaves nothing to look at");
  driver.front = options->front;
  driver.journalPath = options->journal;
  if (!driver.journalPath.empty() && !options->search)
    return llvm::createStringError("--journal goes with --search");
  if (!driver.journalPath.empty() && !options->deviceSets.empty())
    return llvm::createStringError(
        "a --journal is of one search; give one of --device-sets as --devices");
  driver.deviceSets.assign(options->deviceSets.begin(),
                           options->deviceSets.end());
  if (!driver.deviceSets.empty() && !driver.devices.empty())
    return llvm::createStringError(
        "--devices and --device-sets are two things; give one");
  if (llvm::is_contained(driver.deviceSets, ""))
    return llvm::createStringError(
        "malformed --device-sets: expected names with commas between");
  if (!driver.showMapping.empty() && driver.reading != "mapped")
    return llvm::createStringError(
        "--show-mapping needs the mapped reading; another one has no loops");
  if (!options->trace.empty()) {
    auto trace = parseTrace(
        std::vector<std::string>(options->trace.begin(), options->trace.end()));
    if (!trace)
      return trace.takeError();
    if (!options->estimate || driver.reading != "mapped")
      return llvm::createStringError(
          "--trace follows an --estimate in the mapped reading");
    driver.trace = std::move(*trace);
  }
  if (!options->budget.empty()) {
    llvm::Expected<double> seconds = parseSeconds(options->budget);
    if (!seconds)
      return seconds.takeError();
    driver.budgetSeconds = *seconds;
  }
  return driver;
}

llvm::Expected<double> ohas::parseSeconds(llvm::StringRef text) {
  static constexpr std::pair<llvm::StringLiteral, double> units[] = {
      {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}};
  llvm::StringRef number = text;
  double scale = 1;
  for (auto [unit, seconds] : units)
    if (number.consume_back(unit)) {
      scale = seconds;
      break;
    }
  double value;
  if (number.getAsDouble(value) || !std::isfinite(value) || value <= 0)
    return llvm::createStringError("malformed --budget '" + text +
                                   "': expected a time such as 60s or 5m");
  return value * scale;
}

llvm::Expected<std::pair<std::string, double>>
ohas::parseWeightedInput(llvm::StringRef text) {
  auto [file, suffix] = text.rsplit('@');
  double weight;
  // A file may have that very name.
  if (suffix.empty() || suffix.getAsDouble(weight) ||
      llvm::sys::fs::exists(text))
    return std::pair(text.str(), 1.0);
  if (!std::isfinite(weight) || weight <= 0)
    return llvm::createStringError("the weight of '" + file +
                                   "' must be positive, not " + suffix);
  return std::pair(file.str(), weight);
}

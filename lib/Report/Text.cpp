//===- Text.cpp - Reports as tables for people ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceSets.h"
#include "EngineeringUnits.h"
#include "fmt/format.h"
#include "ohas/CostModel/CostSum.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Report/Report.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas;
using namespace ohas::report;

namespace {
/// Writes one report; the state is where to and what of.
class TextWriter {
public:
  TextWriter(const Report &report, llvm::raw_ostream &os)
      : report(report), os(os), totals(report.totals()) {}

  void writeHeader();
  void writeFigures();
  void writeElectronicTime();
  void writeResidents();
  void writeProofs();
  void writeInfeasibilities();
  void writeEnergy();
  void writeTime();
  void writeLayers(const Model &model, unsigned maxLayers);
  void writeSearch(const SearchSummary &search);

private:
  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args &&...args) {
    os << fmt::format(format, std::forward<Args>(args)...);
  }
  void writeRejections(const SearchSummary &search);
  void writeFront(const SearchSummary &search);

  const Report &report;
  llvm::raw_ostream &os;
  Totals totals;
};
} // namespace

static std::string knobList(const std::map<std::string, double> &knobs) {
  std::string text;
  for (const auto &[name, value] : knobs)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, value);
  return text;
}

static double percent(int64_t part, int64_t whole) {
  return whole ? 100.0 * double(part) / double(whole) : 0;
}

void TextWriter::writeHeader() {
  for (const Model &model : report.models) {
    if (model.layers.empty()) {
      print("Network      {}: {} MACs\n", model.name,
            scaled(double(model.macs)));
      continue;
    }
    size_t photonic = llvm::count_if(
        model.layers, [](const Layer &layer) { return layer.photonic; });
    print("Network      {}: {} MACs, {} parameters, {} photonic and {} "
          "electronic operations\n",
          model.name, scaled(double(model.macs)),
          scaled(double(model.parameters)), photonic,
          model.layers.size() - photonic);
  }
  print("Accelerator  {}: {}\n", report.accelerator, report.acceleratorTitle);
  if (!report.knobs.empty())
    print("             {}\n", knobList(report.knobs));
  if (!report.deviceSet.empty())
    print("Devices      {} ({})\n", report.deviceSet, report.deviceSetSource);
  if (!report.deviceOverrides.empty())
    print("             overridden: {}\n", knobList(report.deviceOverrides));
  if (report.reading != "mapped")
    print("Reading      {}: the publication's own accounting\n",
          report.reading);
}

void TextWriter::writeFigures() {
  print("\n");
  print("  Latency      {:>12}\n", withUnit(double(totals.latencyPs), "ps"));
  print("  Energy       {:>12}\n", withUnit(double(totals.energyFj), "fJ"));
  print("  EDP          {:>12}\n", fmt::format("{:.4g} J s", totals.edpJs()));
  print("  Area         {:>12}\n",
        fmt::format("{:.4g} mm2", double(report.footprint.areaUm2) * 1e-6));
  print("  Power        {:>12} on average, {} at peak\n",
        withUnit(totals.averagePowerMw(), "mW"),
        withUnit(double(report.footprint.peakPowerUw), "uW"));
  if (totals.averagePowerMw() * 1e3 > double(report.footprint.peakPowerUw))
    print("               (what has no full rate or no power of its own, such "
          "as DRAM, is in the average only)\n");
  print("  Utilization  {:>12}\n",
        fmt::format("{:.1f} %", 100 * totals.utilization));
}

/// Whether electronic work waits for light, or runs beside it.
void TextWriter::writeElectronicTime() {
  if (report.reading != "mapped") {
    print("  Electronic   no part of this reading\n");
    return;
  }
  int64_t all = cost::saturatingAdd(totals.electronicPs, totals.hiddenPs);
  if (all == 0)
    return;
  print("  Electronic   {:>12} of vector work, {} beside photonic work\n",
        withUnit(double(all), "ps"),
        totals.hiddenPs ? withUnit(double(totals.hiddenPs), "ps") + " of it"
                        : "none of it");
}

/// How many of the operands and results of contractions stay on chip.
void TextWriter::writeResidents() {
  size_t weights = 0, allWeights = 0, others = 0, allOthers = 0;
  std::string memory;
  for (const Model &model : report.models)
    for (const Layer &layer : model.layers) {
      if (!layer.photonic)
        continue;
      // A product of two activations has no weight.
      bool hasWeight = layer.workload.weightIsConstant;
      allWeights += hasWeight;
      allOthers += hasWeight ? 2 : 3;
      for (auto [name, level] : llvm::zip(report.levels, layer.mapping.levels))
        for (cost::Tensor tensor : cost::allTensors)
          if (level.resident.contains(tensor)) {
            ++(hasWeight && tensor == cost::Tensor::Weight ? weights : others);
            memory = name;
          }
    }
  if (weights + others)
    print("  On chip      {} of {} inputs and outputs and {} of {} weights of "
          "contractions stay in {}\n",
          others, allOthers, weights, allWeights, memory);
}

void TextWriter::writeProofs() {
  int64_t proven = 0, mapped = 0;
  for (const Model &model : report.models)
    for (const Layer &layer : model.layers)
      if (layer.photonic && !layer.mapping.levels.empty()) {
        ++mapped;
        proven += layer.provenOptimal;
      }
  if (proven)
    print("  Proven       {} of {} mappings are the best there are for their "
          "layer\n",
          proven, mapped);
}

void TextWriter::writeInfeasibilities() {
  for (const std::string &reason : report.infeasibilities)
    print("  INFEASIBLE   {}\n", reason);
  for (const std::string &suggestion : report.suggestions)
    print("               feasible with {}\n", suggestion);
}

/// The largest share first, those of nothing left out.
static cost::Breakdown largestFirst(cost::Breakdown breakdown) {
  llvm::erase_if(breakdown, [](const auto &share) { return !share.value; });
  llvm::stable_sort(breakdown, [](const cost::Share &a, const cost::Share &b) {
    return a.value > b.value;
  });
  return breakdown;
}

void TextWriter::writeEnergy() {
  print("\nWhere the energy goes\n");
  for (const cost::Share &share : largestFirst(totals.energyBreakdownFj))
    print("  {:<24} {:>12} {:>6.1f} %\n", share.component,
          withUnit(double(share.value), "fJ"),
          percent(share.value, totals.energyFj));
}

void TextWriter::writeTime() {
  // Each operation's time is its bounding level's.
  cost::CostSum bounds;
  for (const Model &model : report.models)
    for (const Layer &layer : model.layers) {
      cost::Cost time;
      int64_t latencyPs =
          cost::saturatingMul(layer.count, layer.cost.latencyPs);
      if (report.models.size() > 1)
        latencyPs = weighted(latencyPs, model.weight);
      time.energyBreakdownFj = {{layer.cost.boundBy, latencyPs}};
      bounds.add(time);
    }
  int64_t all = 0;
  cost::Breakdown shares = largestFirst(bounds.get().energyBreakdownFj);
  for (const cost::Share &share : shares)
    all = cost::saturatingAdd(all, share.value);
  print("\nWhat bounds the time\n");
  for (const cost::Share &share : shares)
    print("  {:<24} {:>12} {:>6.1f} %\n", share.component,
          withUnit(double(share.value), "ps"), percent(share.value, all));
}

/// The kernel and the sizes that tell a layer from others.
static std::string shapeOf(const Layer &layer) {
  if (!layer.photonic)
    return "";
  std::string text;
  for (cost::Dim dim : cost::allDims)
    if (int64_t size = layer.workload.size(dim); size != 1)
      text += fmt::format("{}{}{}", text.empty() ? "" : " ",
                          cost::name(dim).str(), size);
  return text;
}

void TextWriter::writeLayers(const Model &model, unsigned maxLayers) {
  std::vector<const Layer *> shown;
  for (const Layer &layer : model.layers)
    if (layer.count && (layer.cost.latencyPs || layer.cost.energyFj))
      shown.push_back(&layer);
  size_t all = shown.size();
  auto energy = [](const Layer *layer) {
    return double(layer->cost.energyFj) * double(layer->count);
  };
  if (all > maxLayers) {
    // The expensive ones, still in the order of the network.
    std::vector<const Layer *> sorted = shown;
    llvm::stable_sort(sorted, [&](const Layer *a, const Layer *b) {
      return energy(a) > energy(b);
    });
    sorted.resize(maxLayers);
    llvm::erase_if(shown, [&](const Layer *layer) {
      return !llvm::is_contained(sorted, layer);
    });
  }
  print("\nLayers of {}", model.name);
  if (shown.size() < all)
    print(" (the {} most expensive of {}; all in --json and --csv)",
          shown.size(), all);
  auto timesOf = [](const Layer *layer) {
    return layer->count == 1 ? "" : fmt::format(" x{}", layer->count);
  };
  size_t width = 8;
  for (const Layer *layer : shown)
    width = std::max(width, std::min<size_t>(layer->name.size(), 40) +
                                timesOf(layer).size());
  print("\n  {:<{}} {:<32} {:>11} {:>11} {:>7} {}\n", "layer", width, "dims",
        "latency", "energy", "share", "bound by");
  double energyOfAll = double(report.totals(model).energyFj);
  for (const Layer *layer : shown) {
    std::string name = layer->name, times = timesOf(layer);
    if (name.size() + times.size() > width)
      name = "..." + name.substr(name.size() + times.size() - width + 3);
    name += times;
    print("  {:<{}} {:<32} {:>11} {:>11} {:>5.1f} % {}\n", name, width,
          layer->photonic ? shapeOf(*layer) : layer->op,
          withUnit(double(layer->cost.latencyPs), "ps"),
          withUnit(double(layer->cost.energyFj), "fJ"),
          energyOfAll ? 100 * energy(layer) / energyOfAll : 0,
          layer->cost.boundBy);
  }
}

void TextWriter::writeRejections(const SearchSummary &search) {
  if (search.rejected.empty())
    return;
  print("  Rejected designs\n");
  for (const auto &[reason, count] : search.rejected)
    print("    {:>8}  {}\n", count, reason);
}

/// The knobs whose values differ between the designs of a front.
static std::map<std::string, double>
varyingKnobs(const FrontPoint &point, llvm::ArrayRef<FrontPoint> front) {
  std::map<std::string, double> varying;
  for (const auto &[name, value] : point.knobs)
    for (const FrontPoint &other : front)
      if (auto found = other.knobs.find(name);
          found != other.knobs.end() && found->second != value)
        varying[name] = value;
  return varying;
}

void TextWriter::writeFront(const SearchSummary &search) {
  if (search.front.empty())
    return;
  print("  Pareto front over latency, energy and area\n");
  print("    {:>11} {:>11} {:>11}  knobs\n", "latency", "energy", "area");
  constexpr size_t maxPoints = 12;
  for (const FrontPoint &point :
       llvm::ArrayRef(search.front)
           .take_front(std::min(maxPoints, search.front.size())))
    print("    {:>11} {:>11} {:>7.4g} mm2  {}\n",
          withUnit(double(point.latencyPs), "ps"),
          withUnit(double(point.energyFj), "fJ"), double(point.areaUm2) * 1e-6,
          knobList(varyingKnobs(point, search.front)));
  if (search.front.size() > maxPoints)
    print("    ... and {} more in --json\n", search.front.size() - maxPoints);
}

void TextWriter::writeSearch(const SearchSummary &search) {
  print("\nSearch for the best {}{}\n", report.objective,
        search.interrupted ? " (interrupted: the best so far)" : "");
  print("  {} of {:.6g} designs tried ({}), {} discarded without mapping, {} "
        "mappings costed, {:.1f} s, seed {}\n",
        search.evaluated, search.spaceSize, search.strategy, search.pruned,
        scaled(double(search.mappingsEvaluated)), search.seconds, search.seed);
  if (search.throughPipeline.value_or(0) > 0)
    print("  All {} feasible ones went through the pass pipeline, {:.3g} "
          "designs/s, and agree with the cost model\n",
          *search.throughPipeline,
          search.seconds > 0 ? double(*search.throughPipeline) / search.seconds
                             : 0);
  if (report.levels.empty())
    print("  No design is feasible.\n");
  else if (!search.provenOptimal)
    print("  The winner is the best found; it is not proven optimal.\n");
  writeRejections(search);
  if (!search.sensitivities.empty())
    print("  What moving one knob off the winner does to the {}\n",
          report.objective);
  for (const Sensitivity &sensitivity : search.sensitivities)
    print("    {:<16} {} -> {}: x {:.3f}\n", sensitivity.knob,
          sensitivity.winnerValue, sensitivity.value,
          sensitivity.relativeObjective);
  writeFront(search);
}

void report::writeText(const Report &report, llvm::raw_ostream &os,
                       unsigned maxLayers) {
  TextWriter writer(report, os);
  writer.writeHeader();
  // A search that found nothing has no design to describe.
  bool hasDesign = !report.levels.empty();
  if (hasDesign)
    writer.writeFigures();
  writer.writeElectronicTime();
  writer.writeResidents();
  writer.writeProofs();
  writer.writeInfeasibilities();
  if (hasDesign) {
    writer.writeTime();
    writer.writeEnergy();
    for (const Model &model : report.models)
      writer.writeLayers(model, maxLayers);
  }
  if (report.search)
    writer.writeSearch(*report.search);
  writeDeviceSets(report, os);
  for (const Model &model : report.models)
    for (const std::string &warning : model.warnings)
      os << "note: " << warning << '\n';
}

//===- Text.cpp - Reports as tables for people ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceSets.h"
#include "EngineeringUnits.h"
#include "Knobs.h"
#include "SearchSection.h"
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
  void writeEnergyByKind();
  void writeTime();
  void writeLayers(const Model &model, unsigned maxLayers);

private:
  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args &&...args) {
    os << fmt::format(format, std::forward<Args>(args)...);
  }

  const Report &report;
  llvm::raw_ostream &os;
  Totals totals;
};
} // namespace

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

/// The one that proofs speak of.
static llvm::StringRef firstObjective(const Report &report) {
  return llvm::StringRef(report.objective).split(',').first;
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
  for (const Model &model : report.models) {
    if (!model.boundGap)
      continue;
    print("  {}  ", model.isProvenOptimal() ? "Proven     " : "Bound      ");
    if (report.models.size() > 1)
      print("{}: ", model.name);
    if (model.isProvenOptimal())
      print("no mappings have a smaller {} of the network\n",
            firstObjective(report));
    else
      print("no mappings improve the {} of the network by more than x {}\n",
            firstObjective(report),
            // Of small gaps the digits that tell them from none.
            *model.boundGap < 1.001 ? fmt::format("{:.7f}", *model.boundGap)
                                    : fmt::format("{:.3f}", *model.boundGap));
  }
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

/// As a line: what the components above are.
void TextWriter::writeEnergyByKind() {
  std::string text;
  for (const cost::Share &share : largestFirst(report.energyByKind(totals)))
    text +=
        fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ",
                    share.component == "static" ? "laser and other static power"
                                                : share.component,
                    percent(share.value, totals.energyFj));
  if (!text.empty())
    print("  By kind: {}\n", text);
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
  print("\n  {:<{}} {:<32} {:>11} {:>11} {:>7} {:>7} {}\n", "layer", width,
        "dims", "latency", "energy", "share", "util", "bound by");
  double energyOfAll = double(report.totals(model).energyFj);
  for (const Layer *layer : shown) {
    std::string name = layer->name, times = timesOf(layer);
    if (name.size() + times.size() > width)
      name = "..." + name.substr(name.size() + times.size() - width + 3);
    name += times;
    print("  {:<{}} {:<32} {:>11} {:>11} {:>5.1f} % {:>7} {}\n", name, width,
          layer->photonic ? shapeOf(*layer) : layer->op,
          withUnit(double(layer->cost.latencyPs), "ps"),
          withUnit(double(layer->cost.energyFj), "fJ"),
          energyOfAll ? 100 * energy(layer) / energyOfAll : 0,
          layer->photonic
              ? fmt::format("{:.1f} %", 100 * report.utilization(*layer))
              : std::string("-"),
          layer->cost.boundBy);
  }
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
    writer.writeEnergyByKind();
    for (const Model &model : report.models)
      writer.writeLayers(model, maxLayers);
  }
  writeSearch(report, os);
  writeDeviceSets(report, os);
  for (const Model &model : report.models)
    for (const std::string &warning : model.warnings)
      os << "note: " << warning << '\n';
}

//===- SearchText.cpp - What a search found, for people ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EngineeringUnits.h"
#include "Knobs.h"
#include "SearchSection.h"
#include "fmt/format.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace ohas;
using namespace ohas::report;

namespace {
/// Writes what one search found; the state is where to and what of.
class SearchWriter {
public:
  SearchWriter(const Report &report, llvm::raw_ostream &os)
      : report(report), search(*report.search), os(os) {}

  void writeEffort();
  void writeRunnerUp();
  void writeRejections();
  void writeSensitivities();
  void writeFront();

private:
  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args &&...args) {
    os << fmt::format(format, std::forward<Args>(args)...);
  }

  const Report &report;
  const SearchSummary &search;
  llvm::raw_ostream &os;
};
} // namespace

void SearchWriter::writeEffort() {
  print("\nSearch for the best {}{}\n", report.objective,
        search.interrupted ? " (interrupted: the best so far)" : "");
  print("  {} of {:.6g} designs decided ({}): {} rejected without mapping, {} "
        "beaten by their bounds, {} mapped\n",
        search.evaluated, search.spaceSize, search.strategy, search.pruned,
        search.beaten, search.mapped);
  print("  {} mappings costed, {:.1f} s, seed {}\n",
        scaled(double(search.mappingsEvaluated)), search.seconds, search.seed);
  if (search.throughPipeline.value_or(0) > 0)
    print("  All {} that are feasible as mapped went through the pass "
          "pipeline, {:.3g} "
          "designs/s, and agree with the cost model\n",
          *search.throughPipeline,
          search.seconds > 0 ? double(*search.throughPipeline) / search.seconds
                             : 0);
  if (report.levels.empty())
    print("  No design is feasible.\n");
  else if (search.provenOptimal)
    print("  The winner is proven optimal.\n");
  else if (search.gap)
    print("  {}, however mapped, can be better by more than x {:.3f}.\n",
          search.exhaustive ? "No other design is better as mapped, and none"
                            : "No design",
          *search.gap);
  else
    print("  The winner is the best found; it is not proven optimal.\n");
}

static std::string differences(const Knobs &other, const Knobs &knobs) {
  std::string text;
  for (const auto &[name, value] : other)
    if (auto own = knobs.find(name); own != knobs.end() && own->second != value)
      text += fmt::format("{}{} {} ({})", text.empty() ? "" : ", ", name, value,
                          own->second);
  return text;
}

/// Of two objectives, ratios are those of the first.
static llvm::StringRef firstObjective(const Report &report) {
  return llvm::StringRef(report.objective).split(',').first.trim();
}

/// What the design that comes second has for what.
void SearchWriter::writeRunnerUp() {
  if (!search.runnerUp)
    return;
  const RunnerUp &second = *search.runnerUp;
  Totals winner = report.totals();
  llvm::StringRef objective = firstObjective(report);
  std::string ratios =
      fmt::format("{} x {:.3f}", objective.str(), second.relativeObjective);
  auto add = [&](const char *figure, int64_t own, int64_t winners) {
    if (objective != figure && winners)
      ratios +=
          fmt::format(", {} x {:.3f}", figure, double(own) / double(winners));
  };
  add("latency", second.figures.latencyPs, winner.latencyPs);
  add("energy", second.figures.energyFj, winner.energyFj);
  add("area", second.figures.areaUm2, report.footprint.areaUm2);
  print("  Runner-up: {}: {}\n",
        differences(second.figures.knobs, report.knobs), ratios);
}

void SearchWriter::writeRejections() {
  if (search.rejected.empty())
    return;
  print("  Rejected designs\n");
  for (const auto &[reason, count] : search.rejected)
    print("    {:>8}  {}\n", count, reason);
}

static double effect(const Sensitivity &sensitivity) {
  return std::abs(std::log(sensitivity.relativeObjective));
}

std::vector<Sensitivity>
report::byEffect(std::vector<Sensitivity> sensitivities) {
  llvm::stable_sort(sensitivities,
                    [](const Sensitivity &a, const Sensitivity &b) {
                      return effect(a) > effect(b);
                    });
  return sensitivities;
}

void SearchWriter::writeSensitivities() {
  if (search.sensitivities.empty())
    return;
  std::vector<Sensitivity> sorted = byEffect(search.sensitivities);
  // A step may have no effect at all.
  print("  What moving one knob off the winner does to the {}{}\n",
        firstObjective(report).str(),
        effect(sorted.front()) > 0
            ? fmt::format(" ({} matters most)", sorted.front().knob)
            : std::string());
  for (const Sensitivity &sensitivity : sorted)
    print("    {:<16} {} -> {}: x {:.3f}\n", sensitivity.knob,
          sensitivity.winnerValue, sensitivity.value,
          sensitivity.relativeObjective);
}

/// The knobs whose values differ between the designs of a front.
static Knobs varyingKnobs(const DesignFigures &point,
                          llvm::ArrayRef<DesignFigures> front) {
  Knobs varying;
  for (const auto &[name, value] : point.knobs)
    for (const DesignFigures &other : front)
      if (auto found = other.knobs.find(name);
          found != other.knobs.end() && found->second != value)
        varying[name] = value;
  return varying;
}

void SearchWriter::writeFront() {
  if (search.front.empty())
    return;
  std::string axes;
  for (size_t i = 0; i < search.frontAxes.size(); ++i)
    axes += (i == 0                             ? ""
             : i + 1 == search.frontAxes.size() ? " and "
                                                : ", ") +
            search.frontAxes[i];
  bool hasPower = llvm::is_contained(search.frontAxes, "power");
  print("  Pareto front over {}\n", axes);
  print("    {:>11} {:>11} {:>11}{}  knobs\n", "latency", "energy", "area",
        hasPower ? "       power" : "");
  constexpr size_t maxPoints = 12;
  for (const DesignFigures &point :
       llvm::ArrayRef(search.front)
           .take_front(std::min(maxPoints, search.front.size())))
    print("    {:>11} {:>11} {:>7.4g} mm2{}  {}\n",
          withUnit(double(point.latencyPs), "ps"),
          withUnit(double(point.energyFj), "fJ"), double(point.areaUm2) * 1e-6,
          hasPower ? fmt::format(" {:>11}",
                                 withUnit(double(point.peakPowerUw), "uW"))
                   : std::string(),
          knobList(varyingKnobs(point, search.front)));
  if (search.front.size() > maxPoints)
    print("    ... and {} more in --json\n", search.front.size() - maxPoints);
}

void report::writeSearch(const Report &report, llvm::raw_ostream &os) {
  if (!report.search)
    return;
  SearchWriter writer(report, os);
  writer.writeEffort();
  writer.writeRunnerUp();
  writer.writeRejections();
  writer.writeSensitivities();
  writer.writeFront();
}

//===- Report.h - What an estimate or a search tells ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The data of a report, free of MLIR, and its three forms: JSON (schema
// ohas.report/1, docs/Report.md), CSV (a line a layer) and tables for people.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_REPORT_REPORT_H
#define OHAS_REPORT_REPORT_H

#include "ohas/CostModel/Cost.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <string>
#include <vector>

namespace ohas::report {

/// One operation of the network, in order; all figures are for one execution,
/// `count` says how often it runs.
struct Layer {
  std::string name;
  std::string op; ///< "optical.conv", "onnx.Relu", ...
  bool photonic = false;
  int64_t count = 1;
  /// Photonic layers only.
  cost::Workload workload;
  cost::Mapping mapping;
  /// No mapping is better for the layer alone.
  bool provenOptimal = false;
  cost::Counts counts;
  cost::Cost cost;
};

struct Model {
  std::string name;
  int64_t macs = 0, parameters = 0;
  double weight = 1; ///< share in a search over several networks
  /// No mappings have an objective that is less by more than this ratio.
  std::optional<double> boundGap;
  /// None is better, but for what rounding to fJ and ps may leave.
  bool isProvenOptimal() const { return boundGap && *boundGap <= 1 + 1e-6; }
  std::vector<Layer> layers;
  std::vector<std::string> warnings;
};

/// Sums over a model, each layer times its count.
struct Totals {
  int64_t latencyPs = 0, energyFj = 0, macs = 0;
  /// Of electronic work: its part of the latency, and its time beside
  /// contractions, which is no part of it.
  int64_t electronicPs = 0, hiddenPs = 0;
  /// MACs done over MACs that the compute sites could do in that time.
  double utilization = 0;
  cost::Breakdown energyBreakdownFj;

  double edpJs() const;
  double averagePowerMw() const;
};

/// A design that a search found.
struct DesignFigures {
  std::map<std::string, double> knobs;
  int64_t latencyPs = 0, energyFj = 0, areaUm2 = 0, peakPowerUw = 0;
};

/// The design that would win if it were not for the winner.
struct RunnerUp {
  DesignFigures figures;
  double relativeObjective = 1; ///< objective over the winner's
};

/// Effect on the objective of moving one knob off the winner's value.
struct Sensitivity {
  std::string knob;
  double value = 0, winnerValue = 0;
  double relativeObjective = 1; ///< objective over the winner's
};

struct SearchSummary {
  double spaceSize = 0, seconds = 0;
  /// Designs decided; of these, rejected and beaten without mapping, and
  /// mapped.
  uint64_t evaluated = 0, pruned = 0, beaten = 0, mapped = 0;
  uint64_t mappingsEvaluated = 0;
  /// No design, however mapped, is better by more than this ratio.
  std::optional<double> gap;
  /// Designs whose figures are the pass pipeline's, where all feasible ones'
  /// are.
  std::optional<uint64_t> throughPipeline;
  bool provenOptimal = false, exhaustive = false, interrupted = false;
  uint64_t seed = 0;
  std::map<std::string, uint64_t> rejected; ///< reason -> designs
  std::vector<DesignFigures> front;         ///< Pareto
  std::vector<std::string> frontAxes;       ///< latency, energy, area, power
  std::optional<RunnerUp> runnerUp;
  std::vector<Sensitivity> sensitivities;
  std::string strategy;
};

/// The same question asked with other device numbers: the totals, and in a
/// search the design that wins with them.
struct DeviceSetResult {
  std::string name, source;
  bool feasible = false;
  Totals totals;
  int64_t areaUm2 = 0;
  std::map<std::string, double> knobs;
};

struct Report {
  std::string accelerator, acceleratorTitle, source;
  std::map<std::string, double> knobs, deviceOverrides;
  std::string deviceSet, deviceSetSource, objective, reading = "mapped";
  std::vector<std::string> levels; ///< names, outermost first
  std::vector<cost::LevelKind> levelKinds;
  std::vector<cost::Tensor> converterTensors; ///< by level; converters only
  std::vector<Model> models;
  cost::Footprint footprint;
  double clockGhz = 0;
  int64_t computeSites = 1;
  std::vector<std::string> infeasibilities;
  std::vector<std::string> suggestions; ///< changes that make it feasible
  std::optional<SearchSummary> search;
  /// Where several device sets were asked for; all else is of the first.
  std::vector<DeviceSetResult> deviceSets;

  Totals totals(const Model &model) const;
  /// Over all models, each weighted.
  Totals totals() const;
  /// As that of Totals, in the time of one execution of a layer.
  double utilization(const Layer &layer) const;
  /// The energy of `totals` in memories, converters, static (what nothing is
  /// counted at: lasers, combs, fan-outs), compute and electronic (the vector
  /// unit). Nothing for a publication's reading, which has no levels.
  cost::Breakdown energyByKind(const Totals &totals) const;
};

/// A figure of one network as it counts among several: rounded once.
int64_t weighted(int64_t value, double weight);

void writeJson(const Report &report, llvm::raw_ostream &os);
void writeCsv(const Report &report, llvm::raw_ostream &os);
/// The first mapped contraction of that name; null if there is none.
const Layer *findMapped(const Report &report, llvm::StringRef name);

/// Its mapping as a loop nest, outermost level first.
void writeLoopNest(const Report &report, const Layer &layer,
                   llvm::raw_ostream &os);

/// `maxLayers`: longer networks show their most expensive layers only.
void writeText(const Report &report, llvm::raw_ostream &os,
               unsigned maxLayers = 30);

} // namespace ohas::report

#endif // OHAS_REPORT_REPORT_H

//===- ModuleReport.cpp - A report of an annotated module -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Tools/ModuleReport.h"
#include "fmt/format.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "ohas/Analysis/OperationName.h"
#include "ohas/CostModel/Feasibility.h"

using namespace mlir;
using namespace ohas;

/// The trained values: what the importer counted, or the elements of all
/// floating-point constants.
static int64_t countParameters(ModuleOp module) {
  if (auto onnx = module->getAttrOfType<DictionaryAttr>("ohas.onnx"))
    if (auto parameters = onnx.getAs<IntegerAttr>("parameters"))
      return parameters.getInt();
  int64_t parameters = 0;
  module.walk([&](arith::ConstantOp constant) {
    auto type = dyn_cast<RankedTensorType>(constant.getType());
    if (type && type.hasStaticShape() && isa<FloatType>(type.getElementType()))
      parameters += type.getNumElements();
  });
  return parameters;
}

static void describeAccelerator(report::Report &report,
                                const CostAnalysis &costs) {
  const TargetAccelerator &target = costs.target();
  report.accelerator = target.spec.name;
  report.acceleratorTitle = target.spec.title;
  report.source = target.spec.source;
  for (const cost::KnobSpec &knob : target.spec.knobs) {
    auto chosen = target.point.knobs.find(knob.name);
    report.knobs[knob.name] =
        chosen == target.point.knobs.end() ? knob.defaultValue : chosen->second;
  }
  report.deviceOverrides = target.point.deviceOverrides;
  for (const cost::DeviceSetSpec &set : target.spec.deviceSets)
    if (target.point.deviceSet.empty() || set.name == target.point.deviceSet) {
      report.deviceSet = set.name;
      report.deviceSetSource = set.source;
      break;
    }
  const cost::Accelerator &accelerator = target.accelerator;
  for (const cost::Level &level : accelerator.levels) {
    report.levels.push_back(level.name);
    report.levelKinds.push_back(level.kind);
    report.converterTensors.push_back(level.tensor);
  }
  report.clockGhz = accelerator.clockGhz;
  report.computeSites = accelerator.copies(accelerator.levels.size() - 1);
  report.footprint = costs.footprint();
  for (cost::Infeasibility &reason : cost::infeasibilities(accelerator))
    report.infeasibilities.push_back(std::move(reason.message));
  if (!report.infeasibilities.empty())
    report.suggestions = cost::nearestFeasible(target.spec, target.point);
}

void ohas::addToReport(report::Report &report, const CostAnalysis &costs,
                       ModuleOp module, StringRef name, double weight) {
  if (report.models.empty())
    describeAccelerator(report, costs);
  report::Model model;
  model.name = name.str();
  model.weight = weight;
  model.parameters = countParameters(module);
  if (auto gap = module->getAttrOfType<FloatAttr>(optical::boundGapAttrName))
    model.boundGap = gap.getValueAsDouble();
  std::vector<std::string> uncosted;
  for (const OperationCost &entry : costs.operations()) {
    if (!entry.costed)
      uncosted.push_back(operationName(entry.op));
    report::Layer layer;
    layer.name = operationName(entry.op);
    layer.photonic = entry.photonic;
    auto electronic = dyn_cast<optical::ElectronicOp>(entry.op);
    layer.op = electronic ? electronic.getOpName().str()
                          : entry.op->getName().getStringRef().str();
    layer.count = entry.count;
    layer.workload = entry.workload;
    layer.mapping = entry.mapping;
    layer.provenOptimal = entry.op->hasAttr(optical::provenAttrName);
    layer.counts = entry.counts;
    layer.cost = entry.cost;
    model.layers.push_back(std::move(layer));
  }
  if (!uncosted.empty())
    model.warnings.push_back(fmt::format(
        "{} electronic operations have sizes that depend on data and are not "
        "costed, {} for one",
        uncosted.size(), uncosted.front()));
  cost::Cost total = costs.total();
  if (total.latencyPs == INT64_MAX || total.energyFj == INT64_MAX)
    model.warnings.push_back(
        "its latency or energy reaches 2^63 ps or fJ, the "
        "most there is: sums, shares and ratios of it mean "
        "nothing");
  model.macs = total.macs;
  report.models.push_back(std::move(model));
}

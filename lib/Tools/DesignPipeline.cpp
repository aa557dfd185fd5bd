//===- DesignPipeline.cpp - A design through the pass pipeline --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DesignPipeline.h"
#include "fmt/format.h"
#include "ohas/Search/PipelineEvaluator.h"
#include "ohas/Tools/ModuleReport.h"

using namespace mlir;
using namespace ohas;

search::Totals PipelineDesign::totals() const {
  report::Totals sums = report.totals();
  return {sums.latencyPs, sums.energyFj, report.footprint.areaUm2,
          report.footprint.peakPowerUw};
}

static std::string nameOf(const cost::DesignPoint &point) {
  std::string text;
  for (const auto &[name, value] : point.knobs)
    text += fmt::format("{}{} = {}", text.empty() ? "the design " : ", ", name,
                        value);
  return text.empty() ? "the only design" : text;
}

static std::string figuresOf(const search::Totals &totals) {
  return fmt::format("{} ps, {} fJ, {} um2, {} uW", totals.latencyPs,
                     totals.energyFj, totals.areaUm2, totals.peakPowerUw);
}

llvm::Expected<PipelineDesign>
ohas::runPipeline(llvm::ArrayRef<NamedNetwork> networks, StringRef accelerator,
                  const search::MapperOptions &mapper,
                  const cost::DesignPoint &point,
                  std::shared_ptr<search::MapperMemo> known) {
  auto fail = [&] {
    return llvm::createStringError(
        "internal error: the pass pipeline fails on " + nameOf(point) +
        ", which the search found feasible");
  };
  PipelineDesign design;
  for (const NamedNetwork &network : networks) {
    search::PipelineEvaluator pipeline(network.module.get(), accelerator,
                                       mapper, known);
    FailureOr<OwningOpRef<ModuleOp>> module = pipeline.run(point);
    if (failed(module))
      return fail();
    CostAnalysis costs(**module);
    if (!costs.isValid())
      return fail();
    addToReport(design.report, costs, **module, network.name, network.weight);
    design.mapped.push_back(std::move(*module));
  }
  return design;
}

llvm::Error ohas::checkPromise(const cost::DesignPoint &point,
                               const search::Totals &promised,
                               const search::Totals &given) {
  if (given == promised)
    return llvm::Error::success();
  return llvm::createStringError("internal error: for " + nameOf(point) +
                                 " the search promised " + figuresOf(promised) +
                                 ", and the pass pipeline gives " +
                                 figuresOf(given));
}

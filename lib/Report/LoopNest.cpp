//===- LoopNest.cpp - A mapping as loops to read ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "fmt/format.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Report/Report.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas;
using namespace ohas::report;

const Layer *ohas::report::findMapped(const Report &report,
                                      llvm::StringRef name) {
  for (const Model &model : report.models)
    for (const Layer &layer : model.layers)
      if (layer.name == name && layer.photonic && !layer.mapping.levels.empty())
        return &layer;
  return nullptr;
}

static std::string names(cost::TensorSet tensors) {
  std::string text;
  for (cost::Tensor tensor : cost::allTensors)
    if (tensors.contains(tensor))
      text += (text.empty() ? "" : ", ") + cost::name(tensor).str();
  return text;
}

/// The distance between the indices of a loop, by level and loop.
static std::vector<std::vector<int64_t>> loopSteps(const Layer &layer) {
  std::vector<std::vector<int64_t>> steps(layer.mapping.levels.size());
  std::array<int64_t, cost::numDims> inside;
  inside.fill(1);
  for (size_t i = steps.size(); i-- > 0;) {
    const auto &loops = layer.mapping.levels[i].loops;
    steps[i].resize(loops.size());
    for (size_t k = loops.size(); k-- > 0;) {
      int64_t &step = inside[cost::index(loops[k].dim)];
      steps[i][k] = step;
      step = cost::saturatingMul(step, loops[k].bound);
    }
  }
  return steps;
}

void ohas::report::writeLoopNest(const Report &report, const Layer &layer,
                                 llvm::raw_ostream &os) {
  os << fmt::format("\nMapping of {}{}\n", layer.name,
                    layer.provenOptimal ? ", the best there is for it alone"
                                        : "");
  std::vector<std::vector<int64_t>> steps = loopSteps(layer);
  size_t depth = 1;
  for (size_t i = 0; i < layer.mapping.levels.size(); ++i) {
    const cost::LevelMapping &level = layer.mapping.levels[i];
    std::string says;
    if (!level.kept.empty())
      says = "keeps " + names(level.kept);
    if (!level.resident.empty())
      says += "; there stay " + names(level.resident);
    bool spreads = report.levelKinds[i] == cost::LevelKind::Fanout;
    for (const cost::Loop &loop : level.loops)
      if (spreads)
        says += fmt::format("{}{} {}", says.empty() ? "spreads " : " x ",
                            cost::name(loop.dim).str(), loop.bound);
    if (says.empty())
      continue;
    os << fmt::format("  {:<16} {}\n", report.levels[i], says);
    for (size_t k = 0; k < level.loops.size() && !spreads; ++k, ++depth) {
      const cost::Loop &loop = level.loops[k];
      int64_t end = std::min(cost::saturatingMul(loop.bound, steps[i][k]),
                             layer.workload.size(loop.dim));
      os << fmt::format("{:{}}for {} in 0..{} step {}\n", "", 2 + 2 * depth,
                        cost::name(loop.dim).str(), end, steps[i][k]);
    }
  }
  os << fmt::format("{:{}}{}\n", "", 2 + 2 * depth, report.levels.back());
}

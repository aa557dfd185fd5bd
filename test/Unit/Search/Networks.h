//===- Networks.h - Small networks and designs for them ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_NETWORKS_H
#define OHAS_TEST_UNIT_SEARCH_NETWORKS_H

#include "Nests.h"
#include "ohas/Search/NetworkEvaluator.h"
#include "ohas/Search/Search.h"

namespace ohas::search::test {

/// As the tools search, over designs of one network.
inline SearchResult search(NetworkEvaluator &evaluator,
                           const DesignSpace &space,
                           const SearchOptions &options) {
  return searchDesigns(
      space,
      [&](const Candidate &candidate, const Bar &) {
        return evaluator.evaluate(candidate.point);
      },
      [&](const DesignPoint &point) { return evaluator.bound(point); },
      options);
}

inline Expression expr(llvm::StringRef text) {
  return llvm::cantFail(Expression::parse(text));
}

/// Memory, `cores` copies, a laser that is always on and a vector unit.
inline AcceleratorSpec makeSpec() {
  AcceleratorSpec spec;
  spec.name = "cores";
  spec.properties = {{"clock_ghz", expr("1")}};
  spec.link = LinkSpec{"laser_dbm", expr("cores"), expr("12"), {}, {}, ""};
  spec.knobs = {{"cores", "", 4, {1, 2, 4, 8, 16}}, {"unused", "", 1, {1, 2}}};
  LevelSpec dram;
  dram.name = "dram";
  dram.kind = LevelKind::Memory;
  dram.canKeep = dram.mustKeep = everyTensor;
  dram.properties = {{"read_fj_per_bit", expr("10")}};
  LevelSpec cores;
  cores.name = "cores";
  cores.kind = LevelKind::Fanout;
  cores.properties = {{"extent", expr("cores")}};
  LevelSpec laser;
  laser.name = "laser";
  laser.kind = LevelKind::Component;
  laser.properties = {{"static_uw", expr("1000")}, {"area_um2", expr("5e6")}};
  LevelSpec mac;
  mac.name = "mac";
  mac.kind = LevelKind::Compute;
  mac.properties = {{"energy_fj", expr("100")}};
  spec.levels = {dram, cores, laser, mac};
  VectorUnitSpec unit;
  unit.name = "simd";
  unit.memory = "dram";
  unit.properties = {{"elements_per_cycle", expr("2")},
                     {"clock_ghz", expr("1")}};
  unit.energyFjPerElement = {{OperationClass::Activation, expr("7")}};
  spec.vectorUnit = unit;
  return spec;
}

inline NetworkWork::Step contraction(size_t layer, int64_t count = 1) {
  NetworkWork::Step step;
  step.layer = layer;
  step.count = count;
  return step;
}

/// It follows the step before it.
inline NetworkWork::Step activation(int64_t elements, int64_t count = 1) {
  NetworkWork::Step step;
  step.electronic = {OperationClass::Activation, elements, 8 * elements,
                     8 * elements};
  step.count = count;
  step.isNext = true;
  return step;
}

inline DesignPoint cores(double value) {
  DesignPoint point;
  point.knobs["cores"] = value;
  return point;
}

inline Constraint constraint(llvm::StringRef text) {
  return llvm::cantFail(Constraint::parse(text, {"cores"}));
}

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_NETWORKS_H

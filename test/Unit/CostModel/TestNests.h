//===- TestNests.h - Small accelerators for tests ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_COSTMODEL_TESTNESTS_H
#define OHAS_TEST_UNIT_COSTMODEL_TESTNESTS_H

#include "ohas/CostModel/AcceleratorSpec.h"
#include "ohas/CostModel/Mapping.h"

namespace ohas::cost {

inline constexpr TensorSet everyTensor = {Tensor::Weight, Tensor::Input,
                                          Tensor::Output};

inline Level memoryLevel(std::string name, TensorSet keeps = everyTensor) {
  Level level;
  level.name = std::move(name);
  level.kind = LevelKind::Memory;
  level.clockGhz = 1;
  level.canKeep = keeps;
  level.temporalDims = everyDim;
  return level;
}

inline Level fanoutLevel(std::string name, int64_t extent, FanoutMode weight,
                         FanoutMode input, FanoutMode output) {
  Level level;
  level.name = std::move(name);
  level.kind = LevelKind::Fanout;
  level.clockGhz = 1;
  level.extent = extent;
  level.spatialDims = everyDim;
  level.modes = {weight, input, output};
  return level;
}

inline Level plainLevel(std::string name, LevelKind kind) {
  Level level;
  level.name = std::move(name);
  level.kind = kind;
  level.clockGhz = 1;
  return level;
}

inline Accelerator nest(std::vector<Level> levels) {
  Accelerator accelerator;
  accelerator.name = "tiny";
  accelerator.accumulatorBits = 24;
  accelerator.levels.assign(levels.begin(), levels.end());
  return accelerator;
}

inline Workload matmul(int64_t m, int64_t c, int64_t p) {
  Workload workload;
  workload.size(Dim::M) = m;
  workload.size(Dim::C) = c;
  workload.size(Dim::P) = p;
  return workload;
}

/// An entry per level: what a memory keeps, and loops.
inline Mapping mappingOf(std::vector<LevelMapping> levels) {
  Mapping mapping;
  mapping.levels.assign(levels.begin(), levels.end());
  return mapping;
}

inline Expression expr(llvm::StringRef text) {
  return llvm::cantFail(Expression::parse(text));
}

} // namespace ohas::cost

#endif // OHAS_TEST_UNIT_COSTMODEL_TESTNESTS_H

//===- Nests.h - Accelerators and workloads for mapper tests ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shaped like published designs, with round numbers: what matters here is the
// structure that a mapper has to cope with.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_SEARCH_NESTS_H
#define OHAS_TEST_UNIT_SEARCH_NESTS_H

#include "ohas/CostModel/Accelerator.h"

namespace ohas::search::test {

using namespace ohas::cost;

inline constexpr TensorSet everyTensor = {Tensor::Weight, Tensor::Input,
                                          Tensor::Output};

inline Level level(const char *name, LevelKind kind) {
  Level result;
  result.name = name;
  result.kind = kind;
  result.clockGhz = 5;
  return result;
}

inline Level memory(const char *name, TensorSet keeps, double fjPerBit,
                    std::optional<int64_t> capacityBits = std::nullopt,
                    DimSet loops = everyDim) {
  Level result = level(name, LevelKind::Memory);
  result.canKeep = result.mustKeep = keeps;
  result.readFjPerBit = result.writeFjPerBit = fjPerBit;
  result.capacityBits = capacityBits;
  result.temporalDims = loops;
  return result;
}

inline Level converter(const char *name, Tensor tensor, double energyFj,
                       bool hold = false) {
  Level result = level(name, LevelKind::Converter);
  result.tensor = tensor;
  result.energyFj = energyFj;
  result.hold = hold;
  return result;
}

/// Modes of weight, input and output.
inline Level fanout(const char *name, int64_t extent, DimSet dims,
                    std::array<FanoutMode, numTensors> modes,
                    TensorSet wired = {}) {
  Level result = level(name, LevelKind::Fanout);
  result.extent = extent;
  result.spatialDims = dims;
  result.modes = modes;
  result.wired = wired;
  return result;
}

inline Accelerator nest(const char *name, std::vector<Level> levels) {
  Accelerator result;
  result.name = name;
  result.clockGhz = 5;
  result.accumulatorBits = 24;
  result.levels.assign(levels.begin(), levels.end());
  return result;
}

/// Like Albireo: 9 x 3 x 3 x 3 x 5 = 1215 products a step.
inline Accelerator albireoLike(int64_t groups = 9) {
  constexpr auto own = FanoutMode::Private, all = FanoutMode::Broadcast,
                 slide = FanoutMode::Window, sum = FanoutMode::Sum;
  constexpr DimSet kernel = {Dim::C, Dim::R, Dim::S, Dim::T};
  Level rows = fanout("rows", 3, kernel, {own, slide, sum}, {Tensor::Output});
  rows.maxPerStep[index(Tensor::Input)] = 7;
  Level laser = level("laser", LevelKind::Component);
  laser.staticUw = 37500.0 * 63 / (groups * 135);
  return nest("albireo-like",
              {memory("dram", everyTensor, 4000),
               memory("glb", {Tensor::Input, Tensor::Output}, 100, 8 << 21),
               converter("in_dac", Tensor::Input, 5200, true),
               converter("in_mzm", Tensor::Input, 2900),
               fanout("plcg", groups, {Dim::M, Dim::G}, {own, all, own}),
               memory("cache", {Tensor::Weight}, 50, 4096 * 64),
               converter("adc", Tensor::Output, 6400),
               fanout("plcu", 3, kernel, {own, own, sum}, {Tensor::Output}),
               fanout("couplers", 3, kernel, {own, own, sum}, {Tensor::Output}),
               rows, converter("w_dac", Tensor::Weight, 7460),
               fanout("columns", 5, {Dim::N, Dim::P, Dim::Q, Dim::D},
                      {all, slide, own}, {Tensor::Weight}),
               laser, level("mac", LevelKind::Compute)});
}

/// Like Lightening-Transformer: both operands modulated every cycle.
inline Accelerator transformerLike() {
  constexpr auto own = FanoutMode::Private, all = FanoutMode::Broadcast,
                 sum = FanoutMode::Sum;
  constexpr DimSet rows = {Dim::M, Dim::G}, columns = {Dim::P, Dim::N};
  Level integrator =
      memory("integrator", {Tensor::Output}, 0, std::nullopt, {Dim::C});
  integrator.accumulateLimit = 3;
  integrator.accumulates = true;
  Accelerator result = nest(
      "transformer-like",
      {memory("dram", everyTensor, 3900),
       memory("glb", everyTensor, 103, 8 << 21),
       memory("in_buffer", {Tensor::Input}, 57, 8 << 12, {}),
       converter("in_dac", Tensor::Input, 300),
       fanout("tiles", 4, rows, {own, all, own}),
       memory("tile_buffer", {Tensor::Weight, Tensor::Output}, 57, 8 << 13,
              {Dim::C, Dim::R, Dim::S, Dim::P, Dim::Q}),
       converter("adc", Tensor::Output, 1500), integrator,
       fanout("cores", 2, {Dim::C, Dim::R, Dim::S}, {own, own, sum},
              {Tensor::Output}),
       converter("w_dac", Tensor::Weight, 300),
       fanout("rows", 12, rows, {own, all, own}),
       fanout("columns", 12, columns, {all, own, own}, {Tensor::Weight}),
       fanout("wavelengths", 12, {Dim::C}, {own, own, sum}, {Tensor::Output}),
       level("mac", LevelKind::Compute)});
  result.bits = {4, 4, 4};
  result.accumulatorBits = 8;
  return result;
}

inline Workload matmul(int64_t m, int64_t c, int64_t p) {
  Workload workload;
  workload.size(Dim::M) = m;
  workload.size(Dim::C) = c;
  workload.size(Dim::P) = p;
  return workload;
}

/// A square convolution.
inline Workload conv(int64_t m, int64_t c, int64_t p, int64_t r,
                     int64_t stride = 1) {
  Workload workload = matmul(m, c, p);
  workload.size(Dim::Q) = p;
  workload.size(Dim::R) = workload.size(Dim::S) = r;
  workload.strides = {stride, stride, 1};
  return workload;
}

} // namespace ohas::search::test

#endif // OHAS_TEST_UNIT_SEARCH_NESTS_H

//===- RandomMappings.cpp - Random accelerators and mappings ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"
#include "ohas/CostModel/Validity.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace ohas;
using namespace ohas::cost;
using namespace ohas::test;

std::string LayerGenerator::dims() {
  std::string text;
  for (Dim dim : allDims)
    if (!oneIn(3))
      text += (text.empty() ? "" : ", ") + name(dim).str();
  return "[" + (text.empty() ? "M" : text) + "]";
}

std::string LayerGenerator::tensors(std::string fallback) {
  std::string text;
  for (Tensor tensor : allTensors)
    if (oneIn(2))
      text += (text.empty() ? "" : ", ") + name(tensor).str();
  return text.empty() ? fallback : text;
}

std::string LayerGenerator::accelerator() {
  std::string text = "optical.accelerator @random {\n"
                     "  optical.memory @dram keeps weight, input, output "
                     "read_fj_per_bit 100\n";
  static const char *operand[] = {"private", "broadcast", "window"};
  int64_t inner = 2 + below(6);
  for (int64_t i = 0; i < inner; ++i) {
    std::string id = std::to_string(i);
    if (oneIn(3)) {
      static const char *from[] = {"weight", "input", "output"};
      text += "  optical.converter @converter" + id + " " + from[below(3)] +
              " from digital to analog energy_fj " + std::to_string(below(90));
      text += oneIn(2) ? " hold\n" : "\n";
    } else if (oneIn(2)) {
      text += "  optical.memory @memory" + id + " keeps " + tensors("input") +
              " loops " + dims() + " read_fj_per_bit 7\n";
    } else {
      text += "  optical.fanout @fanout" + id + " x " +
              std::to_string(1 + below(8)) + " over " + dims() + " weight " +
              operand[below(3)] + ", input " + operand[below(3)] + ", output " +
              (oneIn(2) ? "sum" : "private") + "\n";
    }
  }
  return text + "  optical.compute @mac energy_fj 3\n}\n";
}

/// From the inside out: what is left goes to the outermost memory.
Mapping LayerGenerator::draw(const Workload &workload,
                             const Accelerator &accelerator) {
  Mapping mapping;
  mapping.levels.resize(accelerator.levels.size());
  Workload left = workload;
  for (unsigned i = accelerator.levels.size(); i-- > 0;) {
    const Level &level = accelerator.levels[i];
    bool isFanout = level.kind == LevelKind::Fanout;
    if (!isFanout && level.kind != LevelKind::Memory)
      continue;
    DimSet allowed =
        isFanout ? acceptedDims(workload, level) : level.temporalDims;
    std::array<Dim, numDims> order = allDims;
    std::shuffle(order.begin(), order.end(), random);
    int64_t copies = level.extent;
    for (Dim dim : order) {
      int64_t &size = left.size(dim);
      if (!allowed.contains(dim) || size == 1)
        continue;
      int64_t bound = i == 0 ? size : 1 + below(size);
      if (isFanout)
        bound = 1 + below(std::min(size, copies));
      if (bound == 1 && !oneIn(20))
        continue;
      // Bounds may exceed what there is, here and there.
      if (!isFanout && oneIn(10))
        bound += below(3);
      copies /= bound;
      size = (size + bound - 1) / bound;
      mapping.levels[i].loops.insert(mapping.levels[i].loops.begin(),
                                     Loop{dim, bound});
    }
    for (Tensor tensor : allTensors)
      if (level.canKeep.contains(tensor) &&
          (i == 0 || level.mustKeep.contains(tensor) || oneIn(2)))
        mapping.levels[i].kept.insert(tensor);
  }
  return mapping;
}

std::optional<Mapping> LayerGenerator::mapping(const Workload &workload,
                                               const Accelerator &accelerator) {
  for (unsigned attempt = 0; attempt < 200; ++attempt) {
    Mapping drawn = draw(workload, accelerator);
    if (!findViolation(workload, accelerator, drawn))
      return drawn;
  }
  return std::nullopt;
}

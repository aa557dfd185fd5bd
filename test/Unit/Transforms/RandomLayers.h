//===- RandomLayers.h - Random contractions and accelerators ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_TRANSFORMS_RANDOMLAYERS_H
#define OHAS_TEST_UNIT_TRANSFORMS_RANDOMLAYERS_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Mapping.h"
#include <optional>
#include <random>
#include <string>

namespace ohas::test {

/// Draws layers, nests and mappings; equal seeds draw the same.
class LayerGenerator {
public:
  explicit LayerGenerator(unsigned seed) : random(seed) {}

  int64_t below(int64_t n) { return random() % n; }
  bool oneIn(int64_t n) { return below(n) == 0; }

  /// A function of one contraction, as MLIR.
  std::string layer();
  /// A small accelerator @random, as MLIR.
  std::string accelerator();
  /// A mapping without violations, if one is found soon.
  std::optional<cost::Mapping> mapping(const cost::Workload &workload,
                                       const cost::Accelerator &accelerator);

private:
  std::string conv();
  std::string convTranspose();
  std::string matmul();
  std::string list(unsigned count, int64_t least, int64_t most);
  std::string dims();
  std::string tensors(std::string fallback);
  cost::Mapping draw(const cost::Workload &workload,
                     const cost::Accelerator &accelerator);

  std::string element = "f32";
  std::mt19937 random;
};

} // namespace ohas::test

#endif // OHAS_TEST_UNIT_TRANSFORMS_RANDOMLAYERS_H

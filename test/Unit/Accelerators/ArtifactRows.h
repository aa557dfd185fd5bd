//===- ArtifactRows.h - Of Lightening-Transformer's artifact ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Its simulator prints energy and latency by module of a transformer.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TEST_UNIT_ACCELERATORS_ARTIFACTROWS_H
#define OHAS_TEST_UNIT_ACCELERATORS_ARTIFACTROWS_H

#include "Shipped.h"

namespace ohas {

inline constexpr cost::TensorSet everyTensor = {
    cost::Tensor::Weight, cost::Tensor::Input, cost::Tensor::Output};

/// A row of the artifact's tables: `blocks` products of [n1 x d] . [d x n2].
struct Row {
  const char *module;
  int64_t n1, d, n2, blocks;
  double milliJoules, milliSeconds;
};

inline cost::Workload matmul(int64_t m, int64_t c, int64_t p) {
  cost::Workload workload;
  workload.size(cost::Dim::M) = m;
  workload.size(cost::Dim::C) = c;
  workload.size(cost::Dim::P) = p;
  return workload;
}

/// Linear layers in the published reading.
inline void expectLinear(const Shipped &shipped, const char *network,
                         const std::vector<Row> &rows) {
  for (const Row &row : rows) {
    cost::Cost cost = shipped.published(matmul(row.n1, row.d, row.n2));
    EXPECT_TRUE(
        within(0.001, cost.energyFj * 1e-12 * row.blocks, row.milliJoules))
        << network << " " << row.module;
    EXPECT_TRUE(
        within(0.001, cost.latencyPs * 1e-9 * row.blocks, row.milliSeconds))
        << network << " " << row.module;
  }
}

/// Areas in mm2 in the published reading.
inline void
expectAreas(const Shipped &shipped,
            const std::vector<std::pair<const char *, double>> &areas) {
  cost::Footprint whole = shipped.publishedFootprint();
  for (auto [component, squareMillimetres] : areas)
    EXPECT_TRUE(within(0.001, share(whole.areaBreakdownUm2, component) / 1e6,
                       squareMillimetres))
        << component;
}

} // namespace ohas

#endif // OHAS_TEST_UNIT_ACCELERATORS_ARTIFACTROWS_H

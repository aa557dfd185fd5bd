//===- NetworkProof.h - How good a network's mappings can be ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Weighted sums of energy and time are least where those of every layer are,
// and the exact mapper proves these. SumBounds makes a bound of the objective
// of them. docs/Search.md says what it covers.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_NETWORKPROOF_H
#define OHAS_LIB_SEARCH_NETWORKPROOF_H

#include "NetworkFloor.h"
#include "SumBounds.h"

namespace ohas::search {

class NetworkProof {
public:
  /// By layer: mappings by rising latency and falling energy.
  using Fronts = std::vector<std::vector<MappedPoint>>;

  NetworkProof(const NetworkWork &work, const cost::Accelerator &accelerator,
               const MapperOptions &options, NetworkFloor floor);

  /// No mappings of the layers are better than this value of the (first)
  /// objective, of energy in fJ and latency in ps.
  double leastValue() const;

  /// Bounds another weighted sum. What it finds is added to the fronts, and
  /// `together` gets the mappings that reach the sum, by layer, as far as they
  /// are known. False if no weighted sum could raise the bound.
  bool improve(Fronts &fronts, std::vector<MappedPoint> &together);

private:
  struct LayerBest {
    double least = 0;            ///< no mapping has a smaller weighted sum
    std::optional<Sums> reached; ///< by the best one found
    MappedPoint point;           ///< the same, as it costs where nothing stays
  };
  LayerBest map(size_t layer, cost::TensorSet staying,
                const Weighting &weighting, std::vector<MappedPoint> &front);

  const NetworkWork &work;
  const cost::Accelerator &accelerator;
  const MapperOptions &options;
  NetworkFloor floor;
  SumBounds bounds;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_NETWORKPROOF_H

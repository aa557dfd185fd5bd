//===- NetworkFloor.h - What a network costs at least -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bound on the sums over a network's operations on one design, which rises as
// layers get their mappings.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_NETWORKFLOOR_H
#define OHAS_LIB_SEARCH_NETWORKFLOOR_H

#include "LayerFloor.h"
#include "ohas/Search/NetworkEvaluator.h"

namespace ohas::search {

class NetworkFloor {
public:
  using Trips = std::function<double(const MappingProblem &, size_t layer,
                                     llvm::ArrayRef<TripTerm>)>;

  NetworkFloor(const NetworkWork &work, const cost::Accelerator &accelerator,
               Trips trips);

  /// The layer takes one of these mappings.
  void know(size_t layer, llvm::ArrayRef<MappedPoint> front);

  /// Latency and energy.
  cost::QuickCost sum();
  /// Of electronic work, less what the slowest mappings could hide.
  cost::QuickCost electronic() const;

  /// What of a contraction's tensors may stay on chip: nothing, or tensors that
  /// each fit, and together do.
  llvm::SmallVector<cost::TensorSet, 8>
  stayingSets(const NetworkWork::Step &step) const;
  /// A layer, where `staying` stays on chip.
  const cost::QuickCost &floor(size_t layer, cost::TensorSet staying);

  /// Those that take most energy first.
  std::vector<size_t> layersByWeight();

private:
  cost::QuickCost least(const NetworkWork::Step &step);
  bool mayStay(const NetworkWork::Step &step, cost::TensorSet tensors) const;
  cost::QuickCost compute(size_t layer, cost::TensorSet staying) const;

  const NetworkWork &work;
  const cost::Accelerator &accelerator;
  const cost::Level *level = nullptr; ///< resident memory
  Trips trips;
  std::vector<llvm::ArrayRef<MappedPoint>> fronts; ///< by layer; empty: open
  /// By layer and by what of it stays on chip.
  std::vector<std::array<std::optional<cost::QuickCost>, 8>> floors;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_NETWORKFLOOR_H

//===- LayerFloor.h - What a layer costs at least on a design ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bounds for a search over designs, which has to look at thousands of them.
// They cost microseconds where a mapping costs milliseconds: all fan-outs share
// as much as their sizes allow, and what need not pass often passes once.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_LAYERFLOOR_H
#define OHAS_LIB_SEARCH_LAYERFLOOR_H

#include "MappingPlan.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ohas::search {

/// Of fan-outs, by number as in MappingProblem::fanouts.
using FanoutSet = uint32_t;

/// `weight` times the product, over `dims`, of the trips that a spread leaves
/// where only `fanouts` count. Over all dims and fan-outs trips are steps.
struct TripTerm {
  cost::DimSet dims;
  FanoutSet fanouts;
  double weight;
};

/// The least sum of terms over all spreads.
double leastTrips(const MappingProblem &problem,
                  llvm::ArrayRef<TripTerm> terms);
/// The same, remembered: designs have fan-outs in common.
using LeastTrips = llvm::function_ref<double(llvm::ArrayRef<TripTerm>)>;

/// No mapping takes less energy, and none less time (another one, maybe).
struct LayerFloor {
  double energyFj = 0, latencyNs = 0;
};

/// Where the tensors `mayStay` do stay in resident memory, they pass none
/// further out.
LayerFloor layerFloor(const MappingProblem &problem, LeastTrips trips,
                      cost::TensorSet mayStay);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_LAYERFLOOR_H

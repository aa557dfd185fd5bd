//===- Mapper.h - Finds a good mapping of one workload ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_MAPPER_H
#define OHAS_SEARCH_MAPPER_H

#include "ohas/CostModel/Cost.h"
#include "ohas/Search/Objective.h"

namespace ohas::search {

/// Which loop bounds a mapspace has. What the fan-outs leave of a dim, rounded
/// up, are its trips; temporal loops divide these up from the inside out, and
/// the outermost one takes the rest.
enum class Factors : uint8_t {
  Perfect,  ///< temporal bounds that divide what is left
  Balanced, ///< ragged too: of bounds that leave equally many, the smallest
  Every,    ///< any bound
};

struct MapperOptions {
  Goal objective;
  uint64_t seed = 0;
  /// Mappings evaluated per layer at most; the result depends on it, never on
  /// time.
  uint64_t budget = 2000;
  /// Work of the branch and bound that improves what was found and proves it,
  /// in nodes of its tree; 0 leaves it out.
  uint64_t proofBudget = 5000;
  /// The mapspace that the proof is about.
  Factors factors = Factors::Perfect;
  /// Of a network, not of a layer: mappings are looked for that its sums gain
  /// most from, and what any could gain at most is bounded, with `proofBudget`
  /// for each weighted sum of energy and time.
  bool proveNetwork = false;
};

/// A mapping with its figures alone.
struct MappedPoint {
  cost::Mapping mapping;
  int64_t latencyPs = 0, energyFj = 0;
  /// It is proven to be the best for the objective, as of MapperResult.
  bool provenOptimal = false;
};

struct MapperResult {
  cost::Mapping mapping;
  cost::Cost cost;
  uint64_t evaluated = 0; ///< complete mappings costed
  uint64_t discarded = 0; ///< invalid ones (capacity, wiring ...)
  double spaceSize = 0;   ///< estimate of the number of mappings
  /// No mapping with bounds as MapperOptions::factors says is better.
  bool provenOptimal = false;
  uint64_t nodes = 0; ///< of the proof
  /// The mappings seen that some weighting of energy against latency prefers
  /// (the lower convex hull), by rising latency; where electronic work may
  /// overlap, all that nothing else seen beats. Never empty: a network's EDP is
  /// minimised over these.
  std::vector<MappedPoint> front;
};

/// The best mapping found. Deterministic for equal arguments. Errors: no valid
/// mapping exists or was found, with the level that stands in the way.
llvm::Expected<MapperResult> findMapping(const cost::Workload &workload,
                                         const cost::Accelerator &accelerator,
                                         const MapperOptions &options);

} // namespace ohas::search

#endif // OHAS_SEARCH_MAPPER_H

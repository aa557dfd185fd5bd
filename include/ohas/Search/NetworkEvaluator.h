//===- NetworkEvaluator.h - A whole network on one design -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_NETWORKEVALUATOR_H
#define OHAS_SEARCH_NETWORKEVALUATOR_H

#include "ohas/Search/Constraint.h"
#include "ohas/Search/MapperMemo.h"
#include <mutex>
#include <unordered_map>

namespace ohas::search {

class MappingProblem;
class NetworkFloor;
struct TripTerm;

/// What a network asks for.
struct NetworkWork {
  /// Equal contractions are one layer.
  struct Layer {
    cost::Workload workload;
    std::string name; ///< of its first op, for messages
  };
  /// A tensor that an operation makes and later ones read, so that it may stay
  /// in a resident memory from step `first` to step `last`. Or a constant
  /// weight, which may stay for good.
  struct Activation {
    int64_t elements = 0;
    size_t first = 0, last = 0;
    bool isWeight = false;
  };
  /// Operations in their order, those of loops and branches at their place.
  struct Step {
    /// Of layers, if it is a contraction.
    std::optional<size_t> layer;
    /// Electronic work, as far as its sizes are known.
    std::optional<cost::ElectronicWork> electronic;
    int64_t count = 1;
    /// It is in the same block as the step before it.
    bool isNext = false;
    /// Of activations: what a contraction of a function's own block reads or
    /// makes in each role, and the constant weight of any.
    std::array<std::optional<size_t>, cost::numTensors> activations;
  };
  std::vector<Layer> layers;
  std::vector<Activation> activations;
  std::vector<Step> steps;
};

/// An outcome with what it was made of.
struct NetworkDesign {
  Outcome outcome;
  cost::Accelerator accelerator;
  std::vector<MappedPoint> layers; ///< as NetworkWork::layers, when feasible
  /// As NetworkWork::steps: what of a contraction stays in resident memory.
  std::vector<cost::TensorSet> residents;
  /// With MapperOptions::proveNetwork: no mappings of the layers, whatever
  /// stays on chip, have a (first) objective that is less by more than this
  /// ratio (1: by nothing).
  std::optional<double> boundGap;

  /// Ratios up to this are what rounding to fJ and ps may leave.
  static constexpr double provenGap = 1 + 1e-6;
};

/// A mapping that a layer could take, by its position in MapperResult::front,
/// with what it costs over all executions of the layer.
struct LayerChoice {
  size_t point = 0;
  int64_t latencyPs = 0, energyFj = 0;
};

/// Of each front (latency not falling, energy falling) the point to use, so
/// that the sums are least for the goal. Sums start from `fixed`. Exact: the
/// product of two sums is least at a combination that all layers choose under
/// one common weighting of energy against latency, and all such combinations
/// are tried. What is equal in one objective is among these, too.
std::vector<size_t>
chooseFromFronts(std::vector<std::vector<LayerChoice>> fronts,
                 const Totals &fixed, const Goal &goal);

/// Judges designs for one network. May be used by several threads at once;
/// equal layers on designs that do not differ for the mapper are mapped once.
class NetworkEvaluator {
public:
  NetworkEvaluator(const cost::AcceleratorSpec &spec, NetworkWork work,
                   MapperOptions mapper, std::vector<Constraint> constraints,
                   std::shared_ptr<MapperMemo> known = nullptr);

  Outcome evaluate(const cost::DesignPoint &point);
  /// What can be said without mapping: Pruned, or Open with figures that no
  /// mapping is below. Area and peak power are exact. Takes microseconds a
  /// layer.
  Outcome bound(const cost::DesignPoint &point);
  /// With MapAnyway a design that light cannot build is mapped all the same, so
  /// that one sees what it would cost.
  enum class IfInfeasible { Reject, MapAnyway };
  /// Asked with figures that no mapping of a design is below: if it holds, the
  /// design is given up as Beaten, with these figures.
  using IsHopeless = llvm::function_ref<bool(const Totals &)>;
  NetworkDesign design(const cost::DesignPoint &point,
                       IfInfeasible ifInfeasible = IfInfeasible::Reject,
                       IsHopeless isHopeless = {});

private:
  double leastTrips(const MappingProblem &problem,
                    llvm::ArrayRef<TripTerm> terms, std::string key);
  bool screen(NetworkDesign &design, const cost::DesignPoint &point,
              IfInfeasible ifInfeasible) const;
  NetworkFloor floor(const cost::Accelerator &accelerator);
  bool isGivenUp(NetworkDesign &design, IsHopeless isHopeless);
  std::shared_ptr<const MapperMemo::Mapped>
  map(size_t layer, NetworkDesign &design, const std::string &accelerator);
  void mapLayers(NetworkDesign &design);
  void assemble(NetworkDesign &design,
                llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> fronts) const;
  void addSteps(NetworkDesign &design) const;
  void prove(NetworkDesign &design,
             llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> fronts);
  void checkMapped(NetworkDesign &design, const cost::DesignPoint &point) const;
  void checkBound(Outcome &bound, const cost::DesignPoint &point) const;

  const cost::AcceleratorSpec &spec;
  NetworkWork work;
  MapperOptions options;
  std::vector<Constraint> constraints;
  std::shared_ptr<MapperMemo> mappings;
  std::mutex mutex;                              ///< of `trips`
  std::unordered_map<std::string, double> trips; ///< memo of leastTrips
};

} // namespace ohas::search

#endif // OHAS_SEARCH_NETWORKEVALUATOR_H

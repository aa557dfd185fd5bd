//===- NetworkBound.cpp - A design, without mapping it ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fingerprint.h"
#include "NetworkProof.h"
#include <limits>

using namespace ohas::search;
using namespace ohas;

/// Each takes a proof for every layer; a handful closes most gaps.
static constexpr unsigned maxWeightings = 16;

/// Trips depend on the fan-outs alone, which many designs have in common.
double NetworkEvaluator::leastTrips(const MappingProblem &problem,
                                    llvm::ArrayRef<TripTerm> terms,
                                    std::string key) {
  // One term is as good as its multiple.
  double weight = terms.size() == 1 ? terms.front().weight : 1;
  if (weight == 0)
    return 0;
  llvm::SmallVector<TripTerm, 4> scaled(terms);
  auto append = [&](auto number) {
    key.append(reinterpret_cast<const char *>(&number), sizeof(number));
  };
  for (TripTerm &term : scaled) {
    term.weight /= weight;
    append(term.dims.mask());
    append(term.fanouts);
    append(term.weight);
  }
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (auto found = trips.find(key); found != trips.end())
      return found->second * weight;
  }
  double least = search::leastTrips(problem, scaled);
  std::lock_guard<std::mutex> lock(mutex);
  return trips.emplace(std::move(key), least).first->second * weight;
}

NetworkFloor NetworkEvaluator::floor(const cost::Accelerator &accelerator) {
  return NetworkFloor(work, accelerator,
                      [this, fanouts = fanoutFingerprint(accelerator)](
                          const MappingProblem &problem, size_t layer,
                          llvm::ArrayRef<TripTerm> terms) {
                        return leastTrips(problem, terms,
                                          fanouts + std::to_string(layer));
                      });
}

void NetworkEvaluator::checkBound(Outcome &bound,
                                  const cost::DesignPoint &point) const {
  for (const Constraint &constraint : constraints)
    if (auto rejection = constraint.checkBound(bound.totals, point))
      bound.rejections.push_back(std::move(*rejection));
  bound.status = bound.rejections.empty() ? Status::Open : Status::Pruned;
}

static void setSums(Totals &totals, const cost::QuickCost &sums) {
  totals.latencyPs = sums.latencyPs;
  totals.energyFj = sums.energyFj;
}

Outcome NetworkEvaluator::bound(const cost::DesignPoint &point) {
  NetworkDesign design;
  Outcome &outcome = design.outcome;
  if (!screen(design, point, IfInfeasible::Reject)) {
    outcome.status = Status::Pruned;
    return std::move(outcome);
  }
  setSums(outcome.totals, floor(design.accelerator).sum());
  checkBound(outcome, point);
  return std::move(outcome);
}

/// Maps layers as long as the design may still matter, those that tell most
/// first.
bool NetworkEvaluator::isGivenUp(NetworkDesign &design, IsHopeless isHopeless) {
  NetworkFloor floor = this->floor(design.accelerator);
  std::string accelerator = fingerprint(design.accelerator);
  Totals bound = design.outcome.totals;
  auto isOver = [&] {
    setSums(bound, floor.sum());
    if (!isHopeless(bound))
      return false;
    design.outcome.totals = bound;
    return true;
  };
  if (isOver())
    return true;
  // What is known of a layer is not all that it may take.
  if (options.proveNetwork)
    return false;
  std::vector<std::shared_ptr<const MapperMemo::Mapped>> mapped;
  for (size_t layer : floor.layersByWeight()) {
    mapped.push_back(map(layer, design, accelerator));
    if (!mapped.back()->error.empty())
      return false; // mapLayers says so
    floor.know(layer, mapped.back()->front);
    if (isOver())
      return true;
  }
  return false;
}

/// Mappings that a proof finds may be better together.
void NetworkEvaluator::prove(
    NetworkDesign &design, llvm::ArrayRef<llvm::ArrayRef<MappedPoint>> known) {
  NetworkProof proof(work, design.accelerator, options,
                     floor(design.accelerator));
  NetworkProof::Fronts fronts;
  for (llvm::ArrayRef<MappedPoint> front : known)
    fronts.push_back(front.vec());
  Goal goal = options.objective.ofMappings();
  auto gap = [&] {
    double value = objectiveValue(goal.first, design.outcome.totals),
           least = proof.leastValue();
    return least > 0 ? std::max(value / least, 1.0)
                     : std::numeric_limits<double>::infinity();
  };
  auto offer = [&](NetworkDesign other) {
    if (goal.isLess(valueOf(goal, other.outcome.totals),
                    valueOf(goal, design.outcome.totals)))
      design = std::move(other);
  };
  for (unsigned i = 0; i < maxWeightings && gap() > 1; ++i) {
    NetworkDesign together = design;
    if (!proof.improve(fronts, together.layers))
      break;
    // They are best with what stays on chip.
    addSteps(together);
    offer(std::move(together));
    NetworkDesign other = design;
    std::vector<llvm::ArrayRef<MappedPoint>> choices(fronts.begin(),
                                                     fronts.end());
    assemble(other, choices);
    offer(std::move(other));
  }
  design.boundGap = gap();
}

//===- SpreadFloor.h - What a spread costs at least -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A first bound, cheap enough for every spread there is: what every step takes
// is exact, and everything else passes once.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_SPREADFLOOR_H
#define OHAS_LIB_SEARCH_SPREADFLOOR_H

#include "Crossings.h"
#include "Incumbent.h"

namespace ohas::search {

class SpreadFloor {
public:
  SpreadFloor(const MappingProblem &problem, llvm::ArrayRef<KeptSets> keptSets,
              Factors factors);

  /// Least value however the fan-outs before number `position` spread, and at
  /// least `steps` remain.
  GoalValue leastValue(const Spread &begun, size_t position, double steps,
                       const Incumbent &incumbent);

  /// Least value of each kept set, in their order.
  llvm::ArrayRef<GoalValue> values(const Spread &spread, double steps,
                                   const Incumbent &incumbent);

private:
  /// Crossings that are counted alike.
  struct Shape {
    Flow flow;
    unsigned place;
    bool everyStep, weak;
    double elements; ///< along dims that are in no list
    double once = 1; ///< distinct elements, but for repeats
    llvm::SmallVector<unsigned, 8> repeats; ///< irrelevant dims of the problem
    llvm::SmallVector<unsigned, 3> axes;    ///< window pairs
    /// By fan-out between: the dims along which its copies share.
    llvm::SmallVector<std::pair<unsigned, uint16_t>, 6> sharing;
    double copiesFrom; ///< fan-outs above the place
  };
  struct Use {
    unsigned shape;
    double energyFj;
    LaneTimes lanes;
  };
  /// Tiles that a memory is programmed with, at the least.
  struct Programmed {
    double latencyNs, elementsPerNs; ///< 0: no limit
    unsigned memory;
    uint16_t relevant;  ///< dims of the tensor
    uint16_t elsewhere; ///< of these, what only memories further out loop over
    int lane;           ///< that hides it, or -1
  };
  struct Kept {
    std::vector<Programmed> programmed;
    double energyFj = 0;
    LaneTimes lanes; ///< that any mapping takes
    std::vector<Use> uses;
    unsigned laneCount = 0;
  };

  unsigned shapeOf(const Crossing &crossing);
  double integrations(const Shape &shape, const Spread &spread) const;
  double count(const Shape &shape, const Spread &spread) const;
  double leastEnergyFj(const Spread &begun, size_t position);
  double windowElements(unsigned pair, int64_t positions,
                        int64_t indices) const;
  double programmingNs(const Programmed &programmed,
                       const Spread &spread) const;
  double spreadBelow(const Spread &spread, unsigned level, unsigned d) const;

  const MappingProblem &problem;
  Factors factors;
  std::vector<Shape> shapes;
  std::vector<Kept> keptSets;
  std::vector<double> counts, copies;
  std::vector<GoalValue> result;
  double stepNs, alwaysUw = 0, computeFj = 0;
  double leastFj = 0; ///< of all kept sets, where every fan-out is open
  llvm::SmallVector<std::pair<unsigned, double>, 4> perStepFj; ///< by level
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_SPREADFLOOR_H

//===- TileSearch.h - The best tiles and orders of a layout -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TILESEARCH_H
#define OHAS_LIB_SEARCH_TILESEARCH_H

#include "CostToGo.h"
#include "Incumbent.h"

namespace ohas::search {

/// What a proof did, and how much it may do: work is in nodes, other steps
/// count for the time that they take beside one.
struct SearchStatistics {
  uint64_t spreads = 0;
  uint64_t candidates = 0;    ///< layouts that a first bound leaves
  uint64_t layouts = 0;       ///< whose tiles were looked at
  uint64_t tableCosts = 0;    ///< of complete mappings, see CostToGo
  uint64_t nodes = 0;         ///< tiles with the loops above them
  uint64_t bounds = 0;        ///< of tiles from those further out
  uint64_t leaves = 0;        ///< complete choices of tiles and innermost loops
  double work = 0, limit = 0; ///< no limit: 0
  /// What of the search was left out is no better than this value of the first
  /// objective.
  double leastOpen = std::numeric_limits<double>::infinity();
  bool exhausted() const { return limit > 0 && work >= limit; }
};

/// Branch and bound from the outermost memory inwards.
class TileSearch {
public:
  /// `late`: see LayoutBound.
  TileSearch(const MappingProblem &problem, const Layout &layout,
             Factors factors, llvm::ArrayRef<unsigned> late, size_t mostTiles,
             TablePool &pool, Incumbent &incumbent, SearchStatistics &stats);
  /// Makes the tables. False if these already show that nothing is better.
  bool begin();
  /// After that: what is better.
  void run();
  /// No tables with more tiles would show more.
  bool isFine() const { return bound.grid().isFine(); }
  llvm::ArrayRef<unsigned> mayLandLate() const { return bound.mayLandLate(); }

private:
  using Extents = LayoutBound::Extents;
  using Order = llvm::SmallVector<int, 10>; ///< dims, innermost last
  /// A choice at one loop memory: the tile that its loops leave inside.
  struct Step {
    unsigned memory = 0; ///< number in loopMemories, from 1
    Extents inner = {}, bounds = {};
    Cells cells = {};
    LoopsAbove above;
    LoopsBetween between;
    bool stands = false; ///< the innermost loop for others of its kind, too
    int next = -1; ///< dim along which what stays moves next, if it matters
    /// A loop that what stays does not depend on but that is further out, so
    /// that it comes again below this tile; -1: there is none.
    int again = -1;
    Cells stays = {};
  };
  /// A tile whose loops above are known.
  struct Node {
    Extents extents, trips; ///< and of all loops above
    Cells cells;
    LoopsAbove above;
    /// There is room for incomplete sums where this tile is.
    bool roomy = true;
    /// Height and width are alike so far: of what mirrors each other inside,
    /// one will do.
    bool mirrors = false;
    PartialCost known;
    std::array<LayoutBound::StepsAlong, cost::numDims> steps = {};
    double stepsFj = 0;      ///< of `known`
    uint16_t spreadOnly = 0; ///< dims, see LayoutBound
  };
  /// A tile that a loop along some dim may leave inside of a node's.
  struct Choice {
    TileGrid::Inner inner;
    LayoutBound::StepsAlong steps;
    int64_t leastSteps;
  };
  struct Child {
    GoalValue bound;
    Step step;
  };
  /// What a node is expanded to.
  struct Expansion {
    Node node; ///< `known` is of the present choice
    double knownFj;
    std::array<llvm::SmallVector<Choice, 16>, cost::numDims> choices;
    LayoutBound::Steps leastSteps = {};
    Step step;
    std::vector<Child> children;
  };

  /// What takes time, and what lies inside a tile takes of it at least; and of
  /// that time together with energy, each nanosecond worth `fjPerNs`.
  struct TimeToGo {
    int lane; ///< -1: steps
    std::optional<CostToGo> time = {}, mixed = {};
  };

  GoalValue valueOf(const PartialCost &cost) const;
  GoalValue valueOf(double energyFj, double latencyNs) const;
  double worthOfTime(const PartialCost &cost) const;
  double tilesWithMemories() const {
    return bound.grid().size() * double(bound.loopMemories().size());
  }
  void addTimes();
  bool mayBegin(std::optional<CostToGo> &table, LayoutBound::What what);
  template <typename Fn>
  GoalValue leastWith(const PartialCost &known, Fn toGo) const;
  GoalValue leastValue(const PartialCost &known, unsigned inside,
                       const Cells &cells, const LoopsAbove &above) const;
  GoalValue leastInside(unsigned limit, PartialCost known, const Cells &cells,
                        const LoopsAbove &above) const;
  bool fits(unsigned b, const Cells &cells) const {
    return room->narrow(b).allows(bound.grid().position(cells));
  }
  bool exceedsStep() const;
  void visit(unsigned limit, const Node &node);
  void setSteps(PartialCost &known, double knownFj,
                const LayoutBound::Steps &steps, uint16_t spreadOnly) const;
  void expand(unsigned memory, const Node &node);
  void chooseTile(Expansion &into, unsigned d, size_t at);
  bool isMirrored(const Step &step) const;
  bool keepsMirror(const Step &step) const;
  void kinds(Expansion &into, size_t at);
  std::optional<GoalValue> promises(Expansion &into);
  void consider(Expansion &into);
  void leaf(const PartialCost &known);
  cost::Mapping build(llvm::ArrayRef<Order> orders) const;
  int stayingBelow(unsigned d) const;
  bool allows(const Step &step, llvm::ArrayRef<int> order) const;
  Order firstOrder(const Step &step) const;
  void otherOrders(const PartialCost &known);

  const MappingProblem &problem;
  const Layout &layout;
  LayoutBound bound;
  TablePool &pool;
  Incumbent &incumbent;
  SearchStatistics &stats;
  std::optional<TileRoom> room;
  /// What the layout costs at least, whatever tiles.
  PartialCost least;
  std::optional<CrossingCounts> counts;
  std::optional<CostToGo> energy;
  std::vector<TimeToGo> times;
  double fjPerNs = 0;
  /// Numbers of the dims of height and of width that loop.
  llvm::SmallVector<std::pair<int, int>, 2> mirroredNumbers;
  std::vector<Step> steps; ///< outermost first
  Node root;
};

/// Least value with these costs, and at least what `toGo` says beside them;
/// impossible if that is.
///
/// Energy, time, and weighted sums of both have a bound each. Objectives rise
/// with both and are quasi-concave, so that the least value of all that the
/// bounds allow is at a corner.
template <typename Fn>
GoalValue TileSearch::leastWith(const PartialCost &known, Fn toGo) const {
  double fj = energy ? toGo(*energy) : 0;
  if (fj >= impossible)
    return {fj, fj};
  fj = energy ? fj + known.energyFj : least.energyFj;
  double ns = bound.latencyNs(energy ? known : least), mixedFj = 0;
  GoalValue value = valueOf(fj, ns);
  for (const TimeToGo &time : times) {
    // What cannot be better need not be known exactly.
    if (!incumbent.canBeatValue(value))
      break;
    double knownNs = bound.latencyNs(known, time.lane);
    if (time.time)
      ns = std::max(ns, knownNs + toGo(*time.time));
    if (time.mixed)
      mixedFj = std::max(mixedFj, known.energyFj +
                                      fjPerNs * (knownNs + toGo(*time.mixed)));
    double frugalNs = fjPerNs > 0 ? (mixedFj - fj) / fjPerNs : 0;
    value = frugalNs <= ns
                ? valueOf(fj, ns)
                : Incumbent::leastOf(valueOf(mixedFj - fjPerNs * ns, ns),
                                     valueOf(fj, frugalNs));
  }
  return value;
}

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TILESEARCH_H

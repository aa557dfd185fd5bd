//===- LayoutBound.h - What a layout costs at least -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The cost of a mapping is a sum over boundaries: a boundary is a place of the
// nest between two memories that have loops, and its share is what crosses it,
// which depends on the tile below, and on the loops above by little more than
// which of them is innermost. Everything here bounds the exact cost from below,
// and equals it but for windows whose corners overlap and ragged edges
// (docs/Search.md has the proofs).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_LAYOUTBOUND_H
#define OHAS_LIB_SEARCH_LAYOUTBOUND_H

#include "Crossings.h"
#include "TableMath.h"
#include "WindowTable.h"

namespace ohas::search {

/// The loops of one memory, by the tiles above and below them; and those
/// further out.
struct LoopsBetween {
  const Cells *top, *tile;
  const LoopsBetween *outer; ///< null: none
  unsigned memory;           ///< number in loopMemories
  /// Dims that loop; those whose loop has more than one value for every copy at
  /// any time.
  uint16_t loops = 0, changing = 0;
  /// Dims of the innermost loops, in any order: only they are between the tile
  /// and the other loops. A dim may stand for others that always have more than
  /// one value as well.
  uint16_t innermost = 0;
  const std::array<int64_t, cost::numDims> *bounds = nullptr;
};

/// The loops above a boundary.
struct LoopsAbove {
  static constexpr int none = -1;
  /// Dim of the innermost loop; none: no loop is above.
  int innermost = none;
  /// The tensor that does not depend on that dim; none: all do.
  int staying = none;
  /// By tensor: dim of the innermost loop that it depends on; none: unknown.
  std::array<int, cost::numTensors> moving = {none, none, none};
  /// Trips of that loop; 0: unknown.
  std::array<int64_t, cost::numTensors> movingTrips = {0, 0, 0};
  /// By tensor: of that loop.
  std::array<SingleTiles, cost::numTensors> single;
  /// Is a loop of the innermost one's dim further out?
  enum Outer : uint8_t { Maybe, No, Yes } outer = Maybe;
  /// By tensor: the tile above the innermost loops that it does not depend on,
  /// which do not fetch it again; null: there are none.
  std::array<const Cells *, cost::numTensors> stays = {};
  /// By tensor: the tile above the loops among which the moving one is; null:
  /// unknown.
  std::array<const Cells *, cost::numTensors> top = {};
  /// By memory, from the inside out; null: unknown.
  const LoopsBetween *between = nullptr;
  /// By dim: trips of all temporal loops together; 0: unknown.
  std::array<int64_t, cost::numDims> trips = {};
};

/// Energy, and time by what takes it.
struct PartialCost {
  double energyFj = 0;
  /// Of all steps.
  double stepsNs = 0;
  /// Of programming, which adds to whatever else takes time.
  double programmingNs = 0;
  /// Of memories and converters, of which the slowest matters.
  std::array<double, Crossings::maxLanes> busyNs = {};

  void add(const PartialCost &other, unsigned lanes) {
    energyFj += other.energyFj;
    stepsNs += other.stepsNs;
    programmingNs += other.programmingNs;
    for (unsigned i = 0; i < lanes; ++i)
      busyNs[i] += other.busyNs[i];
  }
};

/// Calls fn(late) for every choice of the memories in which sums land late, of
/// those in which they may; first for none of them.
template <typename Fn>
void forEachLanding(llvm::ArrayRef<unsigned> mayLandLate, Fn fn) {
  for (unsigned some = 0; some < 1u << mayLandLate.size(); ++some) {
    llvm::SmallVector<unsigned, 2> late;
    for (auto [i, memory] : llvm::enumerate(mayLandLate))
      if (some >> i & 1)
        late.push_back(memory);
    fn(llvm::ArrayRef<unsigned>(late));
  }
}

class LayoutBound {
public:
  /// Of mappings where sums land late in the memories `late`, some of those of
  /// mayLandLate(), and in time in the others.
  LayoutBound(const MappingProblem &problem, const Layout &layout,
              Factors factors, llvm::ArrayRef<unsigned> late,
              size_t mostTiles = TileGrid::finest);
  /// The memories where sums may land after their tile has moved on, as a copy
  /// without work holds them: then there is nothing that they are added to.
  llvm::ArrayRef<unsigned> mayLandLate() const { return lateMemories; }

  TileGrid &grid() { return tiles; }
  const TileGrid &grid() const { return tiles; }
  /// Memories with loops, innermost first.
  llvm::ArrayRef<unsigned> loopMemories() const { return memories; }
  unsigned lanes() const { return laneCount; }
  /// Dim d of the problem may loop at loopMemories()[i].
  bool mayLoop(unsigned i, unsigned d) const;
  /// The tensors that do not depend on dim d.
  bool isIrrelevant(unsigned tensor, unsigned d) const {
    return irrelevant[tensor] >> d & 1;
  }
  /// Of a loop along dim d at loopMemories()[i] with `trips`, of which each has
  /// an extent of `inner`.
  SingleTiles singleTiles(unsigned i, unsigned d, int64_t inner,
                          int64_t trips) const;
  /// The tensor has windows that move along dim d.
  bool isWindowed(unsigned tensor, unsigned d) const {
    return windowed[tensor] >> d & 1;
  }
  /// Some tile may have to be fetched less often than others.
  bool hasLonely() const { return lonely != 0; }
  /// Along dim d; and differently so where another loop is further out.
  bool hasLonely(unsigned d) const { return lonely >> d & 1; }
  bool lonelyDependsOnOuter(unsigned d) const { return lonelyOuter >> d & 1; }
  /// The same below a loop along dim d.
  bool mayBeAlone(unsigned d, const SingleTiles &single) const {
    return lonely >> d & 1 &&
           (single.last != SingleTiles::Later || lonelyUnknown >> d & 1);
  }
  /// False if no mapping of the layout can be valid.
  bool isPossible() const { return possible; }

  /// What does not depend on loops, static power aside.
  const PartialCost &fixed() const { return constant; }

  /// There is room for any tile at boundary b.
  bool alwaysFits(unsigned b) const {
    const Boundary &boundary = boundaries[b];
    return boundary.rooms.empty() && boundary.mustBeLate.empty() &&
           !boundary.mustBeComplete;
  }
  /// Loops of loop memory b that reduce may make what is at boundary b wider.
  bool mayWiden(unsigned b) const {
    return llvm::any_of(boundaries[b].rooms,
                        [&](const Room &room) { return room.sender < b; });
  }
  /// Do the tiles of the memories at boundary b fit? Loops of loop memory
  /// number `reducing` (from 1; 0: none) reduce: what comes from further inside
  /// is incomplete and wider.
  bool fits(unsigned b, const Cells &tile, unsigned reducing) const;
  /// The same of the temporal extents of one tile, by dim of the problem, where
  /// the cells fit: the smallest ones of a cell may where others do not.
  using Extents = std::array<int64_t, cost::numDims>;
  bool fits(unsigned b, const Extents &extents, const Cells &tile,
            unsigned reducing) const;
  /// No temporal loop above the tile reduces.
  bool isComplete(const Cells &tile) const;
  /// What crosses boundary b, below loop memory b, at least.
  PartialCost cross(unsigned b, const Cells &tile,
                    const LoopsAbove &above) const;
  /// That is a sum of terms, each of one tensor, and of what is complete.
  unsigned numTerms(unsigned b) const { return boundaries[b].terms.size(); }
  unsigned tensorOf(unsigned b, unsigned term) const {
    return boundaries[b].terms[term].tensor;
  }
  /// How often a term counts at least, by the place of the tile in the grid.
  void counts(unsigned b, unsigned term, const LoopsAbove &above, Table &values,
              Table &scratch) const;
  /// Of a tensor that stays while the innermost loops run: how often if all of
  /// its tiles come once, and how much more at least if they come again: for
  /// every tile further out than one that is like the tile along other dims
  /// than the tensor's, along which it is the tile that comes.
  void countsOnce(unsigned b, unsigned term, Table &values) const;
  void countsAgain(unsigned b, unsigned term, Table &values,
                   Table &scratch) const;
  double countAgain(unsigned b, unsigned term, const Cells &tile) const;
  /// Weighted sums: the time of a lane (-1: of none), energy, and programming
  /// time.
  struct What {
    int lane;
    double fj = 0, programmingNs = 0;
  };
  static constexpr What energy = {-1, 1, 0};
  double perCount(What what, unsigned b, unsigned term) const {
    return perCount(what, boundaries[b].terms[term]);
  }
  /// Of how much more comes of a tensor if it comes again, where no loop is of
  /// its dims from the tile below the loops `above` on.
  double crossAgain(What what, unsigned b, const Cells &tile,
                    const LoopsAbove &above, unsigned tensor) const;
  /// What complete outputs save at boundary b, or incomplete ones take.
  double completion(What what, unsigned b, bool complete) const;
  bool hasProgramming() const { return programs; }

  /// Steps along a dim, as far as loops and fan-outs are known from the
  /// outside: how often the first copy has a whole tile, and the indices that
  /// it has in one that the dim's end cuts off. That copy has the most work,
  /// and no fewer steps than others.
  struct StepsAlong {
    int64_t tiles = 0, rest = 0;
  };
  /// Nothing is known.
  StepsAlong allSteps(unsigned d) const {
    return {0, problem.workload.size(problem.dims[d])};
  }
  /// With the loop of loop memory i + 1 from a tile of `inner` to one of
  /// `outer` that `above` are the steps of; and so many steps that makes at
  /// least.
  StepsAlong stepsInside(unsigned i, unsigned d, const StepsAlong &above,
                         int64_t outer, int64_t inner) const;
  int64_t leastSteps(unsigned i, unsigned d, const StepsAlong &steps,
                     int64_t inner) const;
  /// Time and energy of steps, by dim of the problem.
  using Steps = std::array<int64_t, cost::numDims>;
  /// Of all steps, however they are divided up.
  const Steps &fewestSteps() const { return fewest; }
  double stepsNs(const Steps &steps) const;
  /// `spreadOnly`: no loop of these dims is inside of any of their fan-outs.
  double stepsFj(const Steps &steps, uint16_t spreadOnly = 0) const;
  /// The dims of which that is known below the loops of loop memory i + 1 that
  /// leave a tile of these extents.
  uint16_t spreadOnly(unsigned i, const Extents &inner) const;
  bool hasStepEnergy() const { return !perStep.empty(); }

  /// What any mapping of the layout costs at least: as if everything crossed
  /// every boundary once.
  PartialCost least() const;
  /// Time from all lanes.
  double latencyNs(const PartialCost &cost) const;
  /// Nothing that loops change takes time on the lane, and no more than steps.
  bool isBehindSteps(unsigned lane) const;
  /// Time from one lane alone, or from the steps (-1).
  double latencyNs(const PartialCost &cost, int lane) const {
    return (lane < 0 ? cost.stepsNs : cost.busyNs[lane]) + cost.programmingNs;
  }
  double energyFj(const PartialCost &cost, double latencyNs) const {
    return cost.energyFj + alwaysUw * latencyNs;
  }

private:
  friend class LayoutCompiler;
  static constexpr uint8_t noLane = 0xff;

  struct DimTable {
    uint8_t dim;
    llvm::SmallVector<double, 12> byCell;
  };
  /// Elements that may stay where the others come again, as their copy has no
  /// other tile: all later ones of an innermost loop along `dim` are beyond its
  /// size. So many copies can be alone as there are groups of missing tiles.
  struct LonelyTable {
    struct Cell {
      double share; ///< of all elements, in one copy
      int64_t copies, tiles;
      int64_t mostTrips; ///< of all loops above
      /// Whatever loop is above; by LoopsAbove::outer.
      std::array<double, 3> most = {1, 1, 1};
    };
    uint8_t dim;
    llvm::SmallVector<Cell, 0> byCell;
    /// Whole tiles count, of all copies below the loop or of the first alone,
    /// or it is not known which.
    enum class Counts : uint8_t { Elements, Tiles, FirstTile, Unknown };
    Counts counts = Counts::Unknown;
    int64_t size = 1;  ///< of the dim
    int64_t below = 1; ///< copies below the child

    /// Of the elements, at most, where the loop has so many.
    double shareOf(const SingleTiles &single, unsigned cell) const;
    /// Of the elements, at most; the loop, and all above the tile, have so many
    /// trips (0: unknown).
    double share(unsigned cell, int64_t trips, int64_t allTrips,
                 const SingleTiles &single, LoopsAbove::Outer outer) const {
      const Cell &here = byCell[cell];
      int64_t missing = here.copies * (allTrips ? allTrips : here.mostTrips) -
                        here.tiles,
              alone = std::clamp<int64_t>(
                  missing / std::max<int64_t>(trips - 1, 1), 0, here.copies);
      double share = std::min(here.most[outer], double(alone) * here.share);
      return share > 0 && single.last != SingleTiles::Unknown
                 ? std::min(share, shareOf(single, cell))
                 : share;
    }
  };
  /// What crosses one place of a flow, in one role.
  struct Term {
    uint8_t tensor = 0, lane = noLane;
    double factor = 1;     ///< elements along dims that are no tables
    double least = 0;      ///< whatever loops where
    bool isProduct = true; ///< of elements and repeats, from the least on
    double leastRepeats = 1;
    double leastElements = 1; ///< in one pass over all tiles of any size
    /// The dims other than windows whose tiles have nothing in common; and
    /// those of which none is beyond the size.
    uint16_t disjoint = 0, apart = 0;
    void addLonely(LonelyTable table);
    /// Of the elements of this tile that may be alone, at most, whatever loop
    /// is above.
    double lonelyShare(const Cells &tile) const;
    /// More than the least, if so many elements come so often.
    double again(double elements, double repeats) const {
      return std::max(0.0, isProduct || !windows.empty()
                               ? elements * (repeats - leastRepeats)
                               : elements * repeats - least);
    }
    double fjPerCount = 0, nsPerCount = 0;  ///< ns: on the lane
    llvm::SmallVector<DimTable, 6> repeats; ///< of irrelevant dims
    /// Where an integrator lets go sooner than the tile does: how often an
    /// element passes, by the cells of these dims, the first ones fastest.
    std::vector<double> releases;
    double repeatsOf(const Cells &tile) const;
    /// Elements and repeats are products over dims, if none are alone.
    bool isSeparable() const { return windows.empty() && releases.empty(); }
    /// Null: nothing is alone along the dim.
    const LonelyTable *lonelyAlong(unsigned d) const {
      for (const LonelyTable &table : lonely)
        if (table.dim == d)
          return &table;
      return nullptr;
    }
    llvm::SmallVector<DimTable, 6> visits; ///< of relevant dims, programming
    llvm::SmallVector<WindowTable, 1> windows;
    llvm::SmallVector<LonelyTable, 0> lonely;
  };
  /// Outputs that leave complete have other bits.
  struct Completion {
    double energyFj = 0;
    llvm::SmallVector<std::pair<uint8_t, double>, 2> laneNs, incompleteNs;
  };
  struct Room {
    int64_t capacity;
    bool doubled;
    /// The boundary below which what makes its outputs has loops.
    unsigned sender;
    Extents copies; ///< inside of the memory, by dim of the problem
    struct Part {
      cost::Tensor tensor;
      double bits, wideBits; ///< per element, complete or not
      /// Elements along a dim, or along the two dims of a window.
      llvm::SmallVector<DimTable, 6> extents;
      llvm::SmallVector<WindowTable, 1> windows;
    };
    llvm::SmallVector<Part, 3> parts;
  };
  /// Tiles of a memory in which sums may land late.
  struct LateTiles {
    struct Flags {
      uint8_t dim;
      llvm::SmallVector<bool, 32> byCell;
    };
    llvm::SmallVector<Flags, 4> dims; ///< along one of them
  };
  struct Boundary {
    std::vector<Term> terms;
    std::vector<Room> rooms;
    std::vector<LateTiles> mustBeLate;
    /// Outputs would arrive incomplete where they must not, if a reduction
    /// loops above.
    bool mustBeComplete = false;
    llvm::SmallVector<Completion, 2> completions;
  };

  template <typename Elements>
  static bool fits(const Room &room, bool complete, Elements elements);
  static double perCount(What what, const Term &term) {
    if (term.lane == noLane)
      return what.fj * term.fjPerCount + what.programmingNs * term.nsPerCount;
    return what.fj * term.fjPerCount +
           (term.lane == what.lane ? term.nsPerCount : 0);
  }
  template <typename Fn> void forEachTile(Table &values, Fn fn) const;
  template <typename Fn, typename Join>
  void alongDims(Table &values, double start, Fn fn, Join join) const;
  void products(const Term &term, bool repeats, double factor,
                Table &values) const;
  template <typename Tables>
  static double product(const Tables &tables, const Cells &tile,
                        double product = 1);
  double repeatsAlone(const Term &term, const Cells &tile, double repeats,
                      const LoopsAbove &above) const;
  double otherCoordinates(const Term &term, const Cells &tile,
                          const LoopsAbove &above) const;
  double count(const Term &term, const Cells &tile,
               const LoopsAbove &above) const;
  double leastOfWindows(const Term &term, const Cells &tile) const;
  /// Does a loop between the tiles take these of a term apart every time?
  bool takesApart(const Term &term, const LoopsBetween &between) const;
  double surelyRepeats(const Term &term, const LoopsBetween *between) const;
  bool takesApart(const WindowTable &window, const Cells &tile,
                  unsigned changing) const;
  bool fallsBack(const WindowTable &window, const Cells &tile,
                 const LoopsBetween &between, unsigned loops) const;
  bool startsAnew(const Term &term, const WindowTable &window,
                  const Cells &tile, int moving,
                  const LoopsBetween &between) const;
  double windowElements(const Term &term, const WindowTable &window,
                        const Cells &tile, const LoopsAbove &above,
                        const LoopsBetween *between) const;

  const MappingProblem &problem;
  Factors factors;
  TileGrid tiles;
  Cells whole = {};
  llvm::SmallVector<unsigned, 8> memories;
  /// By loop memory and dim: copies of all fan-outs inside.
  std::vector<std::array<int64_t, cost::numDims>> copiesInside;
  /// By loop memory: dims of which all fan-outs are inside.
  std::vector<uint16_t> allInside;
  std::array<uint16_t, cost::numTensors> irrelevant = {};
  std::array<uint16_t, cost::numTensors> windowed = {};
  uint16_t reductions = 0;
  llvm::SmallVector<unsigned, 2> lateMemories;
  bool possible = true;
  /// Dims along which tiles may be alone, where it is not known which, and
  /// where loops further out matter.
  uint16_t lonely = 0, lonelyUnknown = 0, lonelyOuter = 0;
  bool programs = false;
  unsigned laneCount = 0;
  PartialCost constant;
  double stepNs = 0, alwaysUw = 0;
  Steps fewest = {};
  /// What copies that ever work draw in every step.
  struct PerStep {
    double fj;
    /// By dim: steps of all copies together at least, and copies that work;
    /// these exactly where loops are only outside of fan-outs.
    std::array<int64_t, cost::numDims> steps, copies, exact;
  };
  llvm::SmallVector<PerStep, 2> perStep;
  std::vector<Boundary> boundaries;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_LAYOUTBOUND_H

//===- LayoutTerms.cpp - How often something crosses ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutCompiler.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>
#include <functional>
#include <limits>

using namespace ohas::search;
using namespace ohas::cost;

/// Of a cell that all of them are looked at.
static constexpr int64_t mostExtents = 1024;

/// Every element passes once, whatever the tiles.
double LayoutCompiler::distinctElements(unsigned pair) const {
  auto [position, kernel] = windowPairs[pair];
  auto [s, d] = workload.windowSteps(pair);
  int64_t indices = workload.size(kernel),
          common = d == 1 ? std::min(s, indices) : 1;
  return double(workload.size(position)) * double(common) +
         double(indices - common);
}

/// Elements of a window axis by the cells of its two dims. Of n positions in
/// groups, and kernel blocks of r: a group of k positions has k m + (r - m)
/// coordinates, m = min(s, r), if the kernel's indices follow upon each other;
/// of any set of k positions and r indices there are at least k + r - 1.
void LayoutCompiler::addWindow(Term &term, unsigned pair,
                               const DimBounds &reach, unsigned child,
                               bool scattered) {
  Dim position = windowPairs[pair].first, kernel = windowPairs[pair].second;
  auto [s, d] = workload.windowSteps(pair);
  TileGrid &grid = bound.tiles;
  WindowTable window;
  window.position = problem.number(position);
  window.kernel = problem.number(kernel);
  window.positionReach = spread(child, accelerator.levels.size(), position);
  window.kernelReach = spread(child, accelerator.levels.size(), kernel);
  window.merged = reach[index(position)] != window.positionReach ||
                  reach[index(kernel)] != window.kernelReach;
  window.stride = s;
  window.dilation = d;
  window.reach = (workload.size(kernel) - 1) * d + 1;
  window.columns = grid.cells(window.kernel);
  int64_t positions = workload.size(position), indices = workload.size(kernel);
  window.distinct = distinctElements(pair);
  bool consecutive = d == 1 && !scattered;
  // No copies have what lies between two tiles of a copy.
  bool adjacent =
      consecutive &&
      reach[index(kernel)] == spread(0, accelerator.levels.size(), kernel);
  window.positions = positions;
  window.indices = indices;
  window.positionSteps = grid.trips(window.position);
  window.kernelSteps = grid.trips(window.kernel);
  window.strides = d % s != 0 && window.positionSteps == positions &&
                   window.kernelSteps == indices;
  // Sweeps that may have a single tile, which the edge of the dim cuts off.
  window.cutIndices = isEven(kernel) ? 0 : 1 + double(spread(0, child, kernel));
  auto tileOf = [&](int64_t extent) {
    return std::min(indices, reach[index(kernel)] * extent);
  };
  // The more uneven the blocks of a cell are, the fewer elements they have. The
  // last cell is of all extents that leave work to as many copies, which may be
  // more than an even share.
  auto largestTileOf = [&](unsigned cell) {
    int64_t r = tileOf(grid.largest(window.kernel, cell)),
            each = reach[index(kernel)],
            blocks = llvm::divideCeilSigned(indices, r);
    if (cell != grid.last(window.kernel) || blocks == 1 ||
        bound.factors == Factors::Perfect)
      return r;
    return std::max(r, (indices - 1) / (blocks - 1) / each * each);
  };
  for (unsigned j = 0; j < window.columns; ++j) {
    int64_t least = tileOf(grid.smallest(window.kernel, j)),
            most = tileOf(grid.largest(window.kernel, j));
    window.kernelTiles.push_back(adjacent && least == most ? most : 0);
    window.blocks.push_back(
        double(llvm::divideCeilSigned(indices, largestTileOf(j))));
  }
  for (unsigned i = 0; i < grid.cells(window.position); ++i) {
    int64_t k = std::min(positions, reach[index(position)] *
                                        grid.largest(window.position, i));
    double groups = double(llvm::divideCeilSigned(positions, k));
    window.groups.push_back(groups);
    window.notFirst.push_back(leastNotFirst(position, i, child));
    for (unsigned j = 0; j < window.columns; ++j) {
      int64_t r = largestTileOf(j);
      double along = 0, whole = 0, fresh = 0;
      auto blocks = int64_t(window.blocks[j]);
      for (int64_t block = 0; block < blocks; ++block) {
        int64_t here = std::min(r, indices - block * r);
        int64_t m = consecutive ? std::min(s, here) : 1;
        whole += double(positions) * double(m) + groups * double(here - m);
        fresh += double(positions) * double(m);
        // Of tiles of unknown size it is only sure that they move on.
        along += window.kernelTiles[j]
                     ? window.freshAlongKernel(groups, r, here)
                     : groups * double(consecutive ? here : 1);
      }
      window.whole.push_back(whole);
      window.byPosition.push_back(fresh);
      window.byKernel.push_back(along);
      window.kernelOfAll.push_back(groups *
                                   double(consecutive ? indices : blocks));
      window.kernelCut.push_back(window.kernelTiles[j]
                                     ? window.freshAlongKernel(groups, r, r)
                                     : groups * double(consecutive ? r : 1));
    }
  }
  term.windows.push_back(std::move(window));
}

/// Does a fan-out further out, from `place` on, share what windows have in
/// common along the axis of `dim`? Then of copies inside, each with its own,
/// only the largest number of the same element counts: at least one.
bool LayoutCompiler::sharesWindow(const Flow &flow, unsigned place,
                                  unsigned inside, Dim dim) const {
  for (auto [position, kernel] : windowPairs)
    if (dim == position || dim == kernel)
      for (unsigned i = place; i < inside; ++i)
        for (Dim other : {position, kernel})
          if (fanoutOf[i] >= 0 &&
              layout.spread[fanoutOf[i]][index(other)] > 1 &&
              shares(i, flow.tensor, other))
            return true;
  return false;
}

/// Do copies from `place` on share kernel indices that need not follow upon
/// each other, as a memory in between may loop over them?
bool LayoutCompiler::scattersKernel(const Flow &flow, unsigned place,
                                    Dim kernel) const {
  bool spreads = false;
  for (unsigned i = place; i < flow.child; ++i) {
    if (fanoutOf[i] >= 0)
      spreads |= layout.spread[fanoutOf[i]][index(kernel)] > 1;
    else if (spreads && problem.accepted(i).contains(kernel))
      return true;
  }
  return false;
}

/// Share of a dim's indices that no loop above tiles of a cell begins with.
/// Loops of two trips begin with most.
double LayoutCompiler::leastNotFirst(Dim dim, unsigned cell,
                                     unsigned child) const {
  unsigned d = problem.number(dim);
  const TileGrid &grid = bound.tiles;
  int64_t size = workload.size(dim), from = grid.smallest(d, cell),
          to = grid.largest(d, cell), least = size;
  for (unsigned i = boundaryOf(child); i < bound.memories.size(); ++i) {
    if (!bound.mayLoop(i, d))
      continue;
    int64_t copies = bound.copiesInside[i][d];
    if (to - from >= mostExtents) {
      least = std::min(least, (size - copies * to) / 2);
      continue;
    }
    for (int64_t extent = from; extent <= to; ++extent)
      least = std::min(least, LoopRuns{size, 2, copies * extent}.notFirst());
  }
  return double(std::max<int64_t>(least, 0)) / double(size);
}

/// Do all tiles along a dim have the same size, however they are cut?
bool LayoutCompiler::isEven(Dim dim) const {
  return bound.factors == Factors::Perfect &&
         workload.size(dim) == bound.tiles.trips(problem.number(dim)) *
                                   spread(0, accelerator.levels.size(), dim);
}

/// Trips of all loops above tiles of a cell, at most. Where bounds need not
/// divide, these may be any.
int64_t LayoutCompiler::mostTrips(Dim dim, unsigned cell) const {
  unsigned d = problem.number(dim);
  const TileGrid &grid = bound.tiles;
  return bound.factors == Factors::Perfect
             ? grid.trips(d) / grid.smallest(d, cell)
             : 2 * grid.trips(d);
}

/// How many tiles along a dim are beyond its size at most, over all copies of
/// `child` and all steps, if its tiles are of a cell.
int64_t LayoutCompiler::missingTiles(Dim dim, unsigned child,
                                     unsigned cell) const {
  unsigned d = problem.number(dim), end = accelerator.levels.size();
  const TileGrid &grid = bound.tiles;
  return spread(0, child, dim) * mostTrips(dim, cell) -
         llvm::divideCeilSigned(workload.size(dim), spread(child, end, dim) *
                                                        grid.smallest(d, cell));
}

/// Whatever the extents of a cell, and whichever loop is above.
void LayoutCompiler::limit(LayoutBound::LonelyTable &table,
                           unsigned child) const {
  unsigned d = table.dim;
  Dim dim = problem.dims[d];
  const TileGrid &grid = bound.tiles;
  table.size = workload.size(dim);
  table.below = spread(child, accelerator.levels.size(), dim);
  for (auto [cell, entry] : llvm::enumerate(table.byCell)) {
    // Of cells of many extents only the search knows more.
    if (entry.copies == 0 ||
        grid.largest(d, cell) - grid.smallest(d, cell) >= mostExtents)
      continue;
    entry.most = {};
    for (unsigned i = boundaryOf(child); i < bound.memories.size(); ++i) {
      if (!bound.mayLoop(i, d))
        continue;
      bool copiesOutside = spread(0, bound.memories[i], dim) > 1;
      for (int64_t inner = grid.smallest(d, cell);
           inner <= grid.largest(d, cell); ++inner) {
        SingleTiles single = bound.singleTiles(i, d, inner, 1);
        int64_t blocks = (table.size - 1) / (single.copies * inner);
        // A last digit of 0 takes another loop further out; so does one of 1
        // unless it is the whole index.
        double first = table.shareOf(single, cell);
        single.last = SingleTiles::Second;
        double second = table.shareOf(single, cell),
               &no = entry.most[LoopsAbove::No],
               &yes = entry.most[LoopsAbove::Yes];
        if (blocks >= 2)
          yes = std::max(yes, first);
        if (blocks >= 3)
          yes = std::max(yes, second);
        if (blocks >= 2 && copiesOutside)
          no = std::max(no, first);
        if (blocks == 1 || (blocks >= 3 && copiesOutside))
          no = std::max(no, second);
      }
    }
    for (double &most : entry.most)
      most = std::min(most, 1.0);
    entry.most[LoopsAbove::Maybe] =
        std::max(entry.most[LoopsAbove::No], entry.most[LoopsAbove::Yes]);
  }
}

/// May a copy that has no work left hold its sums until the parent has moved
/// on? Then these are the first of their elements, and are not added up.
bool LayoutCompiler::mayLandLate(const Flow &flow) const {
  // What integrates does not add in any case.
  if (flow.toCompute || accelerator.levels[flow.parent].accumulateLimit)
    return false;
  return llvm::any_of(problem.dims, [&](Dim dim) {
    // Larger tiles miss none if the smallest do not.
    return missingTiles(dim, flow.child, 0) > 0 && mayLandLate(flow, dim, 0);
  });
}

/// The same for a tile of the parent, along one dim: some copies do not reach
/// into the last tile, but work in those before.
bool LayoutCompiler::mayLandLate(const Flow &flow, Dim dim,
                                 unsigned cell) const {
  int64_t copies = spread(flow.parent, flow.child, dim);
  unsigned d = problem.number(dim);
  const TileGrid &grid = bound.tiles;
  if (copies == 1 || cell == grid.last(d))
    return false;
  if (bound.factors != Factors::Perfect ||
      grid.smallest(d, cell) != grid.largest(d, cell))
    return true;
  int64_t size = workload.size(dim),
          extent = spread(flow.parent, accelerator.levels.size(), dim) *
                   grid.smallest(d, cell);
  return extent < size && extent - extent / copies > (size - 1) % extent;
}

/// What is assumed of a flow, where it may be either.
bool LayoutCompiler::landsLate(const Flow &flow) {
  if (!mayLandLate(flow))
    return false;
  bound.lateMemories.push_back(flow.parent);
  if (!llvm::is_contained(late, flow.parent))
    return false;
  LayoutBound::LateTiles tiles;
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    auto &flags = tiles.dims.emplace_back();
    flags.dim = d;
    for (unsigned cell = 0; cell < bound.tiles.cells(d); ++cell)
      flags.byCell.push_back(mayLandLate(flow, dim, cell));
  }
  bound.boundaries[boundaryOf(flow.parent)].mustBeLate.push_back(
      std::move(tiles));
  return true;
}

/// An integrator lets go of an element at the latest after so many steps as its
/// limit says.
void LayoutCompiler::integrate(Term &term, const Flow &flow,
                               const DimBounds &reach) const {
  const std::optional<int64_t> &limit =
      accelerator.levels[flow.child].accumulateLimit;
  if (flow.tensor != Tensor::Output || flow.toCompute || !limit)
    return;
  double steps = 1;
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    if (problem.irrelevant(Tensor::Output).contains(dim))
      steps *= double(bound.tiles.trips(d));
  term.least = std::max(term.least, double(workload.elements(Tensor::Output)) *
                                        std::ceil(steps / double(*limit)));
  term.isProduct = false;
  release(term, *limit, reach);
}

/// While a tile stays, an element is added up for as many steps as the tile's
/// loops along the dims of the sum make, those of a last tile fewer.
void LayoutCompiler::release(Term &term, int64_t limit,
                             const DimBounds &reach) const {
  constexpr size_t mostCells = 4096;
  constexpr int64_t mostExtents = 64;
  const TileGrid &grid = bound.tiles;
  size_t cells = 1;
  for (const LayoutBound::DimTable &table : term.repeats) {
    Dim dim = problem.dims[table.dim];
    // Copies further out have sums of their own.
    if (reach[index(dim)] != spread(0, accelerator.levels.size(), dim))
      return;
    cells *= table.byCell.size();
  }
  if (cells > mostCells)
    return;
  // Classes of tiles that make equally many steps: their steps and number.
  using Classes = llvm::SmallVector<std::pair<int64_t, double>, 8>;
  auto classesOf = [&](unsigned d, int64_t extent, const Classes &outer) {
    Dim dim = problem.dims[d];
    int64_t each = reach[index(dim)], size = workload.size(dim),
            tile = extent * each, rest = size % tile;
    Classes classes;
    for (auto [steps, number] : outer) {
      if (size >= tile)
        classes.push_back({steps * extent, number * double(size / tile)});
      if (rest > 0)
        classes.push_back({steps * llvm::divideCeilSigned(rest, each), number});
    }
    return classes;
  };
  for (size_t at = 0; at < cells; ++at) {
    double least = std::numeric_limits<double>::infinity();
    std::function<void(unsigned, size_t, const Classes &)> choose =
        [&](unsigned i, size_t rest, const Classes &classes) {
          if (i == term.repeats.size()) {
            double sum = 0;
            for (auto [steps, number] : classes)
              sum += number * double(llvm::divideCeilSigned(steps, limit));
            least = std::min(least, sum);
            return;
          }
          const LayoutBound::DimTable &table = term.repeats[i];
          unsigned d = table.dim, cell = rest % table.byCell.size();
          rest /= table.byCell.size();
          int64_t from = grid.smallest(d, cell), to = grid.largest(d, cell);
          if (to - from >= mostExtents) {
            least = 0;
            return;
          }
          for (int64_t extent = from; extent <= to; ++extent)
            choose(i + 1, rest, classesOf(d, extent, classes));
        };
    choose(0, at, {{1, 1.0}});
    term.releases.push_back(least);
  }
}

/// What a term counts, without what it costs.
LayoutBound::Term LayoutCompiler::shape(const Flow &flow, unsigned place,
                                        bool hold) {
  Term term;
  term.tensor = index(flow.tensor);
  unsigned end = accelerator.levels.size();
  bool windowed =
      flow.tensor == (workload.transposed ? Tensor::Output : Tensor::Input);
  // Where windows of outputs overlap, or a register sees lanes that may differ,
  // it is only sure that every element passes.
  bool weak = false;
  DimSet windowDims;
  if (windowed)
    for (unsigned pair = 0; pair < 3; ++pair)
      if (workload.windowsOverlap(pair)) {
        windowDims.insert(windowPairs[pair].first);
        windowDims.insert(windowPairs[pair].second);
      }
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    if (windowDims.contains(dim))
      bound.windowed[term.tensor] |= 1u << d;
  weak |= workload.transposed && !windowDims.empty();
  DimBounds reach, merged;
  bool sharing = false; // of windows
  // Windows that a register sees side by side.
  DimSet presented;
  auto presents = [&](unsigned pair) {
    return presented.contains(windowPairs[pair].first) ||
           presented.contains(windowPairs[pair].second);
  };
  for (Dim dim : problem.dims) {
    int64_t shared = 1, apart = 1;
    bool isWindow = windowDims.contains(dim);
    for (unsigned i = place; i < flow.child; ++i)
      if (fanoutOf[i] >= 0) {
        int64_t copies = layout.spread[fanoutOf[i]][index(dim)];
        bool together = shares(i, flow.tensor, dim) ||
                        (isWindow && sharesWindow(flow, place, i, dim));
        (together ? shared : apart) *= copies;
      }
    merged[index(dim)] = shared;
    sharing |= isWindow && shared > 1;
    reach[index(dim)] = spread(flow.child, end, dim) * shared;
    if (!hold || apart == 1)
      continue;
    if (isWindow)
      presented.insert(dim);
    else if (problem.irrelevant(flow.tensor).contains(dim))
      weak |= bound.factors != Factors::Perfect || !isEven(dim);
  }
  if (weak) {
    term.factor = double(workload.elements(flow.tensor));
    if (flow.toCompute && !hold) {
      double together = 1;
      for (Dim dim : problem.dims)
        together *= double(merged[index(dim)]);
      term.factor = std::max(term.factor, double(workload.macs()) / together);
    }
    term.least = term.leastElements = term.factor;
    return term;
  }
  const TileGrid &grid = bound.tiles;
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    int64_t size = workload.size(dim);
    if (!problem.irrelevant(flow.tensor).contains(dim)) {
      if (!windowDims.contains(dim)) {
        term.factor *= double(size);
        term.disjoint |= 1u << d;
        if (missingTiles(dim, flow.child, 0) == 0)
          term.apart |= 1u << d;
      }
      LayoutBound::LonelyTable lonely;
      lonely.dim = d;
      int64_t copies = spread(0, flow.child, dim),
              below = spread(flow.child, end, dim);
      for (unsigned cell = 0; cell < grid.cells(d); ++cell) {
        int64_t extent = below * grid.largest(d, cell),
                smallest = below * grid.smallest(d, cell);
        bool alone = cell != grid.last(d) &&
                     (copies > 1 || llvm::divideCeilSigned(size, smallest) > 2);
        int64_t tiles = llvm::divideCeilSigned(size, extent);
        lonely.byCell.push_back({double(extent) / double(size),
                                 alone ? copies : 0, alone ? tiles : 0,
                                 mostTrips(dim, cell)});
      }
      // Lanes and copies that share windows may pass elements on.
      using Counts = LayoutBound::LonelyTable::Counts;
      bool isWindow = windowDims.contains(dim);
      if (!isWindow)
        lonely.counts = Counts::Elements;
      else if (!hold && !sharing)
        lonely.counts = Counts::Tiles;
      if (lonely.counts != Counts::Unknown)
        limit(lonely, flow.child);
      term.addLonely(std::move(lonely));
      continue;
    }
    LayoutBound::DimTable repeats{uint8_t(d), {}};
    for (unsigned cell = 0; cell < grid.cells(d); ++cell)
      repeats.byCell.push_back(double(llvm::divideCeilSigned(
          size, reach[index(dim)] * grid.largest(d, cell))));
    term.leastRepeats *= repeats.byCell.back();
    term.repeats.push_back(std::move(repeats));
  }
  for (unsigned pair = 0; pair < 3; ++pair)
    if (presents(pair) && presentsKnown(flow, place, pair))
      addPresented(term, pair, place);
    else if (presents(pair))
      addVaguely(term, pair, flow, place);
    else if (windowDims.contains(windowPairs[pair].first))
      addWindow(term, pair, reach, flow.child,
                scattersKernel(flow, place, windowPairs[pair].second));
  if (llvm::count_if(term.windows, [](const WindowTable &window) {
        return window.presented;
      }) > 1)
    for (WindowTable &window : term.windows)
      window.onlyNeighbours = false;
  term.least = term.factor * term.leastRepeats;
  term.leastElements = term.factor;
  for (const WindowTable &window : term.windows) {
    term.least *= window.distinct;
    // Where kernels loop inside of the whole position, next to nothing is new.
    term.leastElements *=
        grid.last(window.kernel) == 0 ? window.byPosition.back() : 0;
  }
  term.isProduct = term.windows.empty();
  integrate(term, flow, reach);
  return term;
}

//===- TileGridTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileGrid.h"
#include "Nests.h"
#include "gtest/gtest.h"
#include <set>

using namespace ohas::search;
using namespace ohas::search::test;

/// Three memories with loops.
static Accelerator nest() {
  Accelerator accelerator;
  for (const char *name : {"dram", "buffer", "register"})
    accelerator.levels.push_back(memory(name, everyTensor, 1));
  accelerator.levels.push_back(level("mac", LevelKind::Compute));
  return accelerator;
}

static Workload product(int64_t rows, int64_t columns) {
  Workload workload;
  workload.size(Dim::M) = rows;
  workload.size(Dim::C) = columns;
  return workload;
}

/// The cells inside of those nearest to a cell, these included.
static std::set<unsigned> passedOn(const TileGrid::Below &below,
                                   unsigned cell) {
  std::set<unsigned> cells;
  for (unsigned inner : below.nearest[cell]) {
    cells.insert(inner);
    if (below.passesOn && inner != cell)
      cells.merge(passedOn(below, inner));
  }
  return cells;
}

/// What loops may leave inside of a cell is what they may leave inside of any
/// extent of the cell, also where cells are joined.
TEST(TileGrid, SmallerCellsAreThoseOfAllExtents) {
  Accelerator accelerator = nest();
  bool joined = false, passesOn = false, isKnownAtOnce = false;
  for (int64_t trips : {1, 2, 7, 12, 37, 60, 83, 97, 360})
    for (Factors factors :
         {Factors::Perfect, Factors::Balanced, Factors::Every})
      for (size_t mostTiles : {size_t(16), TileGrid::finest}) {
        Workload workload = product(trips + 1, trips);
        MappingProblem problem(workload, accelerator);
        TileGrid grid(problem, workload.sizes, factors, mostTiles);
        joined |= !grid.isFine();
        for (unsigned d = 0; d < grid.numDims(); ++d)
          for (unsigned cell = 0; cell < grid.cells(d); ++cell) {
            std::set<unsigned> expected;
            for (int64_t extent = grid.smallest(d, cell);
                 extent <= grid.largest(d, cell); ++extent) {
              // An extent that no loops reach has nothing above.
              bool reached = extent == grid.trips(d);
              for (auto [inner, bound, at] : grid.inner(d, grid.trips(d)))
                reached |= inner == extent;
              if (!reached)
                continue;
              for (auto [inner, bound, at] : grid.inner(d, extent))
                if (inner < extent)
                  expected.insert(at);
            }
            const TileGrid::Below &below = grid.below(d);
            const auto &all = below.all[cell];
            EXPECT_EQ(std::set<unsigned>(all.begin(), all.end()), expected)
                << "trips " << grid.trips(d) << ", cell " << cell;
            EXPECT_EQ(passedOn(below, cell), expected)
                << "trips " << grid.trips(d) << ", cell " << cell;
            passesOn |= below.passesOn && below.numNearest < below.numAll;
            isKnownAtOnce |= !below.passesOn;
          }
      }
  EXPECT_TRUE(joined);
  EXPECT_TRUE(passesOn);
  EXPECT_TRUE(isKnownAtOnce);
}

//===- LayoutRooms.cpp - Whether the tiles of a layout fit ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutCompiler.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

/// Do outputs come straight from the products, which some loop adds up?
bool LayoutCompiler::sumsInSteps(unsigned memory) const {
  for (auto [inner, kept] : llvm::zip(problem.memories, layout.kept))
    if (inner > memory && kept.contains(Tensor::Output))
      return false;
  for (auto [d, dim] : llvm::enumerate(problem.dims))
    if (problem.reductions().contains(dim) && bound.tiles.trips(d) > 1)
      return true;
  return false;
}

/// What a tile takes, by its extents along each dim.
void LayoutCompiler::addExtents(LayoutBound::Room::Part &part, unsigned memory,
                                Tensor tensor) const {
  const TileGrid &grid = bound.tiles;
  auto extent = [&](unsigned d, unsigned cell) {
    Dim dim = problem.dims[d];
    return std::min(workload.size(dim),
                    spread(memory, accelerator.levels.size(), dim) *
                        grid.extent(d, cell));
  };
  DimSet left = workload.relevantDims(tensor);
  bool windowed =
      tensor == (workload.transposed ? Tensor::Output : Tensor::Input);
  for (unsigned pair = 0; windowed && pair < 3; ++pair) {
    auto [position, kernel] = windowPairs[pair];
    if (workload.size(position) == 1 || workload.size(kernel) == 1)
      continue;
    left.erase(position);
    left.erase(kernel);
    WindowTable window = {};
    window.position = problem.number(position);
    window.kernel = problem.number(kernel);
    window.columns = grid.cells(window.kernel);
    Workload box = workload;
    box.sizes.fill(1);
    for (unsigned i = 0; i < grid.cells(window.position); ++i)
      for (unsigned j = 0; j < window.columns; ++j) {
        box.size(position) = extent(window.position, i);
        box.size(kernel) = extent(window.kernel, j);
        window.whole.push_back(double(box.elements(tensor)));
      }
    part.windows.push_back(std::move(window));
  }
  for (auto [d, dim] : llvm::enumerate(problem.dims)) {
    if (!left.contains(dim))
      continue;
    LayoutBound::DimTable table{uint8_t(d), {}};
    for (unsigned cell = 0; cell < grid.cells(d); ++cell)
      table.byCell.push_back(double(extent(d, cell)));
    part.extents.push_back(std::move(table));
  }
}

void LayoutCompiler::memoriesAndRooms() {
  bound.boundaries.resize(bound.memories.size() + 1);
  for (auto [memory, set] : llvm::zip(problem.memories, layout.kept)) {
    const Level &level = accelerator.levels[memory];
    if (!level.capacityBits)
      continue;
    LayoutBound::Room room{
        *level.capacityBits, level.doubleBuffered, 0, {}, {}};
    for (auto [d, dim] : llvm::enumerate(problem.dims))
      room.copies[d] = spread(memory, accelerator.levels.size(), dim);
    for (auto [inner, kept] : llvm::zip(problem.memories, layout.kept))
      if (inner > memory && kept.contains(Tensor::Output)) {
        room.sender = boundaryOf(inner);
        break;
      }
    bool reducesAbove = reducesAcross(0, memory, false);
    for (Tensor tensor : allTensors) {
      if (!set.contains(tensor))
        continue;
      double narrow = operandBits(workload, accelerator, tensor), wide = narrow;
      if (tensor == Tensor::Output) {
        wide = accelerator.accumulatorBits;
        narrow =
            reducesAbove || sumsInSteps(memory) ? wide : std::min(narrow, wide);
      }
      room.parts.push_back({tensor, narrow, wide, {}, {}});
      addExtents(room.parts.back(), memory, tensor);
    }
    if (!room.parts.empty())
      bound.boundaries[boundaryOf(memory)].rooms.push_back(room);
  }
}

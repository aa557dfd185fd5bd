//===- CountsNest.cpp - The loop nest that counts are taken of --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsNest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace ohas::cost;
using namespace ohas::cost::counting;

Nest::Nest(const Workload &workload, const Accelerator &accelerator,
           const Mapping &mapping)
    : workload(workload), accelerator(accelerator) {
  // Extents nest from the inside. A loop whose second value would lie beyond
  // the size does nothing, and neither does any loop of its dim outside it.
  std::array<int64_t, numDims> covered;
  covered.fill(1);
  for (size_t level = mapping.levels.size(); level-- > 0;)
    for (const Loop &loop : llvm::reverse(mapping.levels[level].loops)) {
      int64_t size = workload.size(loop.dim);
      int64_t &step = covered[index(loop.dim)];
      if (loop.bound <= 1 || step >= size)
        continue;
      int64_t bound = std::min(loop.bound, (size - 1) / step + 1);
      bool temporal = accelerator.levels[level].kind == LevelKind::Memory;
      loops.push_back({bound, step, uint8_t(level), loop.dim, temporal});
      if (llvm::MulOverflow(bound, step, step))
        step = std::numeric_limits<int64_t>::max();
    }
  std::reverse(loops.begin(), loops.end());
  for (unsigned i = 0; i < loops.size(); ++i)
    loopsOf[index(loops[i].dim)].push_back(i);
  for (unsigned level = 0, i = 0, spatial = 0; level < mapping.levels.size();
       ++level) {
    spatialAbove.push_back(spatial);
    for (; i < loops.size() && loops[i].level == level; ++i)
      spatial += !loops[i].temporal;
  }
  for (Dim dim : allDims)
    if (covered[index(dim)] != workload.size(dim))
      ragged.insert(dim);
  for (Tensor tensor : allTensors)
    relevant[index(tensor)] = workload.relevantDims(tensor);
  for (unsigned i = 0; i < 3; ++i)
    overlapping[i] = workload.windowsOverlap(i);
}

int64_t Nest::extent(Dim dim, unsigned level) const {
  int64_t extent = workload.size(dim);
  for (unsigned i : loopsOf[index(dim)]) {
    if (loops[i].level >= level)
      break;
    extent = loops[i].step;
  }
  return extent;
}

Axes Nest::axes(Tensor tensor) const {
  Axes axes = {{Dim::N, Dim::N, false},
               {Dim::G, Dim::G, false},
               {Dim::M, Dim::M, false},
               {Dim::C, Dim::C, false}};
  for (unsigned i = 0; i < 3; ++i) {
    auto [position, kernel] = windowPairs[i];
    if (isWindow(tensor, i)) {
      axes.push_back({position, kernel, true});
      continue;
    }
    axes.push_back({position, position, false});
    axes.push_back({kernel, kernel, false});
  }
  return axes;
}

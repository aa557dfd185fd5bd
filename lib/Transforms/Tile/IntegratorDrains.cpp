//===- IntegratorDrains.cpp - Loops between sums that leave -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IntegratorDrains.h"
#include "ohas/CostModel/Saturating.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <limits>

using namespace ohas;
using namespace ohas::cost;

namespace {
/// Loops with the outputs' sums in one integrator, a loop for each dim.
class Run {
public:
  Run(const Workload &workload, const Accelerator &accelerator,
      Mapping &mapping, unsigned integrator)
      : accelerator(accelerator), mapping(mapping), integrator(integrator) {
    products = {Dim::C};
    if (!workload.transposed)
      for (Dim dim : {Dim::R, Dim::S, Dim::T})
        products.insert(dim);
  }

  /// False where the loops cannot be told apart so.
  bool collect();
  void divide(int64_t limit);

private:
  /// Takes a level's innermost loops along products; true for all of its loops.
  bool take(unsigned level);
  /// Notes the dims that a fan-out, if it is one, spreads.
  void noteSpread(unsigned level);

  const Accelerator &accelerator;
  Mapping &mapping;
  unsigned integrator, receiver = 0;
  DimSet products, spread;
  std::vector<Loop> loops; ///< of different dims
};
} // namespace

bool Run::take(unsigned level) {
  auto &from = mapping.levels[level].loops;
  while (!from.empty()) {
    Loop loop = from.back();
    if (loop.bound > 1 &&
        (!products.contains(loop.dim) || spread.contains(loop.dim)))
      return false;
    from.pop_back();
    auto known =
        std::find_if(loops.begin(), loops.end(),
                     [&](const Loop &each) { return each.dim == loop.dim; });
    if (known != loops.end())
      known->bound = saturatingMul(known->bound, loop.bound);
    else if (loop.bound > 1)
      loops.push_back(loop);
  }
  return true;
}

void Run::noteSpread(unsigned level) {
  if (accelerator.levels[level].kind == LevelKind::Fanout)
    for (const Loop &loop : mapping.levels[level].loops)
      if (loop.bound > 1)
        spread.insert(loop.dim);
}

bool Run::collect() {
  for (unsigned i = integrator + 1; i < mapping.levels.size(); ++i)
    if (accelerator.levels[i].kind == LevelKind::Memory)
      for (const Loop &loop : mapping.levels[i].loops)
        if (loop.bound > 1)
          return false;
  bool hasReceiver = false;
  for (unsigned i = integrator; i-- > 0 && !hasReceiver;)
    if (accelerator.levels[i].kind == LevelKind::Memory &&
        mapping.levels[i].kept.contains(Tensor::Output)) {
      receiver = i;
      hasReceiver = true;
    } else {
      noteSpread(i);
    }
  // Copies between them have parts of a dim of which loops on both sides would
  // be other parts.
  if (!hasReceiver || !take(integrator))
    return false;
  for (unsigned i = integrator; i-- > 0;) {
    noteSpread(i);
    if (accelerator.levels[i].kind == LevelKind::Memory && !take(i))
      break;
  }
  return true;
}

void Run::divide(int64_t limit) {
  // Which loops stay below as they are, and which of the others as far as the
  // limit leaves room for.
  unsigned bestWhole = 0;
  size_t bestPart = loops.size();
  int64_t fewest = std::numeric_limits<int64_t>::max(), bestRoom = limit;
  for (unsigned whole = 0; whole < 1u << loops.size(); ++whole) {
    int64_t steps = 1, leave = 1;
    for (size_t i = 0; i < loops.size(); ++i) {
      int64_t &product = whole >> i & 1 ? steps : leave;
      product = saturatingMul(product, loops[i].bound);
    }
    if (steps > limit)
      continue;
    int64_t room = limit / steps;
    for (size_t part = 0; part <= loops.size(); ++part) {
      int64_t left = leave;
      if (part < loops.size()) {
        if (whole >> part & 1)
          continue;
        left = leave / loops[part].bound *
               llvm::divideCeilSigned(loops[part].bound, room);
      }
      if (left >= fewest)
        continue;
      fewest = left;
      bestWhole = whole;
      bestPart = part;
      bestRoom = room;
    }
  }
  auto &above = mapping.levels[receiver].loops;
  auto &own = mapping.levels[integrator].loops;
  for (size_t i = 0; i < loops.size(); ++i) {
    int64_t bound = loops[i].bound;
    int64_t kept = bestWhole >> i & 1 ? bound
                   : i == bestPart    ? std::min(bound, bestRoom)
                                      : 1;
    if (kept < bound)
      above.push_back({loops[i].dim, llvm::divideCeilSigned(bound, kept)});
    if (kept > 1)
      own.push_back({loops[i].dim, kept});
  }
}

Mapping ohas::withIntegratorDrains(const Workload &workload,
                                   const Accelerator &accelerator,
                                   Mapping mapping) {
  for (unsigned i = 0; i < accelerator.levels.size(); ++i) {
    const Level &level = accelerator.levels[i];
    if (level.kind != LevelKind::Memory || !level.accumulateLimit ||
        !mapping.levels[i].kept.contains(Tensor::Output))
      continue;
    Mapping changed = mapping;
    Run run(workload, accelerator, changed, i);
    if (!run.collect())
      continue;
    run.divide(*level.accumulateLimit);
    mapping = std::move(changed);
  }
  return mapping;
}

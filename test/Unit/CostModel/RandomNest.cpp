//===- RandomNest.cpp - Small random nests to count -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomNest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace ohas::cost;

RandomNest::RandomNest(uint64_t seed, NestKind kind, int64_t points)
    : random(seed), kind(kind) {
  if (kind == NestKind::Edges) {
    chooseEdgeWorkload(points);
    chooseEdgeLevels();
  } else if (kind == NestKind::Presented) {
    chooseEdgeWorkload(points);
    workload.transposed = false;
    choosePresentingLevels();
  } else {
    chooseWorkload(points);
    chooseLevels();
  }
  chooseLoops(points);
}

void RandomNest::chooseWorkload(int64_t points) {
  windows = chance(15);
  if (windows) {
    // Two windows that overlap, spread over fan-outs that share or do not.
    for (Dim dim : {Dim::P, Dim::R, Dim::Q, Dim::S})
      workload.size(dim) = pick(2, 4);
    for (int i = 0; i < 2; ++i)
      (chance(50) ? workload.strides : workload.dilations)[i] = pick(1, 2);
    workload.transposed = chance(30);
    return;
  }
  // Few dims at a time, so that each can be large enough to be interesting.
  for (int i = pick(2, 4); i > 0; --i) {
    Dim dim = allDims[pick(0, numDims - 1)];
    workload.size(dim) = pick(2, 7);
  }
  if (chance(60)) {
    workload.size(Dim::P) = pick(1, 6);
    workload.size(Dim::R) = pick(1, 4);
  }
  if (chance(35)) {
    workload.size(Dim::Q) = pick(1, 4);
    workload.size(Dim::S) = pick(1, 3);
  }
  while (workload.macs() > points / 2)
    workload.sizes[pick(0, numDims - 1)] = 1;
  for (int i = 0; i < 3; ++i) {
    workload.strides[i] = chance(50) ? 1 : pick(1, 4);
    workload.dilations[i] = chance(50) ? 1 : pick(1, 4);
  }
  workload.transposed = chance(25);
}

void RandomNest::chooseEdgeWorkload(int64_t points) {
  // A window, and other dims that make its tiles come back.
  workload.size(Dim::P) = pick(3, 12);
  workload.size(Dim::R) = pick(2, 7);
  if (chance(25)) {
    workload.size(Dim::Q) = pick(2, 5);
    workload.size(Dim::S) = pick(1, 3);
  }
  for (int i = pick(0, 2); i > 0; --i)
    workload.size(pick({Dim::N, Dim::G, Dim::M, Dim::C})) =
        pick(2, chance(50) ? 3 : 7);
  while (workload.macs() > points)
    workload.sizes[pick(0, numDims - 1)] = 1;
  for (int i = 0; i < 2; ++i) {
    workload.strides[i] = chance(50) ? 1 : pick(2, 4);
    workload.dilations[i] = chance(50) ? 1 : pick(2, 4);
  }
  workload.transposed = chance(40);
}

void RandomNest::addMemory(TensorSet kept) {
  Level level;
  level.kind = LevelKind::Memory;
  if (kept == TensorSet{Tensor::Output} && chance(60))
    level.accumulateLimit = pick(1, 5);
  accelerator.levels.push_back(level);
  mapping.levels.push_back({kept, {}});
}

void RandomNest::addOther(LevelKind kind) {
  Level level;
  level.kind = kind;
  level.tensor = allTensors[pick(0, 2)];
  level.hold = chance(60);
  for (FanoutMode &mode : level.modes)
    mode = FanoutMode(pick(0, 3));
  accelerator.levels.push_back(level);
  mapping.levels.emplace_back();
}

void RandomNest::chooseLevels() {
  constexpr TensorSet all = {Tensor::Weight, Tensor::Input, Tensor::Output};
  addMemory(all);
  // One in three spreads between memories that keep the same: what copies share
  // meets tiles that change.
  bool spreads = windows || chance(35);
  TensorSet both = windows || chance(50) ? all : TensorSet{Tensor::Output};
  if (spreads) {
    addMemory(both);
    for (int i = pick(1, 3); i > 0; --i)
      addOther(LevelKind::Fanout);
    if (chance(30))
      addOther(LevelKind::Converter);
    addMemory(both);
  }
  for (int i = spreads ? pick(0, 2) : pick(2, 6); i > 0; --i) {
    int kind = pick(0, 9);
    if (kind >= 4) {
      addOther(kind < 8 ? LevelKind::Fanout : LevelKind::Converter);
      continue;
    }
    TensorSet kept;
    if (chance(30))
      kept = {Tensor::Output};
    else
      for (Tensor t : allTensors)
        if (chance(50))
          kept.insert(t);
    addMemory(kept);
  }
  addCompute();
}

void RandomNest::addCompute() {
  Level compute;
  compute.kind = LevelKind::Compute;
  accelerator.levels.push_back(compute);
  mapping.levels.emplace_back();
}

void RandomNest::chooseEdgeLevels() {
  constexpr TensorSet all = {Tensor::Weight, Tensor::Input, Tensor::Output};
  TensorSet windowed = {workload.transposed ? Tensor::Output : Tensor::Input};
  addMemory(all);
  addOther(LevelKind::Fanout);
  // One tensor alone does not hide behind the others.
  addMemory(pick({all, windowed, TensorSet{allTensors[pick(0, 2)]}, {}}));
  for (int i = pick(0, 3); i > 0; --i)
    addOther(chance(50) ? LevelKind::Fanout : LevelKind::Converter);
  if (chance(60))
    addMemory(chance(30) ? all : windowed);
  if (chance(40))
    addOther(LevelKind::Fanout);
  addCompute();
}

/// A fan-out whose copies mostly share what they can.
void RandomNest::addSharing(int percent) {
  addOther(LevelKind::Fanout);
  for (FanoutMode &mode : accelerator.levels.back().modes)
    if (chance(percent))
      mode = FanoutMode::Window;
}

/// The input passes the memories of other tensors by: its converters see what
/// all copies below present.
void RandomNest::choosePresentingLevels() {
  constexpr TensorSet all = {Tensor::Weight, Tensor::Input, Tensor::Output};
  addMemory(all);
  if (chance(40))
    addSharing(30);
  if (chance(50))
    addMemory(all);
  for (int i = pick(1, 2); i > 0; --i) {
    addOther(LevelKind::Converter);
    accelerator.levels.back().tensor = Tensor::Input;
  }
  if (chance(50))
    addSharing(70);
  if (chance(60))
    addMemory({chance(50) ? Tensor::Output : Tensor::Weight});
  for (int i = pick(1, 3); i > 0; --i)
    addSharing(70);
  if (chance(30)) {
    addOther(LevelKind::Converter);
    accelerator.levels.back().tensor = Tensor::Input;
    addSharing(70);
  }
  addCompute();
}

unsigned RandomNest::choosePlace(llvm::ArrayRef<unsigned> places) {
  if (kind == NestKind::Edges && chance(30))
    return 1; // the fan-out near the top
  unsigned level = places[pick(0, places.size() - 1)];
  if (accelerator.levels[level].kind == LevelKind::Memory &&
      chance(windows ? 80 : 30))
    level = places[pick(0, places.size() - 1)];
  return level;
}

void RandomNest::chooseLoops(int64_t points) {
  std::vector<unsigned> places;
  for (unsigned i = 0; i < accelerator.levels.size(); ++i)
    if (accelerator.levels[i].kind == LevelKind::Memory ||
        accelerator.levels[i].kind == LevelKind::Fanout)
      places.push_back(i);
  // Loops are drawn dim by dim and put at random places, the dims interleaved.
  for (bool fits = false; !fits;) {
    for (LevelMapping &level : mapping.levels)
      level.loops.clear();
    int64_t total = 1;
    for (Dim dim : allDims) {
      int64_t size = workload.size(dim), reach = 1;
      while (reach < size || chance(5)) {
        int64_t left = (size + reach - 1) / reach;
        int64_t bound = chance(50) ? left : pick(2, std::max<int64_t>(2, left));
        if (kind == NestKind::Edges && chance(70))
          bound = std::min<int64_t>(bound, pick(2, 3));
        if (chance(6))
          bound += pick(1, 5); // beyond the size
        auto &loops = mapping.levels[choosePlace(places)].loops;
        loops.insert(loops.begin() + pick(0, loops.size()), {dim, bound});
        reach *= bound;
        total *= bound;
        if (total > 64 * points)
          break;
      }
    }
    fits = total <= 4 * points;
  }
}

std::string RandomNest::describe() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (Dim dim : allDims)
    os << name(dim) << workload.size(dim) << ' ';
  os << (workload.transposed ? "transposed" : "") << '\n';
  for (int i = 0; i < 3; ++i)
    os << workload.strides[i] << '/' << workload.dilations[i] << ' ';
  for (auto [level, mapped] : llvm::zip(accelerator.levels, mapping.levels)) {
    os << '\n' << name(level.kind);
    if (level.kind == LevelKind::Memory)
      for (Tensor t : allTensors)
        os << (mapped.kept.contains(t) ? " " : " no-") << name(t);
    if (level.kind == LevelKind::Fanout)
      for (Tensor t : allTensors)
        os << ' ' << name(level.mode(t));
    if (level.kind == LevelKind::Converter)
      os << ' ' << name(level.tensor) << (level.hold ? " hold" : "");
    if (level.accumulateLimit)
      os << " limit " << *level.accumulateLimit;
    for (const Loop &loop : mapped.loops)
      os << ' ' << name(loop.dim) << ':' << loop.bound;
  }
  return text;
}

//===- PlanMoves.cpp - The neighbours of a plan -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlanMoves.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::search;
using namespace ohas::cost;

using Kind = PlanMove::Kind;

namespace {
class MoveList {
public:
  MoveList(const MappingProblem &problem, const Plan &plan)
      : problem(problem), plan(plan) {}

  std::vector<PlanMove> build() {
    for (unsigned fanout : problem.fanouts) {
      spatial(fanout);
      replacements(fanout);
    }
    for (unsigned memory : problem.memories) {
      temporal(memory);
      orders(memory);
      keeps(memory);
    }
    return std::move(moves);
  }

private:
  void bounds(Kind kind, unsigned level, Dim dim, int64_t trips, int64_t limit);
  void spatial(unsigned fanout);
  void replacements(unsigned fanout);
  void temporal(unsigned memory);
  void orders(unsigned memory);
  void keeps(unsigned memory);

  const MappingProblem &problem;
  const Plan &plan;
  std::vector<PlanMove> moves;
};
} // namespace

/// The next bound up and down, twice and half as much, all and nothing.
void MoveList::bounds(Kind kind, unsigned level, Dim dim, int64_t trips,
                      int64_t limit) {
  llvm::SmallVector<int64_t, 32> all = splitBounds(trips, limit);
  int64_t now = plan.levels[level].bound(dim);
  if (all.size() < 2 && now == 1)
    return;
  auto *next = llvm::upper_bound(all, now), *same = llvm::lower_bound(all, now);
  llvm::SmallVector<int64_t, 6> wanted = {1, all.back()};
  if (next != all.end())
    wanted.push_back(*next);
  if (same != all.begin())
    wanted.push_back(*std::prev(same));
  auto *twice = llvm::lower_bound(all, 2 * now);
  if (twice != all.end())
    wanted.push_back(*twice);
  wanted.push_back(*llvm::lower_bound(
      all, std::min(llvm::divideCeilSigned(now, 2), all.back())));
  llvm::sort(wanted);
  wanted.erase(llvm::unique(wanted), wanted.end());
  for (int64_t value : wanted)
    if (value != now)
      moves.push_back({kind, level, dim, Tensor::Weight, value});
}

void MoveList::spatial(unsigned fanout) {
  for (Dim dim : problem.dims) {
    if (!problem.accepted(fanout).contains(dim))
      continue;
    int64_t trips = problem.workload.size(dim);
    for (unsigned other : problem.fanouts)
      if (other != fanout)
        trips = llvm::divideCeilSigned(trips, plan.levels[other].bound(dim));
    bounds(Kind::Spatial, fanout, dim, trips,
           problem.accelerator.levels[fanout].extent);
  }
}

void MoveList::replacements(unsigned fanout) {
  for (Dim dim : problem.dims) {
    if (plan.levels[fanout].bound(dim) == 1)
      continue;
    for (Dim other : problem.dims)
      if (other != dim && problem.accepted(fanout).contains(other) &&
          problem.temporalTrips(plan, other) > 1)
        moves.push_back({Kind::Replace, fanout, dim, Tensor::Weight,
                         int64_t(index(other))});
  }
}

void MoveList::temporal(unsigned memory) {
  for (Dim dim : problem.dims) {
    if (!problem.accepted(memory).contains(dim))
      continue;
    int64_t trips = problem.temporalTrips(plan, dim);
    if (trips == 1)
      continue;
    if (plan.sink[index(dim)] == memory) {
      for (unsigned other : problem.memories)
        if (other != memory && plan.levels[memory].bound(dim) > 1 &&
            problem.accepted(other).contains(dim))
          moves.push_back(
              {Kind::Shift, memory, dim, Tensor::Weight, int64_t(other)});
      continue;
    }
    moves.push_back({Kind::Sink, memory, dim});
    bounds(Kind::Temporal, memory, dim, trips, trips);
    for (unsigned other : problem.memories)
      if (other != memory && other != plan.sink[index(dim)] &&
          plan.levels[memory].bound(dim) > 1 &&
          problem.accepted(other).contains(dim))
        moves.push_back(
            {Kind::Shift, memory, dim, Tensor::Weight, int64_t(other)});
  }
}

void MoveList::orders(unsigned memory) {
  llvm::SmallVector<Dim, numDims> loops;
  for (Dim dim : plan.levels[memory].order)
    if (plan.levels[memory].bound(dim) > 1)
      loops.push_back(dim);
  if (loops.size() < 2)
    return;
  for (Dim dim : llvm::drop_end(loops))
    moves.push_back({Kind::Innermost, memory, dim});
  for (Dim dim : llvm::drop_begin(loops))
    moves.push_back({Kind::Outermost, memory, dim});
  for (Tensor tensor : allTensors)
    moves.push_back({Kind::Stationary, memory, Dim::N, tensor});
}

void MoveList::keeps(unsigned memory) {
  const Level &level = problem.accelerator.levels[memory];
  if (memory == problem.memories.front())
    return;
  for (Tensor tensor : allTensors)
    if (level.canKeep.contains(tensor) && !level.mustKeep.contains(tensor))
      moves.push_back({Kind::Keep, memory, Dim::N, tensor});
}

std::vector<PlanMove> ohas::search::movesFrom(const MappingProblem &problem,
                                              const Plan &plan) {
  return MoveList(problem, plan).build();
}

/// Makes room on a fan-out by narrowing other dims, the widest first.
static void narrowOthers(const MappingProblem &problem, LevelPlan &level,
                         int64_t extent, Dim except) {
  for (;;) {
    int64_t copies = 1;
    Dim widest = except;
    for (Dim dim : problem.dims) {
      copies *= level.bound(dim);
      if (dim != except &&
          (widest == except || level.bound(dim) > level.bound(widest)))
        widest = dim;
    }
    if (copies <= extent || widest == except || level.bound(widest) == 1)
      return;
    int64_t others = copies / level.bound(widest);
    level.bound(widest) = std::max<int64_t>(1, extent / others);
  }
}

/// Gives the copies of one dim of a fan-out to another one.
static void replaceDim(const MappingProblem &problem, Plan &plan,
                       unsigned fanout, Dim from, Dim to) {
  LevelPlan &level = plan.levels[fanout];
  level.bound(from) = 1;
  int64_t others = 1;
  for (Dim dim : problem.dims)
    if (dim != to)
      others *= level.bound(dim);
  int64_t room = problem.accelerator.levels[fanout].extent / others;
  level.bound(to) = 1;
  level.bound(to) = splitBounds(problem.temporalTrips(plan, to), room).back();
}

bool ohas::search::apply(const MappingProblem &problem, const PlanMove &move,
                         Plan &plan) {
  LevelPlan &level = plan.levels[move.level];
  switch (move.kind) {
  case Kind::Temporal:
    level.bound(move.dim) = move.value;
    break;
  case Kind::Spatial:
    level.bound(move.dim) = move.value;
    narrowOthers(problem, level, problem.accelerator.levels[move.level].extent,
                 move.dim);
    break;
  case Kind::Replace:
    replaceDim(problem, plan, move.level, move.dim,
               static_cast<Dim>(move.value));
    break;
  case Kind::Shift: {
    int64_t trips = level.bound(move.dim);
    level.bound(move.dim) = 1;
    int64_t &target = plan.levels[move.value].bound(move.dim);
    if (llvm::MulOverflow(target, trips, target))
      return false;
    break;
  }
  case Kind::Sink: {
    unsigned &sink = plan.sink[index(move.dim)];
    if (sink == move.level)
      return false;
    plan.levels[sink].bound(move.dim) = 1;
    sink = move.level;
    break;
  }
  case Kind::Innermost:
    level.putInnermost({move.dim});
    return true;
  case Kind::Outermost: {
    auto *place = llvm::find(level.order, move.dim);
    std::rotate(level.order.begin(), place, std::next(place));
    return true;
  }
  case Kind::Stationary:
    level.putInnermost(problem.irrelevant(move.tensor));
    return true;
  case Kind::Keep:
    if (level.kept.contains(move.tensor))
      level.kept.erase(move.tensor);
    else
      level.kept.insert(move.tensor);
    return true;
  }
  return problem.close(plan);
}

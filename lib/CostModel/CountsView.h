//===- CountsView.h - One dim as one question sees it -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every count is a sum, over the steps at which one temporal loop advances, of
// products of one-dimensional sums. A View is one dim in such a sum: the loops
// above the child, each with its role; forEachState visits the dim's share of
// the steps and copies, equal ones together.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSVIEW_H
#define OHAS_LIB_COSTMODEL_COUNTSVIEW_H

#include "CountsNest.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ohas::cost::counting {

/// Temporal loops are free outside the one that advances and at their start
/// inside it. Spatial loops are added up (Sum), stand at a digit (Fixed), or
/// are left to whoever visits the states (Body).
enum class Role : uint8_t { Temporal, Sum, Fixed, Body };

struct ViewLoop {
  int64_t bound, step, digit;
  Role role;
  uint8_t index; ///< in the nest
};

/// What is asked: the traffic of `tensor` that copies of `child` cause, merged
/// by the fan-outs below `top`. Of all copies of `top`, or of the one at `at`.
struct Question {
  Tensor tensor;
  unsigned child, top;
  bool one;
  /// Digits of the spatial loops above `top` by loop of the nest; empty: zero.
  llvm::ArrayRef<int64_t> at;

  /// True if copies along a loop of `dim` at a fan-out share what they have in
  /// common (the union is what counts), false if each counts for itself.
  bool shares(const Nest &nest, const NestLoop &loop) const;
};

/// No loop of the dim advances at the step.
inline constexpr unsigned noLoop = ~0u;

/// How one copy's part of a dim changes at a step: `tile` indices now,
/// `oldTile` before, starting `shift` further on.
struct Change {
  int64_t tile, shift, oldTile;
};

struct View {
  Dim dim;
  int64_t size, tile;
  bool relevant, ragged;
  unsigned temporals = 0;
  llvm::SmallVector<ViewLoop, 8> loops;

  /// Body: what the fan-outs from level `bodyFrom` inwards spread, below `top`.
  View(const Nest &nest, const Question &question, Dim dim,
       unsigned bodyFrom = noLoop);

  /// Everything that the loops from the j-th on reach.
  int64_t reach(unsigned j) const {
    return j < loops.size() ? loops[j].bound * loops[j].step : tile;
  }

  /// The change of a copy whose start is `rest` below the size, when `outer`
  /// temporal loops are outside the one that advances; `moved`: that is the
  /// next temporal loop of this dim itself.
  Change change(int64_t rest, unsigned outer, bool moved) const;

  /// How many values the body loops take together with `rest` indices left.
  int64_t bodies(int64_t rest) const;

  /// Calls fn(rest, times) for the states with `outer` free temporal loops,
  /// where the next one is at least 1 if `moved`. Body loops stand at zero.
  void forEachState(unsigned outer, bool moved,
                    llvm::function_ref<void(int64_t, int64_t)> fn) const;
};

/// A sum over states (and copies): of everything, and of what was there before.
struct Sums {
  int64_t all = 0, kept = 0;
};

/// What is summed: elements now, elements before (outputs that leave), or 1 a
/// state (steps that change a tile).
enum class Measure : uint8_t { Now, Before, States };

/// Of a dim that is an axis of its own.
Sums dimSums(const View &view, unsigned outer, bool moved, Measure measure);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSVIEW_H

//===- CountsWindow.h - Coordinates of windows ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSWINDOW_H
#define OHAS_LIB_COSTMODEL_COUNTSWINDOW_H

#include "CountsView.h"

namespace ohas::cost::counting {

/// The coordinates (position + i) * s + (kernel + j) * d of a box of positions
/// and kernel indices; s and d have no common divisor.
struct WindowBox {
  int64_t position = 0, positions = 0, kernel = 0, kernels = 0;
};

inline bool isEmpty(const WindowBox &box) {
  return box.positions <= 0 || box.kernels <= 0;
}

/// First coordinate of one that is not empty, and the one after the last.
std::pair<int64_t, int64_t> hull(const WindowBox &box, int64_t s, int64_t d);
/// The same if there are no gaps between.
std::optional<std::pair<int64_t, int64_t>> asRun(const WindowBox &box,
                                                 int64_t s, int64_t d);
/// How many coordinates two boxes have in common, in time O(min(s, d)).
int64_t commonCoordinates(const WindowBox &a, const WindowBox &b, int64_t s,
                          int64_t d);
int64_t coordinates(const WindowBox &box, int64_t s, int64_t d);
/// Calls fn(begin, end) for disjoint or overlapping runs that make up the box.
void forEachRun(const WindowBox &box, int64_t s, int64_t d,
                llvm::function_ref<void(int64_t, int64_t)> fn);

/// Two dims of a window pair in one question, and how far each is at a step.
struct WindowView {
  const Nest &nest;
  View position, kernel;
  int64_t s, d;

  WindowView(const Nest &nest, const Question &question, const Axis &axis);
  WindowView(const Nest &nest, const Question &question, const Axis &axis,
             unsigned bodyFrom);
};

struct Cut {
  unsigned outer;
  bool moved;
};

/// A copy's boxes now and before (empty where it has none).
struct BoxChange {
  WindowBox now, before;
};
BoxChange boxChange(const View &position, const View &kernel, int64_t rest,
                    int64_t kernelRest, Cut cut, Cut kernelCut);

/// The outermost fan-out below `top` at which copies along a loop of the axis
/// share; noLoop if none does.
unsigned firstSharing(const Nest &nest, const Question &question,
                      const Axis &axis);

/// True if, inside a sharing fan-out, another one delivers copies of the axis
/// on their own: then elements have multiplicities that a union does not show.
bool isMixed(const Nest &nest, const Question &question, const Axis &axis);

/// Those of `dims` that belong to a window axis of the tensor.
DimSet windowDims(const Nest &nest, Tensor tensor, DimSet dims);

/// Of `edges`, dims whose edge cuts the tiles of some copies of `child`, those
/// along which a cut tile may be without an element for a while that a complete
/// one keeps. Along the others, what is new in a cut tile is at every step new
/// in the complete one.
DimSet returningDims(const Nest &nest, Tensor tensor, unsigned child,
                     DimSet edges);

/// Like dimSums, of a window axis. Exact for `all` always; for `kept` unless
/// the axis is mixed.
Sums windowSums(const WindowView &view, const Question &question, Cut cut,
                Cut kernelCut, Measure measure);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSWINDOW_H

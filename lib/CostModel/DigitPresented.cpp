//===- DigitPresented.cpp - What copies present at a step -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitPresented.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

static bool sharesWindow(const DigitNest &nest, const DigitLoop &loop) {
  return !loop.temporal && nest.facts.levels[loop.level].sharesWindows;
}

std::optional<uint8_t>
ohas::cost::counting::unitedFrom(const DigitNest &nest,
                                 const WindowFacts &window, unsigned top) {
  unsigned from = top, outermost = nest.facts.compute;
  for (Dim dim : {window.position, window.kernel}) {
    bool united = true;
    for (unsigned i = nest.innermost[index(dim)]; i != DigitNest::none;
         i = nest.loops[i].outer) {
      const DigitLoop &loop = nest.loops[i];
      if (loop.level < top)
        break;
      bool shares = sharesWindow(nest, loop);
      if (united && !shares)
        from = std::max<unsigned>(from, loop.level + 1);
      united &= shares;
      if (shares)
        outermost = std::min<unsigned>(outermost, loop.level);
    }
  }
  if (outermost < from)
    return std::nullopt;
  return from;
}

/// Does each coordinate of every window belong to one copy below `top`, or to
/// copies that share it?
static bool presentsOnce(const DigitNest &nest, unsigned top) {
  Mask spread = 0, alone = 0;
  for (unsigned s = nest.spatialAbove[top]; s < DigitNest::maxLoops; ++s) {
    const DigitLoop &loop = nest.loops[nest.spatial[s]];
    spread |= maskOf(loop.dim);
    if (!sharesWindow(nest, loop))
      alone |= maskOf(loop.dim);
  }
  for (const WindowFacts &window : nest.facts.windows) {
    Mask position = maskOf(window.position), kernel = maskOf(window.kernel);
    if ((spread & position) && (spread & kernel) &&
        (alone & (position | kernel)))
      return false;
  }
  return true;
}

std::optional<unsigned> ohas::cost::counting::presentedAt(const DigitNest &nest,
                                                          Tensor tensor,
                                                          unsigned top) {
  const NestFacts &facts = nest.facts;
  Mask relevant = facts.relevant[index(tensor)];
  Mask windowed = tensor == Tensor::Input ? facts.windowed : 0;
  // Below this level copies only spread.
  unsigned at = top;
  for (unsigned i = DigitNest::maxLoops; i-- > nest.begin;)
    if (nest.loops[i].temporal) {
      at = std::max<unsigned>(at, nest.loops[i].level + 1);
      break;
    }
  bool even = !nest.ragged, one = true;
  for (unsigned s = nest.spatialAbove[top]; s < DigitNest::maxLoops; ++s) {
    const DigitLoop &loop = nest.loops[nest.spatial[s]];
    Mask dim = maskOf(loop.dim);
    bool inside = loop.level >= at, ragged = nest.ragged & dim;
    even &= !(windowed & dim);
    if (!(relevant & dim))
      one &= nest.isShared(loop, maskOf(tensor)) || (!inside && !ragged);
    else
      one &= inside || !(ragged || (windowed & dim));
  }
  // Where every step presents as much, each copy is like a memory of its own.
  if (even)
    return facts.compute;
  if (!one || (windowed && !presentsOnce(nest, top)))
    return std::nullopt;
  return at;
}

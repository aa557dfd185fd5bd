//===- DigitTraffic.cpp - What crosses a place, from digits -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

void DigitTraffic::grow(Span &span, Tensor tensor, unsigned child) const {
  Mask relevant = nest.facts.relevant[index(tensor)];
  unsigned end = nest.above[child].loops;
  for (unsigned i = span.end; i < end; ++i) {
    const DigitLoop &loop = nest.loops[i];
    if (!loop.temporal)
      continue;
    if (relevant & maskOf(loop.dim)) {
      span.cut = i + 1;
      span.othersBeforeCut = span.othersBeforeEnd;
    } else if (!(nest.ragged & maskOf(loop.dim))) {
      span.othersBeforeEnd *= loop.bound;
    }
  }
  span.end = end;
}

int64_t DigitTraffic::others(const Place &place, unsigned cut,
                             int64_t evenTemporal) const {
  int64_t product = evenTemporal;
  Mask relevant = nest.facts.relevant[index(place.tensor)];
  Mask uneven = nest.ragged | relevant;
  for (unsigned s = 0, end = nest.above[place.child].spatialLoops; s < end;
       ++s) {
    unsigned i = nest.spatial[s];
    const DigitLoop &loop = nest.loops[i];
    if (!(uneven & maskOf(loop.dim)) &&
        nest.isFree(loop, i, cut, place, nest.isShared(loop, place.tensor)))
      product *= loop.bound;
  }
  if (Mask left = nest.ragged & ~relevant)
    for (Dim dim : allDims)
      if (left & maskOf(dim))
        product *= nest.states(dim, cut, place);
  return product;
}

int64_t DigitTraffic::othersAt(const Place &place, unsigned cut) const {
  Mask uneven = nest.ragged | nest.facts.relevant[index(place.tensor)];
  int64_t temporal = 1;
  for (unsigned i = nest.begin; i < cut; ++i)
    if (const DigitLoop &loop = nest.loops[i];
        loop.temporal && !(uneven & maskOf(loop.dim)))
      temporal *= loop.bound;
  return others(place, cut, temporal);
}

int64_t DigitTraffic::plain(const Place &place, bool states) const {
  Mask dims = nest.facts.relevant[index(place.tensor)];
  if (place.tensor == Tensor::Input)
    dims &= ~nest.facts.windowed;
  Mask cut = place.one ? dims & nest.above[place.top].spatialDims : 0;
  if (!cut && !states)
    return nest.facts.plainElements[index(place.tensor)];
  int64_t product = 1;
  for (Dim dim : allDims)
    if (dims & maskOf(dim))
      product *= states || (cut & maskOf(dim))
                     ? nest.indices(dim, place, states)
                     : nest.facts.workload.size(dim);
  return product;
}

int64_t DigitTraffic::everyStep(const Place &place, const Span &span) const {
  int64_t product =
      plain(place, false) * others(place, span.end, span.othersBeforeEnd);
  // Each state has one position and one kernel index.
  if (place.tensor == Tensor::Input)
    for (const WindowFacts &window : nest.facts.windows)
      product *= nest.indices(window.position, place, false) *
                 nest.indices(window.kernel, place, false);
  return product;
}

int64_t DigitTraffic::newIn(const Place &place, const Span &span,
                            bool states) const {
  int64_t all =
      plain(place, states) * others(place, span.cut, span.othersBeforeCut);
  bool windowed = place.tensor == Tensor::Input && nest.facts.windowed;
  if (windowed)
    for (const WindowFacts &window : nest.facts.windows)
      all *= windowAll(window, place, states);
  if (span.cut == nest.begin)
    return all;
  const DigitLoop &innermost = nest.loops[span.cut - 1];
  bool slides = windowed && (nest.facts.windowed & maskOf(innermost.dim));
  if (!slides && !nest.mayBeSingle(innermost))
    return all;
  return all - stays(place, span, states);
}

int64_t DigitTraffic::stays(const Place &place, const Span &span,
                            bool states) const {
  Mask windowed = place.tensor == Tensor::Input ? nest.facts.windowed : 0;
  Mask relevant = nest.facts.relevant[index(place.tensor)];
  Mask inside = 0; // dims of the tensor that have loops inside
  int64_t total = 0;
  for (unsigned i = span.cut; i-- > nest.begin;) {
    const DigitLoop &loop = nest.loops[i];
    if (!loop.temporal)
      continue;
    Mask dim = maskOf(loop.dim);
    bool moves = relevant & dim;
    if (moves && !(windowed & dim)) {
      if (!nest.mayBeSingle(loop))
        break; // nothing stays from here on
      inside |= dim;
      continue;
    }
    int64_t term = othersAt(place, i);
    if (!moves)
      term = othersAt(place, i + 1) - term;
    for (const WindowFacts &window : nest.facts.windows)
      if (windowed && term)
        term *= windowKept(window, place, i, moves ? i : DigitNest::maxLoops,
                           states);
    for (Dim d : allDims)
      if (term && (relevant & ~windowed & maskOf(d)))
        term *= inside & maskOf(d) ? nest.kept(d, i, place, states)
                                   : nest.indices(d, place, states);
    total += term;
  }
  return total;
}

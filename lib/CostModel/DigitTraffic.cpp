//===- DigitTraffic.cpp - What crosses a place, from digits -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

DigitTraffic::DigitTraffic(const DigitNest &nest, Tensor tensor)
    : nest(nest), tensor(tensor), relevant(nest.facts.relevant[index(tensor)]),
      windowed(tensor == Tensor::Input ? nest.facts.windowed : 0),
      raggedOthers(nest.ragged & ~relevant) {
  Mask uneven = nest.ragged | relevant;
  int64_t trips = 1;
  unsigned cut = nest.begin;
  for (unsigned i = nest.begin; i < DigitNest::maxLoops; ++i) {
    evenTrips[i] = trips;
    cuts[i] = cut;
    const DigitLoop &loop = nest.loops[i];
    if (!loop.temporal)
      continue;
    if (relevant & maskOf(loop.dim))
      cut = i + 1;
    if (!(uneven & maskOf(loop.dim)))
      trips *= loop.bound;
  }
  evenTrips[DigitNest::maxLoops] = trips;
  cuts[DigitNest::maxLoops] = cut;
  int64_t copies = 1;
  unsigned sharing = 0;
  for (unsigned s = nest.spatialBegin; s < DigitNest::maxLoops; ++s) {
    evenSpread[s] = copies;
    shared[s] = sharing;
    const DigitLoop &loop = nest.loops[nest.spatial[s]];
    if (!(uneven & maskOf(loop.dim)))
      copies *= loop.bound;
    sharing +=
        !(relevant & maskOf(loop.dim)) && nest.isShared(loop, maskOf(tensor));
  }
  evenSpread[DigitNest::maxLoops] = copies;
  shared[DigitNest::maxLoops] = sharing;
}

int64_t DigitTraffic::evenCopies(const Place &place) const {
  unsigned top = nest.spatialAbove[place.top];
  int64_t copies = place.one ? 1 : evenSpread[top];
  for (unsigned s = top; s < nest.spatialAbove[place.child]; ++s)
    if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
        !((nest.ragged | relevant) & maskOf(loop.dim)) &&
        !nest.isShared(loop, maskOf(tensor)))
      copies *= loop.bound;
  return copies;
}

int64_t DigitTraffic::plain(const Place &place, bool states) const {
  if (!place.one && !states)
    return nest.facts.plainElements[index(tensor)];
  Mask dims = relevant & ~windowed;
  Mask cut = states ? dims : nest.spatialDims(place.top);
  int64_t product = 1;
  forEachDim(dims & cut,
             [&](Dim dim) { product *= nest.indices(dim, place, states); });
  forEachDim(dims & ~cut,
             [&](Dim dim) { product *= nest.facts.workload.size(dim); });
  return product;
}

int64_t DigitTraffic::everyStep(const Place &place) const {
  int64_t product = plain(place, false) *
                    others(place, DigitNest::maxLoops, evenCopies(place));
  // Each state has one position and one kernel index.
  forEachDim(windowed, [&](Dim dim) {
    product *= place.one ? nest.indices(dim, place, false)
                         : nest.facts.workload.size(dim);
  });
  return product;
}

int64_t DigitTraffic::newIn(const Place &place, bool states) const {
  unsigned cut = cutAbove(place.child);
  int64_t all = plain(place, states) * others(place, cut, evenCopies(place));
  if (windowed)
    for (const WindowFacts &window : nest.facts.windows)
      all *= windowAll(window, place, states);
  if (cut == nest.begin)
    return all;
  const DigitLoop &innermost = nest.loops[cut - 1];
  if (!(windowed & maskOf(innermost.dim)) && !nest.mayBeSingle(innermost))
    return all;
  return all - stays(place, cut, states);
}

int64_t DigitTraffic::stays(const Place &place, unsigned cut,
                            bool states) const {
  Mask inside = 0; // dims of the tensor that have loops inside
  int64_t copies = evenCopies(place), total = 0;
  for (unsigned i = cut; i-- > nest.begin;) {
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
    int64_t term = others(place, i, copies);
    if (!moves)
      term = others(place, i + 1, copies) - term;
    if (windowed)
      for (const WindowFacts &window : nest.facts.windows)
        term *= windowKept(window, place, i, moves ? i : DigitNest::maxLoops,
                           states);
    forEachDim(relevant & ~windowed, [&](Dim d) {
      if (term)
        term *= inside & maskOf(d) ? nest.kept(d, i, place, states)
                                   : nest.indices(d, place, states);
    });
    total += term;
  }
  return total;
}

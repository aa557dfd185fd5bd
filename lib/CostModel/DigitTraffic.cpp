//===- DigitTraffic.cpp - What crosses a place, from digits -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitTraffic.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

DigitTraffic::DigitTraffic(const DigitNest &nest, Tensor tensor)
    : tensor(tensor), nest(nest), relevant(nest.facts.relevant[index(tensor)]),
      windowed(tensor == Tensor::Input ? nest.facts.windowed : 0),
      raggedOthers(nest.ragged & ~relevant) {}

int64_t DigitTraffic::plainOfOne(const Place &place) const {
  int64_t product = 1;
  // Each copy has an equal part of what the whole has along even dims.
  Mask dims = relevant & ~windowed, cut = dims & nest.raggedAbove(place.top);
  forEachDim(dims & ~cut,
             [&](Dim dim) { product *= nest.facts.workload.size(dim); });
  forEachDim(cut, [&](Dim dim) { product *= nest.indices(dim, place, false); });
  int64_t parts = 1;
  for (unsigned s = nest.spatialBegin; s < nest.spatialAbove[place.top]; ++s)
    if (const DigitLoop &loop = nest.loops[nest.spatial[s]];
        dims & ~cut & maskOf(loop.dim))
      parts *= loop.bound;
  return parts == 1 ? product : uint64_t(product) / parts;
}

int64_t DigitTraffic::tiles(const Place &place) const {
  int64_t product = 1;
  forEachDim(relevant & ~windowed,
             [&](Dim dim) { product *= nest.indices(dim, place, true); });
  return product;
}

int64_t DigitTraffic::windowsOfOne(const Place &place) const {
  int64_t product = 1;
  forEachDim(windowed,
             [&](Dim dim) { product *= nest.indices(dim, place, false); });
  return product;
}

int64_t DigitTraffic::everyStep(const Place &place,
                                llvm::ArrayRef<uint8_t> unitedFrom) const {
  int64_t product = plain(place) * copies(place, DigitNest::maxLoops);
  for (auto [window, from] : llvm::zip(nest.facts.windows, unitedFrom))
    product *= windowAll(window, {from, place.top, place.one}, false);
  return product;
}

int64_t DigitTraffic::newIn(const Place &place, unsigned cut, int64_t all,
                            bool states) const {
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
    inside |= relevant & dim;
    int64_t term = others(place, i, copies);
    if (!moves)
      term = others(place, i + 1, copies) - term;
    if (windowed)
      for (const WindowFacts &window : nest.facts.windows)
        term *= inside & (maskOf(window.position) | maskOf(window.kernel))
                    ? windowKept(window, place, i,
                                 moves ? i : DigitNest::maxLoops, states)
                    : windowAll(window, place, states);
    forEachDim(relevant & ~windowed, [&](Dim d) {
      if (term)
        term *= inside & maskOf(d) ? nest.kept(d, i, place, states)
                                   : nest.indices(d, place, states);
    });
    total += term;
  }
  return total;
}

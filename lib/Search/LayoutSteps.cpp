//===- LayoutSteps.cpp - How many steps loops make ---------------*- C++
//-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Copies of a fan-out have consecutive tiles. Where these take several steps,
// and there are not as many tiles as copies in the last round, the first copy
// has more steps than its share: of 11 indices, four copies with tiles of 2
// take 4 steps, with tiles of 1 or 3 only 3.
//
//===----------------------------------------------------------------------===//

#include "LayoutBound.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace ohas::search;

LayoutBound::StepsAlong LayoutBound::stepsInside(unsigned i, unsigned d,
                                                 const StepsAlong &above,
                                                 int64_t outer,
                                                 int64_t inner) const {
  // As long as no loop divides it, all that is left is no tile yet.
  if (inner == tiles.trips(d))
    return above;
  // Trips of ragged loops reach beyond what is left.
  int64_t bound = llvm::divideCeilSigned(outer, inner),
          tile = inner * copiesInside[i][d],
          rest = std::min(above.rest, bound * tile);
  return {above.tiles * bound + rest / tile, rest % tile};
}

int64_t LayoutBound::leastSteps(unsigned i, unsigned d, const StepsAlong &steps,
                                int64_t inner) const {
  int64_t copies = i > 0 ? copiesInside[i - 1][d] : 1,
          rest = std::min(steps.rest, inner * copies);
  return steps.tiles * inner + llvm::divideCeilSigned(rest, copies);
}

double LayoutBound::stepsNs(const Steps &steps) const {
  double product = stepNs;
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    product *= double(steps[d]);
  return product;
}

uint16_t LayoutBound::spreadOnly(unsigned i, const Extents &inner) const {
  uint16_t dims = 0;
  for (unsigned d = 0; d < tiles.numDims(); ++d)
    dims |= (inner[d] == 1) << d;
  return dims & allInside[i];
}

double LayoutBound::stepsFj(const Steps &steps, uint16_t spreadOnly) const {
  double sum = 0;
  for (const PerStep &level : perStep) {
    double product = level.fj;
    for (unsigned d = 0; d < tiles.numDims(); ++d)
      product *= double(std::max(
          level.steps[d],
          steps[d] * (spreadOnly >> d & 1 ? level.exact[d] : level.copies[d])));
    sum += product;
  }
  return sum;
}

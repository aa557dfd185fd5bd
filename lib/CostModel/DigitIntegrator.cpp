//===- DigitIntegrator.cpp - Partial sums, from digits ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An element stays while the loops inside the innermost one that changes the
// tile turn: as many steps as these have along the dims that are added up.
// Along a ragged dim that is one number for all stays but, perhaps, the last.
//
//===----------------------------------------------------------------------===//

#include "DigitTraffic.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

namespace {
struct Stays {
  int64_t steps, number, lastSteps, lasts;
};
} // namespace

/// The steps of one dim while the loops from `cut` on turn, those below the
/// child included, and how often. Nothing where copies that are not merged
/// differ in them.
static std::optional<Stays> staysOf(const DigitNest &nest, Dim dim, Mask tensor,
                                    unsigned cut, const Place &place) {
  Stays stays = {1, 0, 1, 1};
  int64_t all = 1;
  for (unsigned i = nest.innermost[index(dim)]; i != DigitNest::none;
       i = nest.loops[i].outer) {
    const DigitLoop &loop = nest.loops[i];
    bool free =
        loop.level < place.child && DigitNest::isFree(loop, i, cut, place);
    if (!loop.temporal && loop.level >= place.top)
      free &= !DigitNest::isShared(loop, tensor);
    if (i >= cut) {
      if (loop.temporal) {
        stays.lastSteps += loop.last * stays.steps;
        stays.steps *= loop.bound;
      } else if (free) {
        return std::nullopt;
      } else if (loop.last > 0) {
        stays.lastSteps = stays.steps;
      }
    } else if (free) {
      stays.number += loop.last * all;
      all *= loop.bound;
    } else if (loop.last > 0) {
      stays.number = all;
      stays.lasts = 0;
    }
  }
  return stays;
}

static int64_t leaving(llvm::ArrayRef<Stays> dims, int64_t steps,
                       int64_t limit) {
  if (dims.empty())
    return (steps - 1) / limit + 1;
  const Stays &first = dims.front();
  int64_t sum = 0;
  if (first.number)
    sum = first.number * leaving(dims.drop_front(), steps * first.steps, limit);
  if (first.lasts)
    sum += leaving(dims.drop_front(), steps * first.lastSteps, limit);
  return sum;
}

std::optional<int64_t> DigitTraffic::departuresOfStays(const Place &place,
                                                       unsigned cut,
                                                       int64_t limit) const {
  int64_t outside = evenTrips(cut);
  int64_t steps = evenTrips(DigitNest::maxLoops);
  if (outside != 1)
    steps = uint64_t(steps) / outside;
  llvm::SmallVector<Stays, numDims> dims;
  for (Mask left = raggedOthers; left; left &= left - 1) {
    std::optional<Stays> stays =
        staysOf(nest, static_cast<Dim>(llvm::countr_zero(left)), maskOf(tensor),
                cut, place);
    if (!stays)
      return std::nullopt;
    dims.push_back(*stays);
  }
  return outside * leaving(dims, steps, limit);
}

std::optional<int64_t> DigitTraffic::departures(const Place &place,
                                                int64_t limit) const {
  // Elements at a ragged edge stay longer where the innermost loop that changes
  // the tile has a single value for them: until the next one further out.
  unsigned cut = cutAbove(place.child);
  int64_t staying = plain(place), total = 0;
  while (staying) {
    int64_t longer = 0;
    unsigned outer = nest.begin;
    if (cut != nest.begin) {
      outer = nest.before[cut - 1].cuts[index(tensor)];
      if (nest.mayBeSingle(nest.loops[cut - 1])) {
        longer = 1;
        forEachDim(relevant, [&](Dim dim) {
          longer *= nest.hasTemporal(dim, outer, place.child)
                        ? nest.kept(dim, outer, place, false)
                        : nest.indices(dim, place, false);
        });
      }
    }
    std::optional<int64_t> each = departuresOfStays(place, cut, limit);
    if (!each)
      return std::nullopt;
    total += (staying - longer) * *each;
    staying = longer;
    cut = outer;
  }
  return total * evenCopies(place);
}

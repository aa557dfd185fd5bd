//===- DigitNest.h - A loop nest for counting quickly -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The steps of a dim's loops are the place values of a mixed-radix number, and
// indices of the dim are those up to its last one. So how many combinations of
// digits exist, with some of them held at zero, follows from the digits of the
// last index in one walk over the dim's loops, without a division:
//
//     count of the digits from j inwards =
//         last[j] * (all combinations inside j) + count from j + 1 inwards
//
// for a loop that is free, and, for one that is held at zero, all combinations
// inside if last[j] > 0, else the count inside. Bounds that divide are the case
// last[j] = bound - 1.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITNEST_H
#define OHAS_LIB_COSTMODEL_DIGITNEST_H

#include "DigitFacts.h"
#include "ohas/CostModel/Mapping.h"

namespace ohas::cost::counting {

struct DigitLoop {
  int64_t bound, step;
  int64_t last; ///< digit of the dim's last index
  uint8_t level;
  uint8_t outer; ///< the next loop of the dim outwards, or `none`
  bool temporal;
  Dim dim;
  uint8_t shares; ///< of its level
};

/// Places in the nest at which a tensor is counted: what copies of `child`
/// cause at `top`, at all copies of `top` or at the first. Passed by reference:
/// as a value it would be read as a word right after its bytes were written.
struct Place {
  uint8_t child, top;
  bool one;
};

class DigitNest {
public:
  static constexpr unsigned maxLoops = 48, maxLevels = NestFacts::maxLevels;
  static constexpr uint8_t none = 0xff;

  explicit DigitNest(const NestFacts &facts) : facts(facts) {}
  /// False if the mapping has more loops than there is room for, or keeps
  /// something resident.
  bool build(const Mapping &mapping);
  /// The prefixes: `before`, `spread` and `sharingWindows`.
  void findBefore();

  const NestFacts &facts;
  /// From `begin` to maxLoops, outermost first.
  std::array<DigitLoop, maxLoops> loops;
  unsigned begin;
  std::array<uint8_t, numDims> innermost; ///< loop of each dim, or `none`
  Mask ragged;                            ///< dims whose bounds do not divide
  /// Numbers of the spatial loops, from `spatialBegin` to maxLoops, outermost
  /// first.
  std::array<uint8_t, maxLoops> spatial;
  unsigned spatialBegin;
  /// By level: all loops, and all of `spatial`, before this are above.
  std::array<uint8_t, maxLevels> above, spatialAbove;
  /// What is before a loop or a spatial loop, by tensor; dims on which every
  /// tensor depends are in the last entry.
  using ByTensor = std::array<int64_t, numTensors + 1>;
  /// A byte each, in one word.
  struct BytesByTensor {
    uint32_t bytes;
    static constexpr uint32_t ones = 0x01010101;
    unsigned operator[](unsigned tensor) const {
      return bytes >> 8 * tensor & 0xff;
    }
  };
  struct Before {
    /// Trips of temporal loops that are neither the tensor's nor ragged, and
    /// the innermost temporal loop of the tensor, plus one.
    ByTensor trips;
    BytesByTensor cuts;
  };
  std::array<Before, maxLoops + 1> before;
  struct Spread {
    /// Copies along even dims; along those that are not the tensor's, and of
    /// these along the ones that do not share.
    int64_t all;
    ByTensor strange, alone;
    /// Loops whose copies share something of the tensor.
    BytesByTensor sharing;
    Mask ragged; ///< the other dims
  };
  std::array<Spread, maxLoops + 1> spread;
  /// Levels, as bits, with loops whose copies share windows of the input.
  uint64_t sharingWindows;
  bool sharesWindows(unsigned top, unsigned child) const {
    return sharingWindows >> top << top & ((uint64_t(1) << child) - 1);
  }
  /// The ragged dims along which copies of a level differ.
  Mask raggedAbove(unsigned level) const {
    return spread[spatialAbove[level]].ragged;
  }

  /// Does a loop above the child take all its values? Temporal ones before
  /// `cut` do, the others stand at zero.
  static bool isFree(const DigitLoop &loop, unsigned i, unsigned cut,
                     const Place &place) {
    return loop.temporal ? i < cut : loop.level >= place.top || !place.one;
  }
  /// Copies that differ in the loop have the same of a tensor that does not
  /// depend on its dim.
  static bool isShared(const DigitLoop &loop, Mask tensor) {
    return loop.shares & tensor;
  }

  /// States of a dim that the tensor does not depend on.
  int64_t states(Dim dim, Mask tensor, unsigned cut, const Place &place) const;
  /// Indices of a dim that tiles have in all states together, every temporal
  /// loop being free; `states`: of each tile one.
  int64_t indices(Dim dim, const Place &place, bool states) const;
  /// Of that what is in tiles that stay while the temporal loops from `cut` on,
  /// of which there are some above the child, start again: they only have one
  /// value there.
  int64_t kept(Dim dim, unsigned cut, const Place &place, bool states) const;
  /// False if every tile has more values in the loop.
  bool mayBeSingle(const DigitLoop &loop) const {
    return loop.last == 0 || (loop.last == 1 && (ragged & maskOf(loop.dim)));
  }
  bool hasTemporal(Dim dim, unsigned from, unsigned child) const;
  /// The largest tile of a dim at a level.
  int64_t extent(Dim dim, unsigned level) const;

  /// Steps in which some copy works; copies of a level that ever work.
  int64_t computeSteps() const;
  int64_t instances(unsigned level) const;

private:
  void findLastDigits();
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITNEST_H

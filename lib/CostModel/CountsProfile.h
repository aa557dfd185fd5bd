//===- CountsProfile.h - Who holds a coordinate -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where copies of a window axis share what they have in common, what counts is
// who holds a coordinate. A profile lists, for one step, every coordinate's
// holders, and folds them through the fan-outs.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSPROFILE_H
#define OHAS_LIB_COSTMODEL_COUNTSPROFILE_H

#include "CountsWindow.h"
#include <string>

namespace ohas::cost::counting {

/// What a copy does with a coordinate: a mask of having it now and before.
enum Holding : char { Absent = 0, Now = 1, Before = 2, Kept = 3 };

/// A spatial loop of a profile, and whether its copies share.
struct ProfileLoop {
  unsigned index; ///< in the nest
  int64_t bound;
  bool shares;
  unsigned axis = 0; ///< of a joint fold
};

/// What is left of a dim where the first of some copies starts, and how much
/// further on it started at their last step before.
struct Presenting {
  int64_t rest, shift;
};

class AxisProfile {
public:
  /// "Now" and "before" are a copy's tile at its step and at its last step
  /// before; the other way round for what leaves (Measure::Before).
  AxisProfile(const WindowView &view, const Question &question, int64_t rest,
              int64_t kernelRest, Cut cut, Cut kernelCut, Measure measure);
  /// They are what the copies present to a converter.
  AxisProfile(const WindowView &view, const Question &question,
              Presenting position, Presenting kernel);

  /// Of this axis alone.
  Sums sums() const;
  /// Calls fn(now, before) with the deliveries of each coordinate.
  void forEachCoordinate(llvm::function_ref<void(int64_t, int64_t)> fn) const;

  /// One character a copy, in the order of the loops (the last is innermost);
  /// and how many coordinates have it.
  using Class = std::pair<std::string, int64_t>;
  std::vector<Class> classes() const;
  llvm::ArrayRef<ProfileLoop> getLoops() const { return loops; }

private:
  using Counts = llvm::SmallVector<int32_t, 512>;
  template <typename Holds>
  llvm::ArrayRef<int32_t> fold(Counts &counts, Holds holds) const;
  /// `changeAt` is asked for the copy with these offsets of its two dims.
  void list(const WindowView &view, const Question &question,
            llvm::function_ref<BoxChange(int64_t, int64_t)> changeAt);
  void mark(const WindowBox &box, size_t copy, int64_t s, int64_t d,
            Holding holding);

  llvm::SmallVector<ProfileLoop, 4> loops;
  size_t copies = 1;
  int64_t low = 0, width = 0;         ///< of the coordinates
  llvm::SmallVector<char, 512> cells; ///< by copy, then coordinate
};

/// Adds up, over the product of the profiles of several axes, what is new.
int64_t jointFresh(llvm::ArrayRef<AxisProfile> profiles);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSPROFILE_H

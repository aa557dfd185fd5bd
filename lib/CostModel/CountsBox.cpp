//===- CountsBox.cpp - Coordinates of boxes of windows ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsWindow.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace ohas::cost;
using namespace ohas::cost::counting;

/// One run without gaps?
static bool isInterval(const WindowBox &box, int64_t s, int64_t d) {
  return (s == 1 && (box.positions >= d || box.kernels == 1)) ||
         (d == 1 && (box.kernels >= s || box.positions == 1)) ||
         (box.positions == 1 && box.kernels == 1);
}

static int64_t begin(const WindowBox &box, int64_t s, int64_t d) {
  return box.position * s + box.kernel * d;
}
static int64_t end(const WindowBox &box, int64_t s, int64_t d) {
  return begin(box, s, d) + (box.positions - 1) * s + (box.kernels - 1) * d + 1;
}

std::optional<std::pair<int64_t, int64_t>>
ohas::cost::counting::asRun(const WindowBox &box, int64_t s, int64_t d) {
  if (!isInterval(box, s, d))
    return std::nullopt;
  return std::pair(begin(box, s, d), end(box, s, d));
}

namespace {
/// `teeth` runs of `width` numbers, one every `period`.
struct Comb {
  int64_t start, teeth, width;

  bool isRun(int64_t period) const { return teeth == 1 || width >= period; }
  int64_t end(int64_t period) const {
    return start + (teeth - 1) * period + width;
  }
  int64_t below(int64_t x, int64_t period) const {
    x -= start;
    if (x <= 0)
      return 0;
    int64_t tooth = x / period;
    if (tooth >= teeth)
      return teeth * width;
    return tooth * width + std::min(width, x - tooth * period);
  }
};
} // namespace

static int64_t floorDiv(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static int64_t common(const Comb &a, const Comb &b, int64_t period) {
  if (a.isRun(period) && b.isRun(period))
    return std::max<int64_t>(0, std::min(a.end(period), b.end(period)) -
                                    std::max(a.start, b.start));
  if (b.isRun(period))
    return a.below(b.end(period), period) - a.below(b.start, period);
  if (a.isRun(period))
    return b.below(a.end(period), period) - b.below(a.start, period);
  // Teeth k of a and k + m of b meet for the few m that bring them together.
  int64_t offset = b.start - a.start, sum = 0;
  for (int64_t m = floorDiv(-b.width - offset, period) + 1;
       offset + m * period < a.width; ++m) {
    int64_t delta = offset + m * period;
    int64_t overlap =
        std::min(a.width, delta + b.width) - std::max<int64_t>(0, delta);
    int64_t pairs = std::min(a.teeth, b.teeth - m) - std::max<int64_t>(0, -m);
    if (overlap > 0 && pairs > 0)
      sum += overlap * pairs;
  }
  return sum;
}

int64_t ohas::cost::counting::commonCoordinates(const WindowBox &a,
                                                const WindowBox &b, int64_t s,
                                                int64_t d) {
  if (isEmpty(a) || isEmpty(b))
    return 0;
  if (isInterval(a, s, d) && isInterval(b, s, d))
    return std::max<int64_t>(0, std::min(end(a, s, d), end(b, s, d)) -
                                    std::max(begin(a, s, d), begin(b, s, d)));
  if (s < d) {
    auto turn = [](const WindowBox &box) {
      return WindowBox{box.kernel, box.kernels, box.position, box.positions};
    };
    return commonCoordinates(turn(a), turn(b), d, s);
  }
  // Positions of one residue modulo d are s coordinates of that class apart.
  int64_t sum = 0, across = a.position - b.position;
  int64_t from = begin(b, s, d) - begin(a, s, d);
  for (int64_t i = 0; i < std::min(d, a.positions); ++i) {
    int64_t j = ((i + across) % d + d) % d;
    if (j >= b.positions)
      continue;
    Comb left = {0, (a.positions - i - 1) / d + 1, a.kernels};
    Comb right = {(from + (j - i) * s) / d, (b.positions - j - 1) / d + 1,
                  b.kernels};
    sum += common(left, right, s);
  }
  return sum;
}

int64_t ohas::cost::counting::coordinates(const WindowBox &box, int64_t s,
                                          int64_t d) {
  // Position p repeats what p - d showed, from kernel index s on.
  int64_t fresh = std::min(box.positions, d);
  return fresh * box.kernels +
         (box.positions - fresh) * std::min(box.kernels, s);
}

std::pair<int64_t, int64_t> ohas::cost::counting::hull(const WindowBox &box,
                                                       int64_t s, int64_t d) {
  return {begin(box, s, d), end(box, s, d)};
}

void ohas::cost::counting::forEachRun(
    const WindowBox &box, int64_t s, int64_t d,
    llvm::function_ref<void(int64_t, int64_t)> fn) {
  if (isEmpty(box))
    return;
  int64_t from = begin(box, s, d);
  if (isInterval(box, s, d))
    return fn(from, end(box, s, d));
  if (d == 1) {
    for (int64_t i = 0; i < box.positions; ++i)
      fn(from + i * s, from + i * s + box.kernels);
    return;
  }
  for (int64_t j = 0; j < box.kernels; ++j)
    if (s == 1)
      fn(from + j * d, from + j * d + box.positions);
    else
      for (int64_t i = 0; i < box.positions; ++i)
        fn(from + i * s + j * d, from + i * s + j * d + 1);
}

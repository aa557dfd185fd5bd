//===- CountsCopies.cpp - Copies that see the same --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsCopies.h"
#include <functional>
#include <map>

using namespace ohas::cost;
using namespace ohas::cost::counting;

static void move(CopyClass &copy, const NestLoop &loop, unsigned parent,
                 int64_t digit) {
  copy.start += digit * loop.step;
  if (loop.level < parent)
    copy.parentStart += digit * loop.step;
}

/// The largest index below `rest` that the dim's loops reach from the start of
/// a copy of `level`.
static int64_t lastIndex(const Nest &nest, Dim dim, unsigned level,
                         int64_t rest) {
  int64_t last = 0, left = rest - 1;
  for (unsigned i : nest.loopsOf[index(dim)]) {
    const NestLoop &loop = nest.loops[i];
    if (!loop.temporal && loop.level < level)
      continue;
    int64_t offset = std::min(loop.bound - 1, left / loop.step) * loop.step;
    last += offset;
    left -= offset;
  }
  return last;
}

std::vector<CopyClass> ohas::cost::counting::copyClasses(const Nest &nest,
                                                         Dim dim,
                                                         unsigned level,
                                                         unsigned parent) {
  int64_t size = nest.workload.size(dim);
  std::vector<CopyClass> copies(1);
  copies.front().copies = 1;
  for (unsigned i : nest.loopsOf[index(dim)]) {
    const NestLoop &loop = nest.loops[i];
    if (loop.temporal || loop.level >= level)
      continue;
    std::vector<CopyClass> outer = std::move(copies);
    copies.clear();
    for (const CopyClass &copy : outer)
      for (int64_t v = 0; v < loop.bound; ++v) {
        CopyClass &inner = copies.emplace_back(copy);
        move(inner, loop, parent, v);
        inner.digits.push_back({i, v});
      }
  }
  std::map<std::pair<int64_t, int64_t>, CopyClass> byLast;
  for (const CopyClass &copy : copies) {
    if (copy.start >= size)
      continue;
    CopyClass &same =
        byLast[{lastIndex(nest, dim, level, size - copy.start),
                lastIndex(nest, dim, parent, size - copy.parentStart)}];
    int64_t before = same.copies;
    same = copy;
    same.copies += before;
  }
  std::vector<CopyClass> classes;
  for (auto &[last, copy] : byLast)
    classes.push_back(std::move(copy));
  return classes;
}

CopyClass ohas::cost::counting::copyAt(const Nest &nest, Dim dim,
                                       unsigned level, unsigned parent,
                                       llvm::ArrayRef<int64_t> digits) {
  CopyClass copy;
  copy.copies = 1;
  for (auto [loop, digit] : llvm::zip(nest.loops, digits))
    if (loop.dim == dim && !loop.temporal && loop.level < level)
      move(copy, loop, parent, digit);
  return copy;
}

void ohas::cost::counting::forEachOtherKind(
    const Nest &nest, DimSet dims, unsigned level,
    llvm::function_ref<void(llvm::ArrayRef<int64_t>)> fn) {
  if (dims.empty())
    return;
  llvm::SmallVector<int64_t, 24> digits(nest.loops.size(), 0);
  std::function<void(unsigned, bool)> visit = [&](unsigned d, bool first) {
    while (d < numDims && !dims.contains(allDims[d]))
      ++d;
    if (d == numDims) {
      if (!first)
        fn(digits);
      return;
    }
    // The first copy reaches as far as any other: its kind is the last.
    std::vector<CopyClass> kinds = copyClasses(nest, allDims[d], level, 0);
    for (const CopyClass &kind : kinds) {
      for (auto [loop, digit] : kind.digits)
        digits[loop] = digit;
      visit(d + 1, first && &kind == &kinds.back());
    }
  };
  visit(0, true);
}

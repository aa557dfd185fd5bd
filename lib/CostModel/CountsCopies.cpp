//===- CountsCopies.cpp - Copies that see the same --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountsCopies.h"
#include <map>

using namespace ohas::cost;
using namespace ohas::cost::counting;

static void move(CopyClass &copy, const NestLoop &loop, unsigned parent,
                 int64_t digit) {
  copy.start += digit * loop.step;
  if (loop.level < parent)
    copy.parentStart += digit * loop.step;
}

std::vector<CopyClass> ohas::cost::counting::copyClasses(const Nest &nest,
                                                         Dim dim,
                                                         unsigned level,
                                                         unsigned parent) {
  int64_t size = nest.workload.size(dim), reach = 1;
  std::vector<CopyClass> copies(1);
  copies.front().copies = 1;
  for (unsigned i = 0; i < nest.loops.size(); ++i) {
    const NestLoop &loop = nest.loops[i];
    if (loop.dim != dim)
      continue;
    if (loop.temporal || loop.level >= level) {
      reach += (loop.bound - 1) * loop.step;
      continue;
    }
    std::vector<CopyClass> outer = std::move(copies);
    copies.clear();
    for (const CopyClass &copy : outer)
      for (int64_t v = 0; v < loop.bound; ++v) {
        CopyClass &inner = copies.emplace_back(copy);
        move(inner, loop, parent, v);
        inner.digits.push_back({i, v});
      }
  }
  std::map<std::pair<int64_t, int64_t>, CopyClass> byRest;
  for (const CopyClass &copy : copies) {
    if (copy.start >= size)
      continue;
    CopyClass &same = byRest[{std::min(size - copy.start, reach),
                              std::min(size - copy.parentStart, reach)}];
    int64_t before = same.copies;
    same = copy;
    same.copies += before;
  }
  std::vector<CopyClass> classes;
  for (auto &[rest, copy] : byRest)
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

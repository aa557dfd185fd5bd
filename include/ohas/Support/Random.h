//===- Random.h - Random numbers that repeat everywhere ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The standard's distributions differ between libraries; a seed must not.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SUPPORT_RANDOM_H
#define OHAS_SUPPORT_RANDOM_H

#include <cstdint>

namespace ohas {

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t next() {
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  /// In [0, bound); 0 for an empty range. The modulo's bias is below 2^-32 for
  /// the bounds of a search.
  uint64_t below(uint64_t bound) { return bound ? next() % bound : 0; }

  /// True once in `n`.
  bool oneIn(uint64_t n) { return below(n) == 0; }

private:
  uint64_t state;
};

} // namespace ohas

#endif // OHAS_SUPPORT_RANDOM_H

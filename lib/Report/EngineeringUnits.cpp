//===- EngineeringUnits.cpp - Figures as people read them -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EngineeringUnits.h"
#include "fmt/format.h"

using namespace ohas;

/// Prefixes a thousand apart; the empty one is the plain unit.
static constexpr llvm::StringLiteral prefixes[] = {"f", "p", "n", "u", "m",
                                                   "",  "k", "M", "G", "T"};
static constexpr int plainPrefix = 5;
static constexpr int numPrefixes = std::size(prefixes);

std::string report::withUnit(double value, llvm::StringRef unit) {
  int prefix = plainPrefix;
  for (int i = 0; i < numPrefixes; ++i)
    if (unit.size() == 2 && unit.take_front() == prefixes[i])
      prefix = i;
  llvm::StringRef base = unit.take_back();
  double shown = value;
  // 999.95 would round to 1000 of the smaller unit.
  for (; std::abs(shown) >= 999.95 && prefix + 1 < numPrefixes; ++prefix)
    shown /= 1000;
  for (; shown != 0 && std::abs(shown) < 0.99995 && prefix > 0; --prefix)
    shown *= 1000;
  return fmt::format("{:.4g} {}{}", shown, prefixes[prefix].str(), base.str());
}

std::string report::scaled(double value) {
  static constexpr llvm::StringLiteral suffixes[] = {"",   " K", " M",
                                                     " G", " T", " P"};
  unsigned suffix = 0;
  for (; std::abs(value) >= 999.95 && suffix + 1 < std::size(suffixes);
       ++suffix)
    value /= 1000;
  return fmt::format("{:.4g}{}", value, suffixes[suffix].str());
}

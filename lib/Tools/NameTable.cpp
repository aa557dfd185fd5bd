//===- NameTable.cpp - Names with their values and sources ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NameTable.h"
#include "fmt/format.h"

using namespace ohas;

std::string ohas::withUnit(double value, const std::string &unit) {
  return unit.empty() ? fmt::format("{}", value)
                      : fmt::format("{} {}", value, unit);
}

void ohas::printNames(llvm::ArrayRef<cost::TraceName> names,
                      llvm::raw_ostream &os) {
  for (const cost::TraceName &name : names) {
    os << fmt::format("    {:<16} {:<24} {}", name.name,
                      withUnit(name.value, name.unit), name.kind);
    if (!name.expression.empty())
      os << " = " << name.expression;
    if (name.assumed)
      os << ", assumed";
    if (!name.source.empty())
      os << ": " << name.source;
    os << '\n';
  }
}

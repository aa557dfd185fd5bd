//===- Knobs.cpp - Knobs with their values ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Knobs.h"
#include "fmt/format.h"

using namespace ohas;

std::string report::knobList(const Knobs &knobs) {
  std::string text;
  for (const auto &[name, value] : knobs)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, value);
  return text;
}

void report::writeKnobs(llvm::json::OStream &json, llvm::StringRef key,
                        const Knobs &knobs) {
  json.attributeObject(key, [&] {
    for (const auto &[name, value] : knobs)
      json.attribute(name, value);
  });
}

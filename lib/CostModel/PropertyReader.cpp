//===- PropertyReader.cpp - Evaluates properties, with checks ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PropertyReader.h"
#include "Errors.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

using namespace ohas::cost;

void PropertyReader::fail(const std::string &what) {
  if (message.empty())
    message = what;
}

llvm::Error PropertyReader::take() {
  if (message.empty())
    return llvm::Error::success();
  return makeError("{}: {}", where, message);
}

void PropertyReader::checkNames(llvm::ArrayRef<llvm::StringRef> known) {
  for (const auto &[name, expression] : properties)
    if (!llvm::is_contained(known, name))
      fail(fmt::format("unknown property '{}'; known are: {}", name,
                       llvm::join(known, ", ")));
}

std::optional<double> PropertyReader::evaluate(llvm::StringRef name) {
  auto found = properties.find(name.str());
  if (!message.empty() || found == properties.end())
    return std::nullopt;
  llvm::Expected<double> value = found->second.evaluate(values);
  if (value)
    return *value;
  fail(fmt::format("{}: {}", name.str(), llvm::toString(value.takeError())));
  return std::nullopt;
}

void PropertyReader::nonNegative(llvm::StringRef name, double &to) {
  std::optional<double> value = evaluate(name);
  if (value && *value < 0)
    return fail(fmt::format("{} is {}, below 0", name.str(), *value));
  to = value.value_or(to);
}

void PropertyReader::positive(llvm::StringRef name, std::optional<double> &to) {
  std::optional<double> value = evaluate(name);
  if (value && *value <= 0)
    return fail(fmt::format("{} is {}, not above 0", name.str(), *value));
  if (value)
    to = value;
}

void PropertyReader::positive(llvm::StringRef name, double &to) {
  std::optional<double> value;
  positive(name, value);
  to = value.value_or(to);
}

void PropertyReader::whole(llvm::StringRef name, int64_t &to, int64_t limit) {
  std::optional<double> value = evaluate(name);
  if (!value)
    return;
  // What an expression like 0.1 * 30 leaves is no fraction that was meant.
  double nearest = std::round(*value);
  if (std::abs(*value - nearest) > 1e-9 * std::abs(nearest) || nearest < 1)
    return fail(fmt::format("{} is {}, not a positive whole number", name.str(),
                            *value));
  if (nearest > double(limit))
    return fail(fmt::format("{} is {}, above {}", name.str(), *value, limit));
  to = int64_t(nearest);
}

void PropertyReader::whole(llvm::StringRef name, std::optional<int64_t> &to) {
  int64_t value = 0;
  whole(name, value);
  if (value)
    to = value;
}

void PropertyReader::bits(llvm::StringRef name, unsigned &to, int64_t limit) {
  int64_t value = to;
  whole(name, value, limit);
  to = unsigned(value);
}

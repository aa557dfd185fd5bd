//===- Names.cpp - Spelling of the cost model's enumerations ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Electronic.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::cost;

static constexpr llvm::StringLiteral levelKindNames[] = {
    "memory", "converter", "fanout", "component", "compute"};
static constexpr llvm::StringLiteral fanoutModeNames[] = {
    "private", "broadcast", "window", "sum"};
static constexpr llvm::StringLiteral dutyNames[] = {"per_count", "per_step",
                                                    "always"};
static constexpr llvm::StringLiteral operationClassNames[] = {
    "shape",        "movement",      "elementwise", "activation",
    "softmax",      "normalization", "pooling",     "reduction",
    "quantization", "control",       "other"};
static_assert(std::size(operationClassNames) == numOperationClasses);

template <typename Enum, size_t size>
static std::optional<Enum> parseEnum(const llvm::StringLiteral (&names)[size],
                                     llvm::StringRef text) {
  const auto *found = llvm::find(names, text);
  if (found == std::end(names))
    return std::nullopt;
  return static_cast<Enum>(found - std::begin(names));
}

llvm::StringRef ohas::cost::name(LevelKind kind) {
  return levelKindNames[static_cast<unsigned>(kind)];
}

llvm::StringRef ohas::cost::name(FanoutMode mode) {
  return fanoutModeNames[static_cast<unsigned>(mode)];
}

llvm::StringRef ohas::cost::name(Duty duty) {
  return dutyNames[static_cast<unsigned>(duty)];
}

llvm::StringRef ohas::cost::name(OperationClass operationClass) {
  return operationClassNames[index(operationClass)];
}

std::optional<LevelKind> ohas::cost::parseLevelKind(llvm::StringRef text) {
  return parseEnum<LevelKind>(levelKindNames, text);
}

std::optional<FanoutMode> ohas::cost::parseFanoutMode(llvm::StringRef text) {
  return parseEnum<FanoutMode>(fanoutModeNames, text);
}

std::optional<Duty> ohas::cost::parseDuty(llvm::StringRef text) {
  return parseEnum<Duty>(dutyNames, text);
}

std::optional<OperationClass>
ohas::cost::parseOperationClass(llvm::StringRef text) {
  return parseEnum<OperationClass>(operationClassNames, text);
}

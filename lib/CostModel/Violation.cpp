//===- Violation.cpp - What is wrong with a mapping, in words -------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Validity.h"
#include "llvm/ADT/StringExtras.h"
#include <fmt/format.h>

using namespace ohas::cost;

using Kind = Violation::Kind;

static std::string listDims(DimSet dims) {
  std::string list;
  for (Dim dim : allDims)
    if (dims.contains(dim))
      list += (list.empty() ? "" : ", ") + name(dim).str();
  return list.empty() ? "none" : list;
}

static llvm::StringRef verb(FanoutMode mode) {
  switch (mode) {
  case FanoutMode::Private:
    return "is wired privately for";
  case FanoutMode::Broadcast:
    return "is wired to broadcast";
  case FanoutMode::Window:
    return "is wired to share windows of";
  case FanoutMode::Sum:
    return "is wired to sum";
  }
  return "";
}

std::string ohas::cost::describe(const Violation &violation,
                                 const Accelerator &accelerator) {
  static const Level noLevel;
  const Level &level = violation.level < accelerator.levels.size()
                           ? accelerator.levels[violation.level]
                           : noLevel;
  std::string tensor = name(violation.tensor).str();
  std::string dim = name(violation.dim).str();
  std::string at = fmt::format("{} '{}'", name(level.kind).str(), level.name);
  int64_t needed = violation.needed, available = violation.available;
  switch (violation.kind) {
  case Kind::None:
    return "";
  case Kind::LevelCount:
    return fmt::format("the mapping has {} levels, accelerator '{}' has {}",
                       available, accelerator.name, needed);
  case Kind::Loops:
    return at + " cannot have loops";
  case Kind::Keeps:
    return at + " cannot keep tensors";
  case Kind::Stays:
    return fmt::format("{} cannot hold {} from one operation to the next", at,
                       tensor);
  case Kind::StaysPartial:
    return at + " holds the output, but loops above it add to it";
  case Kind::CannotKeep:
    return fmt::format("{} cannot keep {}", at, tensor);
  case Kind::MustKeep:
    return fmt::format("{} must keep {}", at, tensor);
  case Kind::OutermostKeeps:
    return fmt::format("{} is the outermost memory and must keep {}", at,
                       tensor);
  case Kind::Bound:
    return fmt::format("{} has a loop bound of {}, below 1", at, needed);
  case Kind::TemporalDim:
    return fmt::format("{} cannot loop over {}; it loops over: {}", at, dim,
                       listDims(level.temporalDims));
  case Kind::SpatialDim:
    return fmt::format("{} cannot spread {}; it spreads: {}", at, dim,
                       listDims(level.spatialDims));
  case Kind::Extent:
    return fmt::format("{} has {} copies, the mapping needs {}", at, available,
                       needed);
  case Kind::Coverage:
    return fmt::format("the loops over {} cover {} of {}", dim, available,
                       needed);
  case Kind::Overflow:
    return fmt::format("the bounds of the loops over {} multiply beyond 64 "
                       "bits",
                       dim);
  case Kind::Wired:
    return fmt::format("{} {} {} and cannot spread {}", at,
                       verb(level.mode(violation.tensor)).str(), tensor, dim);
  case Kind::MaxPerStep:
    return fmt::format("{} delivers at most {} elements of {} per step, the "
                       "mapping needs {}",
                       at, available, tensor, needed);
  case Kind::Capacity:
    return fmt::format("{} holds {} bits, the tiles{} take {}", at, available,
                       level.doubleBuffered ? " (double-buffered)" : "",
                       needed);
  case Kind::Accumulates:
    return fmt::format("{} cannot accumulate, but partial sums of output "
                       "would arrive there",
                       at);
  }
  return "";
}

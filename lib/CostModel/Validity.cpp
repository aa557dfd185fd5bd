//===- Validity.cpp - Does a mapping fit an accelerator? ------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Validity.h"
#include "Errors.h"
#include "Traffic.h"
#include "ohas/CostModel/Saturating.h"

using namespace ohas::cost;

using Kind = Violation::Kind;

static Violation violation(Kind kind, unsigned level = 0, int64_t needed = 0,
                           int64_t available = 0) {
  Violation result;
  result.kind = kind;
  result.level = level;
  result.needed = needed;
  result.available = available;
  return result;
}

static Violation violation(Kind kind, unsigned level, Tensor tensor) {
  Violation result = violation(kind, level);
  result.tensor = tensor;
  return result;
}

static Violation violation(Kind kind, unsigned level, Dim dim) {
  Violation result = violation(kind, level);
  result.dim = dim;
  return result;
}

static Violation checkKept(const Workload &workload, const Level &level,
                           const LevelMapping &mapping, unsigned i,
                           bool outermost) {
  constexpr TensorSet all = {Tensor::Weight, Tensor::Input, Tensor::Output};
  if (mapping.kept.isSubsetOf(level.canKeep) &&
      (outermost ? all : level.mustKeep).isSubsetOf(mapping.kept) &&
      mapping.resident.empty())
    return {};
  for (Tensor tensor : allTensors) {
    bool kept = mapping.kept.contains(tensor);
    if (kept && !level.canKeep.contains(tensor))
      return violation(Kind::CannotKeep, i, tensor);
    if (!kept && level.mustKeep.contains(tensor))
      return violation(Kind::MustKeep, i, tensor);
    if (!kept && outermost)
      return violation(Kind::OutermostKeeps, i, tensor);
    bool mayStay =
        level.resident && (tensor != Tensor::Weight ||
                           !workload.weightIsConstant || level.weightsResident);
    if (mapping.resident.contains(tensor) && (!kept || !mayStay))
      return violation(Kind::Stays, i, tensor);
  }
  return {};
}

static Violation checkLoops(const Level &level, const LevelMapping &mapping,
                            unsigned i) {
  bool spatial = level.kind == LevelKind::Fanout;
  DimSet allowed = spatial ? level.spatialDims : level.temporalDims;
  int64_t copies = 1;
  for (const Loop &loop : mapping.loops) {
    if (loop.bound < 1)
      return violation(Kind::Bound, i, loop.bound);
    if (!allowed.contains(loop.dim))
      return violation(spatial ? Kind::SpatialDim : Kind::TemporalDim, i,
                       loop.dim);
    copies = saturatingMul(copies, loop.bound);
  }
  if (spatial && copies > level.extent)
    return violation(Kind::Extent, i, copies, level.extent);
  return {};
}

static Violation checkStructure(const Workload &workload,
                                const Accelerator &accelerator,
                                const Mapping &mapping) {
  if (mapping.levels.size() != accelerator.levels.size())
    return violation(Kind::LevelCount, 0, accelerator.levels.size(),
                     mapping.levels.size());
  bool outermost = true;
  for (unsigned i = 0; i < mapping.levels.size(); ++i) {
    const Level &level = accelerator.levels[i];
    const LevelMapping &levelMapping = mapping.levels[i];
    bool memory = level.kind == LevelKind::Memory;
    if (!memory && level.kind != LevelKind::Fanout &&
        !levelMapping.loops.empty())
      return violation(Kind::Loops, i);
    if (!memory && !levelMapping.kept.empty())
      return violation(Kind::Keeps, i);
    if (memory) {
      if (Violation v = checkKept(workload, level, levelMapping, i, outermost))
        return v;
      outermost = false;
    }
    if (Violation v = checkLoops(level, levelMapping, i))
      return v;
  }
  return {};
}

static Violation checkCoverage(const Workload &workload,
                               const Mapping &mapping) {
  std::array<int64_t, numDims> extent;
  extent.fill(1);
  for (const LevelMapping &level : mapping.levels)
    for (const Loop &loop : level.loops)
      extent[index(loop.dim)] =
          saturatingMul(extent[index(loop.dim)], loop.bound);
  for (Dim dim : allDims) {
    int64_t covered = extent[index(dim)];
    if (covered >= workload.size(dim) && covered != saturated)
      continue;
    Violation result =
        violation(covered == saturated ? Kind::Overflow : Kind::Coverage, 0,
                  workload.size(dim), covered);
    result.dim = dim;
    return result;
  }
  return {};
}

/// P, Q, R, S, D and T are.
static bool isWindowed(Dim dim) { return dim >= Dim::P; }

/// Can a wired fan-out spread a dim as far as `tensor` is concerned?
static bool canSpread(const Workload &workload, Tensor tensor, FanoutMode mode,
                      Dim dim) {
  if (mode == FanoutMode::Private ||
      !workload.relevantDims(tensor).contains(dim))
    return true;
  bool windowed =
      tensor == (workload.transposed ? Tensor::Output : Tensor::Input);
  return mode == FanoutMode::Window && windowed && isWindowed(dim);
}

DimSet ohas::cost::acceptedDims(const Workload &workload, const Level &fanout) {
  DimSet accepted = fanout.spatialDims;
  for (Tensor tensor : allTensors) {
    if (!fanout.wired.contains(tensor))
      continue;
    for (Dim dim : allDims)
      if (!canSpread(workload, tensor, fanout.mode(tensor), dim))
        accepted.erase(dim);
  }
  return accepted;
}

static Violation checkFanout(const Workload &workload,
                             const Accelerator &accelerator,
                             const Mapping &mapping, unsigned i) {
  const Level &level = accelerator.levels[i];
  for (Tensor tensor : allTensors) {
    if (level.wired.contains(tensor)) {
      for (const Loop &loop : mapping.levels[i].loops)
        if (loop.bound > 1 &&
            !canSpread(workload, tensor, level.mode(tensor), loop.dim)) {
          Violation result = violation(Kind::Wired, i, tensor);
          result.dim = loop.dim;
          return result;
        }
    }
    if (std::optional<int64_t> most = level.maxPerStep[index(tensor)]) {
      int64_t needed =
          elementsPerStep(workload, accelerator, mapping, i, tensor);
      if (needed > *most) {
        Violation result = violation(Kind::MaxPerStep, i, needed, *most);
        result.tensor = tensor;
        return result;
      }
    }
  }
  return {};
}

static unsigned storedBits(const Workload &workload,
                           const Accelerator &accelerator,
                           const PartialSums &sums, unsigned level,
                           Tensor tensor) {
  if (tensor == Tensor::Output && !sums.arriveComplete(level))
    return accelerator.accumulatorBits;
  return operandBits(workload, accelerator, tensor);
}

static Violation checkMemory(const Workload &workload,
                             const Accelerator &accelerator,
                             const Mapping &mapping, const PartialSums &sums,
                             const Workload &tile, unsigned i) {
  const Level &level = accelerator.levels[i];
  TensorSet kept = mapping.levels[i].kept;
  if (mapping.levels[i].resident.contains(Tensor::Output) &&
      !sums.leaveComplete(i))
    return violation(Kind::StaysPartial, i);
  if (kept.contains(Tensor::Output) && !level.accumulates &&
      !sums.arriveComplete(i))
    return violation(Kind::Accumulates, i);
  if (!level.capacityBits)
    return {};
  // What stays is there as a whole, once, and in the tile that is worked on an
  // output is as wide as its sums.
  int64_t bits = 0, whole = 0;
  for (Tensor tensor : allTensors) {
    if (!kept.contains(tensor))
      continue;
    unsigned width = storedBits(workload, accelerator, sums, i, tensor);
    if (mapping.levels[i].resident.contains(tensor)) {
      unsigned complete = operandBits(workload, accelerator, tensor);
      whole = saturatingAdd(whole,
                            saturatingMul(workload.elements(tensor), complete));
      width -= std::min(width, complete);
    }
    bits = saturatingAdd(bits, saturatingMul(tile.elements(tensor), width));
  }
  if (level.doubleBuffered)
    bits = saturatingMul(bits, 2);
  bits = saturatingAdd(bits, whole);
  if (bits > *level.capacityBits)
    return violation(Kind::Capacity, i, bits, *level.capacityBits);
  return {};
}

Violation ohas::cost::findViolation(const Workload &workload,
                                    const Accelerator &accelerator,
                                    const Mapping &mapping) {
  if (Violation v = checkStructure(workload, accelerator, mapping))
    return v;
  if (Violation v = checkCoverage(workload, mapping))
    return v;
  PartialSums sums(workload, accelerator, mapping);
  // From the inside, as tiles grow: a tile is a smaller workload.
  Workload tile = workload;
  tile.sizes.fill(1);
  for (unsigned i = mapping.levels.size(); i-- > 0;) {
    for (const Loop &loop : mapping.levels[i].loops)
      tile.size(loop.dim) =
          std::min(workload.size(loop.dim),
                   saturatingMul(tile.size(loop.dim), loop.bound));
    LevelKind kind = accelerator.levels[i].kind;
    Violation v;
    if (kind == LevelKind::Fanout)
      v = checkFanout(workload, accelerator, mapping, i);
    else if (kind == LevelKind::Memory)
      v = checkMemory(workload, accelerator, mapping, sums, tile, i);
    if (v)
      return v;
  }
  return {};
}

unsigned ohas::cost::storedBits(const Workload &workload,
                                const Accelerator &accelerator,
                                const Mapping &mapping, unsigned level,
                                Tensor tensor) {
  return ::storedBits(workload, accelerator,
                      PartialSums(workload, accelerator, mapping), level,
                      tensor);
}

llvm::Error ohas::cost::checkMapping(const Workload &workload,
                                     const Accelerator &accelerator,
                                     const Mapping &mapping) {
  if (Violation v = findViolation(workload, accelerator, mapping))
    return makeError("{}", describe(v, accelerator));
  return llvm::Error::success();
}

llvm::Error ohas::cost::checkWorkload(const Workload &workload,
                                      const Accelerator &accelerator) {
  for (Tensor tensor : {Tensor::Weight, Tensor::Input})
    if (workload.bits[index(tensor)] > accelerator.bits[index(tensor)])
      return makeError("{} has {} bits, accelerator '{}' works with {}",
                       name(tensor).str(), workload.bits[index(tensor)],
                       accelerator.name, accelerator.bits[index(tensor)]);
  return llvm::Error::success();
}

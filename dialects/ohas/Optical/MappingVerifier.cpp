//===- MappingVerifier.cpp - Whether a mapping fits its accelerator -------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/AcceleratorSpec.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Optical/Optical.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

static std::string list(cost::DimSet dims) {
  SmallVector<StringRef> names;
  for (cost::Dim dim : cost::allDims)
    if (dims.contains(dim))
      names.push_back(cost::name(dim));
  return names.empty() ? "no dims" : llvm::join(names, ", ");
}

static LogicalResult verifyMemory(Operation *op, MemoryOp memory,
                                  LevelMappingAttr level) {
  for (cost::Tensor tensor : cost::allTensors)
    if (level.getKept().contains(tensor) && !memory.canKeep().contains(tensor))
      return op->emitOpError() << "mapping: memory @" << memory.getSymName()
                               << " cannot keep '" << cost::name(tensor) << "'";
  for (const cost::Loop &loop : level.getLoops())
    if (!memory.temporalDims().contains(loop.dim))
      return op->emitOpError()
             << "mapping: dim '" << cost::name(loop.dim) << "' cannot loop at @"
             << memory.getSymName() << ", which allows "
             << list(memory.temporalDims());
  return success();
}

/// The extent at the accelerator's design point.
static FailureOr<double> extentOf(Operation *op, FanoutOp fanout) {
  auto accelerator = cast<AcceleratorOp>(fanout->getParentOp());
  auto evaluate = [&]() -> llvm::Expected<double> {
    llvm::Expected<llvm::StringMap<double>> environment =
        cost::evaluateEnvironment(accelerator.getEnvironmentSpec(),
                                  accelerator.getDesignPoint());
    if (!environment)
      return environment.takeError();
    llvm::Expected<cost::Expression> extent =
        cost::Expression::parse(fanout.getExtent());
    if (!extent)
      return extent.takeError();
    return extent->evaluate([&](StringRef name) -> std::optional<double> {
      auto found = environment->find(name);
      if (found == environment->end())
        return std::nullopt;
      return found->second;
    });
  };
  llvm::Expected<double> value = evaluate();
  if (!value)
    return op->emitOpError()
           << "mapping: the extent of @" << fanout.getSymName()
           << " is unknown: " << llvm::toString(value.takeError());
  return *value;
}

static LogicalResult verifyFanout(Operation *op, FanoutOp fanout,
                                  LevelMappingAttr level) {
  int64_t copies = 1;
  for (const cost::Loop &loop : level.getLoops()) {
    if (!fanout.spatialDims().contains(loop.dim))
      return op->emitOpError()
             << "mapping: dim '" << cost::name(loop.dim)
             << "' cannot spread over @" << fanout.getSymName()
             << ", which accepts " << list(fanout.spatialDims());
    copies = cost::saturatingMul(copies, loop.bound);
  }
  if (copies == 1)
    return success();
  FailureOr<double> extent = extentOf(op, fanout);
  if (failed(extent))
    return failure();
  if (static_cast<double>(copies) > *extent)
    return op->emitOpError() << "mapping: the loops at @" << fanout.getSymName()
                             << " use " << copies << " copies, there are "
                             << llvm::formatv("{0:f0}", *extent).str();
  return success();
}

static LogicalResult verifyLevel(Operation *op, OpticalLevelOp level,
                                 LevelMappingAttr mapping) {
  if (!mapping.getKept().empty() && !isa<MemoryOp>(level))
    return op->emitOpError()
           << "mapping: @" << level.getSymName() << " is a "
           << cost::name(level.getLevelKind()) << " and keeps nothing";
  if (!mapping.getLoops().empty() && !isa<MemoryOp, FanoutOp>(level))
    return op->emitOpError()
           << "mapping: @" << level.getSymName() << " is a "
           << cost::name(level.getLevelKind()) << " and has no loops";
  if (auto memory = dyn_cast<MemoryOp>(level.getOperation()))
    return verifyMemory(op, memory, mapping);
  if (auto fanout = dyn_cast<FanoutOp>(level.getOperation()))
    return verifyFanout(op, fanout, mapping);
  return success();
}

/// What the mapping must keep, whether it names the memory or not.
static LogicalResult verifyKept(Operation *op, ArrayRef<OpticalLevelOp> levels,
                                MappingAttr mapping) {
  for (OpticalLevelOp level : levels) {
    auto memory = dyn_cast<MemoryOp>(level.getOperation());
    if (!memory)
      continue;
    cost::TensorSet kept;
    for (LevelMappingAttr entry : mapping.getLevels())
      if (entry.getLevel() == memory.getSymName())
        kept = entry.getKept();
    bool isOutermost = level == levels.front();
    for (cost::Tensor tensor : cost::allTensors)
      if ((isOutermost || memory.mustKeep().contains(tensor)) &&
          !kept.contains(tensor))
        return op->emitOpError() << "mapping: memory @" << memory.getSymName()
                                 << " must keep '" << cost::name(tensor) << "'";
  }
  return success();
}

static LogicalResult verifyCoverage(Operation *op, MappingAttr mapping,
                                    const cost::Workload &workload) {
  for (cost::Dim dim : cost::allDims) {
    int64_t covered = 1;
    for (LevelMappingAttr level : mapping.getLevels())
      for (const cost::Loop &loop : level.getLoops())
        if (loop.dim == dim)
          covered = cost::saturatingMul(covered, loop.bound);
    if (covered < workload.size(dim))
      return op->emitOpError()
             << "mapping: dim '" << cost::name(dim) << "' needs "
             << workload.size(dim) << ", the mapping covers " << covered;
  }
  return success();
}

static LogicalResult verifyMapping(OpticalContractionOp op,
                                   SymbolTableCollection &symbols) {
  MappingAttr mapping = op.getMappingAttr();
  if (!mapping)
    return success();
  auto accelerator = symbols.lookupNearestSymbolFrom<AcceleratorOp>(
      op, mapping.getAccelerator());
  if (!accelerator)
    return op->emitOpError()
           << "mapping: unknown accelerator " << mapping.getAccelerator();
  SmallVector<OpticalLevelOp> levels = accelerator.getLevels();
  OpticalLevelOp *next = levels.begin();
  for (LevelMappingAttr entry : mapping.getLevels()) {
    StringRef name = entry.getLevel();
    OpticalLevelOp *found = llvm::find_if(levels, [&](OpticalLevelOp level) {
      return level.getSymName() == name;
    });
    if (found == levels.end()) {
      std::string known =
          llvm::join(llvm::map_range(levels,
                                     [](OpticalLevelOp level) {
                                       return "@" + level.getSymName().str();
                                     }),
                     ", ");
      return op->emitOpError()
             << "mapping: unknown level @" << name << "; the levels of "
             << mapping.getAccelerator() << " are " << known;
    }
    if (found < next)
      return op->emitOpError() << "mapping: @" << name
                               << " comes after a level that lies below it";
    next = found + 1;
    if (failed(verifyLevel(op, *found, entry)))
      return failure();
  }
  if (failed(verifyKept(op, levels, mapping)))
    return failure();
  FailureOr<cost::Workload> workload = op.getWorkload();
  if (failed(workload))
    return failure();
  return verifyCoverage(op, mapping, *workload);
}

LogicalResult ConvOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyMapping(*this, symbols);
}

LogicalResult
ConvTransposeOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyMapping(*this, symbols);
}

LogicalResult MatmulOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyMapping(*this, symbols);
}

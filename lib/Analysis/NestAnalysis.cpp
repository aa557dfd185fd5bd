//===- NestAnalysis.cpp - Mappings that are written out ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/NestAnalysis.h"
#include "SumsOfNest.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

/// The loops of a level that an operation is, outermost first.
static SmallVector<LevelMappingAttr> loopsOf(Operation *op) {
  if (isa<scf::ForOp>(op)) {
    auto level = op->getAttrOfType<LevelMappingAttr>(levelAttrName);
    return level ? SmallVector<LevelMappingAttr>{level}
                 : SmallVector<LevelMappingAttr>();
  }
  SmallVector<LevelMappingAttr> result;
  auto forall = dyn_cast<scf::ForallOp>(op);
  std::optional<ArrayAttr> mapping;
  if (forall)
    mapping = forall.getMapping();
  if (!mapping)
    return result;
  for (Attribute copies : *mapping) {
    auto level = dyn_cast<LevelMappingAttr>(copies);
    if (!level || level.getLoops().size() != 1)
      return {}; // of another device
    result.push_back(level);
  }
  return result;
}

/// The loops of levels around `mac`, innermost first.
static SmallVector<Operation *> loopsAround(MacOp mac) {
  SmallVector<Operation *> result;
  for (Operation *op = mac->getParentOp(); op && !loopsOf(op).empty();
       op = op->getParentOp())
    result.push_back(op);
  return result;
}

Operation *ohas::nestRoot(MacOp mac) {
  SmallVector<Operation *> loops = loopsAround(mac);
  return loops.empty() ? mac : loops.back();
}

/// The memories that hold a tensor of `mac`, innermost first.
static SmallVector<FetchOp> fetchesOf(MacOp mac, cost::Tensor tensor) {
  if (tensor == cost::Tensor::Output)
    return fetchesOfSums(mac);
  SmallVector<FetchOp> result;
  Value value =
      tensor == cost::Tensor::Weight ? mac.getWeight() : mac.getInput();
  while (Operation *op = value.getDefiningOp()) {
    if (auto fetch = dyn_cast<FetchOp>(op))
      result.push_back(fetch);
    else if (!isa<ConvertOp, tensor::ExtractSliceOp, tensor::CastOp>(op))
      break;
    value = op->getOperand(0);
  }
  return result;
}

FailureOr<cost::Workload> ohas::nestWorkload(MacOp mac) {
  std::array<ArrayRef<int64_t>, cost::numTensors> shapes;
  for (cost::Tensor tensor : cost::allTensors) {
    SmallVector<FetchOp> fetches = fetchesOf(mac, tensor);
    if (fetches.empty() || !fetches.back().getTile().getType().hasStaticShape())
      return mac->emitError()
             << "no memory holds all of its '" << cost::name(tensor) << "'";
    shapes[cost::index(tensor)] = fetches.back().getTile().getType().getShape();
  }
  auto [weight, input, sums] = shapes;
  cost::Workload workload;
  workload.transposed = mac.getTransposed();
  workload.size(cost::Dim::N) = input[0];
  workload.size(cost::Dim::G) = weight[0];
  workload.size(cost::Dim::M) = weight[1];
  workload.size(cost::Dim::C) = weight[2];
  for (unsigned i = 0; i < std::size(cost::windowPairs); ++i) {
    workload.size(cost::windowPairs[i].first) =
        workload.transposed ? input[3 + i] : sums[3 + i];
    workload.size(cost::windowPairs[i].second) = weight[3 + i];
    workload.strides[i] = mac.getStrides()[i];
    workload.dilations[i] = mac.getDilations()[i];
  }
  workload.bits = {static_cast<unsigned>(mac.getWeightBits().value_or(0)),
                   static_cast<unsigned>(mac.getInputBits().value_or(0)),
                   static_cast<unsigned>(mac.getOutputBits().value_or(0))};
  workload.weightIsConstant = mac.getConstantWeight();
  workload.inputIsNonNegative = mac.getNonnegativeInput();
  return workload;
}

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

static FailureOr<unsigned> levelNamed(Operation *op, StringRef name,
                                      const cost::Accelerator &accelerator) {
  if (std::optional<unsigned> place = accelerator.findLevel(name))
    return *place;
  op->emitError() << "unknown level @" << name << " of accelerator @"
                  << accelerator.name;
  return failure();
}

/// A loop may end early, where its tile does, but not late.
static LogicalResult checkTrips(Operation *op, LevelMappingAttr level,
                                std::optional<int64_t> trips) {
  cost::Loop loop = level.getLoops().front();
  if (!trips || *trips <= loop.bound)
    return success();
  return op->emitError() << "runs " << *trips << " times along '"
                         << cost::name(loop.dim) << "', but its loop of @"
                         << level.getLevel().getValue() << " is " << loop.bound
                         << " at most";
}

static std::optional<int64_t> staticTrips(Operation *op, unsigned axis) {
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    std::optional<APInt> trips = loop.getStaticTripCount();
    return trips ? std::optional<int64_t>(trips->getSExtValue()) : std::nullopt;
  }
  // Copies are counted from zero.
  return getConstantIntValue(
      cast<scf::ForallOp>(op).getMixedUpperBound()[axis]);
}

static LogicalResult addLoops(MacOp mac, const cost::Accelerator &accelerator,
                              cost::Mapping &mapping) {
  unsigned outer = 0;
  SmallVector<Operation *> loops = loopsAround(mac);
  for (Operation *op : llvm::reverse(loops)) {
    SmallVector<LevelMappingAttr> own = loopsOf(op);
    for (auto [axis, loop] : llvm::enumerate(own)) {
      FailureOr<unsigned> level =
          levelNamed(op, loop.getLevel().getValue(), accelerator);
      if (failed(level) || failed(checkTrips(op, loop, staticTrips(op, axis))))
        return failure();
      if (*level < outer)
        return op->emitError()
               << "a loop of @" << loop.getLevel().getValue()
               << " lies inside one of @" << accelerator.levels[outer].name
               << ", which is below it";
      outer = *level;
      llvm::append_range(mapping.levels[*level].loops, loop.getLoops());
    }
  }
  return success();
}

static LogicalResult addFetch(FetchOp fetch,
                              const cost::Accelerator &accelerator,
                              cost::Mapping &mapping) {
  SymbolRefAttr name = fetch.getLevel();
  if (name.getRootReference() != accelerator.name)
    return fetch->emitError()
           << "is mapped to @" << name.getRootReference().getValue()
           << ", the target is @" << accelerator.name;
  FailureOr<unsigned> level =
      levelNamed(fetch, name.getLeafReference().getValue(), accelerator);
  if (failed(level))
    return failure();
  auto tensor = static_cast<cost::Tensor>(fetch.getTensor());
  cost::LevelMapping &does = mapping.levels[*level];
  does.kept.insert(tensor);
  if (fetch.getStays())
    does.resident.insert(tensor);
  return success();
}

FailureOr<NestAnalysis>
ohas::analyzeNest(MacOp mac, const cost::Accelerator &accelerator) {
  NestAnalysis result;
  result.root = nestRoot(mac);
  FailureOr<cost::Workload> workload = nestWorkload(mac);
  if (failed(workload))
    return failure();
  result.workload = *workload;
  result.mapping.levels.resize(accelerator.levels.size());
  if (failed(addLoops(mac, accelerator, result.mapping)))
    return failure();
  for (cost::Tensor tensor : cost::allTensors)
    for (FetchOp fetch : fetchesOf(mac, tensor))
      if (failed(addFetch(fetch, accelerator, result.mapping)))
        return failure();
  return result;
}

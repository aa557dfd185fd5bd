//===- Nest.cpp - A mapping written out around an optical.mac ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Nest.h"
#include "CanonicalForm.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Transforms/Precision.h"

using namespace mlir;
using namespace ohas;

Nest::Nest(RewriterBase &b, optical::MacOp mac,
           const cost::Accelerator &accelerator, const cost::Mapping &mapping)
    : b(b), loc(mac.getLoc()), mac(mac), accelerator(accelerator),
      mapping(mapping) {
  steps.fill(1);
  for (const cost::LevelMapping &level : mapping.levels)
    for (const cost::Loop &loop : level.loops) {
      int64_t &step = steps[cost::index(loop.dim)];
      step = cost::saturatingMul(step, loop.bound);
    }
  for (cost::Dim dim : cost::allDims)
    sizes.push_back(b.getIndexAttr(mac.staticSize(dim)));
}

void Nest::build() {
  for (unsigned level = 0; level < accelerator.levels.size(); ++level)
    addLevel(level);
}

void Nest::addLevel(unsigned index) {
  const cost::Level &level = accelerator.levels[index];
  const cost::LevelMapping &does = mapping.levels[index];
  switch (level.kind) {
  case cost::LevelKind::Memory:
    return addMemory(level, does);
  case cost::LevelKind::Converter:
    return addConverter(level);
  case cost::LevelKind::Fanout: {
    // A dim that comes again spreads what its first loop leaves.
    ArrayRef<cost::Loop> left(does.loops);
    while (!left.empty()) {
      cost::DimSet seen;
      size_t count = 0;
      while (count < left.size() && !seen.contains(left[count].dim))
        seen.insert(left[count++].dim);
      addSpatialLoops(level, left.take_front(count));
      left = left.drop_front(count);
    }
    return;
  }
  case cost::LevelKind::Component:
  case cost::LevelKind::Compute:
    return;
  }
}

SymbolRefAttr Nest::symbol(StringRef level) {
  return SymbolRefAttr::get(b.getContext(), accelerator.name,
                            {FlatSymbolRefAttr::get(b.getContext(), level)});
}

Value Nest::fetch(const cost::Level &level, cost::Tensor tensor, Value tile,
                  bool stays) {
  return optical::FetchOp::create(
      b, loc, tile.getType(),
      optical::TensorAttr::get(b.getContext(),
                               static_cast<optical::Tensor>(tensor)),
      tile, stays ? b.getUnitAttr() : UnitAttr(), symbol(level.name));
}

Value Nest::convert(const cost::Level &level, Value value) {
  auto converted = optical::ConvertOp::create(
      b, loc, value.getType(),
      optical::TensorAttr::get(b.getContext(),
                               static_cast<optical::Tensor>(level.tensor)),
      value, symbol(level.name));
  if (Attribute layer = mac->getAttr(precision::layerAttrName))
    converted->setAttr(precision::layerAttrName, layer);
  return converted;
}

void Nest::separateSums(function_ref<Value(Value)> begin,
                        function_ref<Value(Value)> onTheWay) {
  b.setInsertionPoint(mac);
  Value above = mac.getInit();
  Value own = begin(zeros(b, loc, mac.getInit().getType().getElementType(),
                          tensor::getMixedSizes(b, loc, above)));
  b.setInsertionPointAfter(mac);
  Value departing = onTheWay(mac.getResult());
  auto sum = optical::SumOp::create(b, loc, above.getType(), departing, above,
                                    symbol(sumsAt));
  b.replaceUsesWithIf(mac.getResult(), sum.getResult(), [&](OpOperand &use) {
    return use.getOwner() != sum && use.getOwner() != departing.getDefiningOp();
  });
  b.modifyOpInPlace(mac, [&] { mac.getInitMutable().assign(own); });
}

void Nest::addMemory(const cost::Level &level, const cost::LevelMapping &does) {
  auto stays = [&](cost::Tensor tensor) {
    return does.resident.contains(tensor);
  };
  b.setInsertionPoint(mac);
  for (cost::Tensor tensor : {cost::Tensor::Weight, cost::Tensor::Input})
    if (does.kept.contains(tensor)) {
      OpOperand &operand = tensor == cost::Tensor::Weight
                               ? mac.getWeightMutable()
                               : mac.getInputMutable();
      Value tile = fetch(level, tensor, operand.get(), stays(tensor));
      b.modifyOpInPlace(mac, [&] { operand.set(tile); });
    }
  if (does.kept.contains(cost::Tensor::Output)) {
    auto hold = [&](Value tile) {
      return fetch(level, cost::Tensor::Output, tile,
                   stays(cost::Tensor::Output));
    };
    if (sumsAt.empty()) {
      // All sums begin here: they are zeros as they come.
      Value tile = hold(mac.getInit());
      b.modifyOpInPlace(mac, [&] { mac.getInitMutable().assign(tile); });
    } else {
      separateSums(hold, [](Value sums) { return sums; });
    }
    sumsAt = level.name;
  }
  for (const cost::Loop &loop : does.loops)
    addTemporalLoop(level, loop);
}

void Nest::addConverter(const cost::Level &level) {
  b.setInsertionPoint(mac);
  if (level.tensor == cost::Tensor::Output) {
    separateSums([](Value tile) { return tile; },
                 [&](Value sums) { return convert(level, sums); });
    return;
  }
  OpOperand &operand = level.tensor == cost::Tensor::Weight
                           ? mac.getWeightMutable()
                           : mac.getInputMutable();
  Value converted = convert(level, operand.get());
  b.modifyOpInPlace(mac, [&] { operand.set(converted); });
}

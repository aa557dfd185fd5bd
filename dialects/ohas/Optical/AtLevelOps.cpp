//===- AtLevelOps.cpp - What levels do with tensors -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Optical/Optical.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

static FailureOr<OpticalLevelOp> levelOf(Operation *op, SymbolRefAttr name,
                                         SymbolTableCollection &symbols) {
  auto level = dyn_cast_or_null<OpticalLevelOp>(
      symbols.lookupNearestSymbolFrom(op, name));
  if (!level) {
    op->emitOpError() << "unknown level " << name;
    return failure();
  }
  return level;
}

static InFlightDiagnostic wrongKind(Operation *op, SymbolRefAttr name,
                                    OpticalLevelOp level) {
  return op->emitOpError() << name << " is a "
                           << cost::name(level.getLevelKind());
}

static cost::Tensor costTensor(Tensor tensor) {
  return static_cast<cost::Tensor>(tensor);
}

LogicalResult FetchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<OpticalLevelOp> level = levelOf(*this, getLevel(), symbols);
  if (failed(level))
    return failure();
  auto memory = dyn_cast<MemoryOp>(level->getOperation());
  if (!memory)
    return wrongKind(*this, getLevel(), *level) << ", and keeps nothing";
  if (!memory.canKeep().contains(costTensor(getTensor())))
    return emitOpError() << "memory " << getLevel() << " cannot keep '"
                         << stringifyTensor(getTensor()) << "'";
  return success();
}

LogicalResult ConvertOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<OpticalLevelOp> level = levelOf(*this, getLevel(), symbols);
  if (failed(level))
    return failure();
  auto converter = dyn_cast<ConverterOp>(level->getOperation());
  if (!converter)
    return wrongKind(*this, getLevel(), *level) << ", and converts nothing";
  if (converter.getTensor() != getTensor())
    return emitOpError() << "converter " << getLevel() << " is for '"
                         << stringifyTensor(converter.getTensor()) << "', not '"
                         << stringifyTensor(getTensor()) << "'";
  return success();
}

LogicalResult SumOp::verifySymbolUses(SymbolTableCollection &symbols) {
  if (!getLevel())
    return success();
  FailureOr<OpticalLevelOp> level = levelOf(*this, *getLevel(), symbols);
  if (failed(level))
    return failure();
  if (!isa<FanoutOp, MemoryOp>(level->getOperation()))
    return wrongKind(*this, *getLevel(), *level) << ", and adds nothing";
  return success();
}

LogicalResult SumOp::verify() {
  auto partials = getPartials().getType(), sums = getInit().getType();
  if (partials.getElementType() != sums.getElementType())
    return emitOpError() << "adds " << partials.getElementType()
                         << " to sums of " << sums.getElementType();
  if (partials.getRank() < sums.getRank())
    return emitOpError() << "partial results have rank " << partials.getRank()
                         << ", the sums " << sums.getRank();
  int64_t copies = partials.getRank() - sums.getRank();
  for (int64_t dim = 0; dim < sums.getRank(); ++dim) {
    int64_t of = partials.getDimSize(copies + dim), to = sums.getDimSize(dim);
    if (!ShapedType::isDynamic(of) && !ShapedType::isDynamic(to) && of != to)
      return emitOpError() << "dim " << dim << " of the sums is " << to
                           << ", of the partial results " << of;
  }
  return success();
}

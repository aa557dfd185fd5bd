//===- Optical.cpp - The dialect itself -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Optical/Optical.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace ohas::optical;

#include "ohas/Optical/OpticalDialect.cpp.inc"
#include "ohas/Optical/OpticalEnums.cpp.inc"
#include "ohas/Optical/OpticalInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "ohas/Optical/OpticalAttrs.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "ohas/Optical/OpticalTypes.cpp.inc"

static_assert(static_cast<unsigned>(OperationClass::Other) + 1 ==
                  ohas::cost::numOperationClasses,
              "the enumerations of the dialect follow those of the cost model");

void OpticalDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "ohas/Optical/OpticalAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "ohas/Optical/OpticalTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "ohas/Optical/OpticalOps.cpp.inc"
      >();
}

LogicalResult OpticalDialect::verifyOperationAttribute(Operation *op,
                                                       NamedAttribute entry) {
  StringRef name = entry.getName();
  Attribute value = entry.getValue();
  if (name == costAttrName || name == totalCostAttrName) {
    if (!isa<CostAttr>(value))
      return op->emitError() << "'" << name << "' must be an #optical.cost";
    if (name == totalCostAttrName && !isa<ModuleOp>(op))
      return op->emitError() << "'" << name << "' belongs on a module";
    return success();
  }
  if (name == targetAttrName) {
    if (!isa<ModuleOp>(op))
      return op->emitError() << "'" << name << "' belongs on a module";
    auto target = dyn_cast<FlatSymbolRefAttr>(value);
    if (!target)
      return op->emitError() << "'" << name << "' must be a symbol";
    if (!isa_and_nonnull<AcceleratorOp>(
            SymbolTable::lookupSymbolIn(op, target.getAttr())))
      return op->emitError() << "'" << name << "' names no accelerator of this "
                             << "module: " << target;
    return success();
  }
  if (name == provenAttrName) {
    auto contraction = dyn_cast<OpticalContractionOp>(op);
    if (!isa<UnitAttr>(value))
      return op->emitError() << "'" << name << "' must be a unit attribute";
    if (!contraction || !contraction.getMappingAttr())
      return op->emitError()
             << "'" << name << "' belongs on a mapped operation";
    return success();
  }
  if (name == boundGapAttrName) {
    auto gap = dyn_cast<FloatAttr>(value);
    if (!isa<ModuleOp>(op))
      return op->emitError() << "'" << name << "' belongs on a module";
    if (!gap || !gap.getType().isF64() || !(gap.getValueAsDouble() >= 1))
      return op->emitError()
             << "'" << name << "' must be a 64-bit float of 1 or more";
    return success();
  }
  if (name == levelAttrName) {
    auto level = dyn_cast<LevelMappingAttr>(value);
    if (!isa<scf::ForOp>(op))
      return op->emitError() << "'" << name << "' belongs on an scf.for";
    if (!level || level.getLoops().size() != 1 || !level.getKept().empty())
      return op->emitError()
             << "'" << name
             << "' must be an #optical.level_mapping of one loop";
    return success();
  }
  if (name == tripCountAttrName) {
    auto count = dyn_cast<IntegerAttr>(value);
    if (!isa<LoopLikeOpInterface>(op))
      return op->emitError() << "'" << name << "' belongs on a loop";
    if (!count || !count.getType().isSignlessInteger(64) || count.getInt() < 0)
      return op->emitError()
             << "'" << name << "' must be a 64-bit integer, not negative";
    return success();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Level mappings as device mappings
//===----------------------------------------------------------------------===//

int64_t LevelMappingAttr::getMappingId() const {
  return getLoops().empty()
             ? 0
             : static_cast<int64_t>(ohas::cost::index(getLoops().front().dim));
}

bool LevelMappingAttr::isLinearMapping() const { return false; }

int64_t LevelMappingAttr::getRelativeIndex() const { return getMappingId(); }

//===- Optical.h - The optical dialect --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_OPTICAL_H
#define OHAS_OPTICAL_OPTICAL_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/SCF/IR/DeviceMappingInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "ohas/CostModel/AcceleratorSpec.h"
#include "ohas/CostModel/Electronic.h"
#include "ohas/CostModel/Mapping.h"
#include "ohas/CostModel/Workload.h"
#include "llvm/ADT/Hashing.h"

// What storing these as attribute parameters takes.
namespace ohas::cost {
inline llvm::hash_code hash_value(const Loop &loop) {
  return llvm::hash_combine(index(loop.dim), loop.bound);
}
template <typename T> llvm::hash_code hash_value(EnumSet<T> set) {
  return llvm::hash_value(set.mask());
}
} // namespace ohas::cost

#include "ohas/Optical/OpticalDialect.h.inc"
#include "ohas/Optical/OpticalEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "ohas/Optical/OpticalAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "ohas/Optical/OpticalTypes.h.inc"

#include "ohas/Optical/OpticalInterfaces.h.inc"

// The interfaces of tiling name MLIR's types as those who use them do.
namespace ohas {
using namespace mlir;
} // namespace ohas

#define GET_OP_CLASSES
#include "ohas/Optical/OpticalOps.h.inc"

namespace ohas::optical {

/// Names of discardable attributes (see the dialect's description).
inline constexpr llvm::StringLiteral targetAttrName = "optical.target";
inline constexpr llvm::StringLiteral costAttrName = "optical.cost";
inline constexpr llvm::StringLiteral totalCostAttrName = "optical.total_cost";
inline constexpr llvm::StringLiteral levelAttrName = "optical.level";
inline constexpr llvm::StringLiteral tripCountAttrName = "optical.trip_count";
inline constexpr llvm::StringLiteral provenAttrName = "optical.proven_optimal";
inline constexpr llvm::StringLiteral boundGapAttrName = "optical.bound_gap";

/// True if `value` is known before inference: a constant, or constants that
/// went through shape, movement or quantization work only.
bool isConstantValue(mlir::Value value);

/// An operand is empty: there is nothing to multiply, and nothing to map.
bool hasNoWork(mlir::Operation *contraction);

/// Takes the mapping away, and cost and proof, which are of a mapping.
void dropMapping(OpticalContractionOp contraction);

/// The contraction once more, without a mapping.
OpticalContractionOp cloneUnmapped(mlir::OpBuilder &b,
                                   OpticalContractionOp contraction);

/// True if `value` is proven to have no negative element.
bool isNonNegative(mlir::Value value);

} // namespace ohas::optical

#endif // OHAS_OPTICAL_OPTICAL_H

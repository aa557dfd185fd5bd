//===- LinalgBuilders.cpp - Loops over tensors ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Conversion/LinalgBuilders.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

Type ohas::signless(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return IntegerType::get(type.getContext(), integer.getWidth());
  return type;
}

RankedTensorType ohas::signlessTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? tensor.clone(signless(tensor.getElementType())) : tensor;
}

Value ohas::recast(OpBuilder &b, Location loc, Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (auto cast = value.getDefiningOp<UnrealizedConversionCastOp>())
    if (cast.getNumOperands() == 1 && cast.getOperand(0).getType() == type)
      return cast.getOperand(0);
  return UnrealizedConversionCastOp::create(b, loc, type, value).getResult(0);
}

bool ohas::isUnsigned(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isInteger(1) || element.isUnsignedInteger();
}

Value ohas::scalarConstant(OpBuilder &b, Location loc, Type type,
                           double value) {
  if (auto real = dyn_cast<FloatType>(type)) {
    APFloat number(value);
    bool lost = false;
    number.convert(real.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                   &lost);
    return arith::ConstantOp::create(b, loc, FloatAttr::get(real, number));
  }
  unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  return arith::ConstantOp::create(
      b, loc,
      IntegerAttr::get(
          type,
          APInt(64, static_cast<int64_t>(value), true).sextOrTrunc(width)));
}

Value ohas::emptyTensor(OpBuilder &b, Location loc, RankedTensorType type) {
  return tensor::EmptyOp::create(b, loc, type.getShape(),
                                 type.getElementType());
}

Value ohas::filledTensor(OpBuilder &b, Location loc, RankedTensorType type,
                         Value scalar) {
  return linalg::FillOp::create(b, loc, scalar, emptyTensor(b, loc, type))
      .getResult(0);
}

Value ohas::filledTensor(OpBuilder &b, Location loc, RankedTensorType type,
                         double value) {
  return filledTensor(b, loc, type,
                      scalarConstant(b, loc, type.getElementType(), value));
}

Value ohas::mapElements(OpBuilder &b, Location loc, RankedTensorType type,
                        ValueRange inputs, ArrayRef<AffineMap> maps,
                        ScalarBody body) {
  SmallVector<AffineMap> all(maps);
  all.push_back(b.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> loops(type.getRank(),
                                         utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             b, loc, type, inputs, emptyTensor(b, loc, type), all, loops,
             [&](OpBuilder &inner, Location at, ValueRange arguments) {
               Value result = body(inner, at, arguments.drop_back());
               linalg::YieldOp::create(inner, at, result);
             })
      .getResult(0);
}

Value ohas::fromIndices(OpBuilder &b, Location loc, RankedTensorType type,
                        ScalarBody body) {
  return mapElements(
      b, loc, type, {}, {}, [&](OpBuilder &inner, Location at, ValueRange) {
        SmallVector<Value> indices;
        for (int64_t axis = 0; axis < type.getRank(); ++axis)
          indices.push_back(linalg::IndexOp::create(inner, at, axis));
        return body(inner, at, indices);
      });
}

Value ohas::accumulate(OpBuilder &b, Location loc, Value initial,
                       AffineMap resultMap, ValueRange inputs,
                       ArrayRef<AffineMap> maps, ScalarBody body) {
  SmallVector<AffineMap> all(maps);
  all.push_back(resultMap);
  SmallVector<utils::IteratorType> loops(resultMap.getNumDims(),
                                         utils::IteratorType::reduction);
  for (AffineExpr expr : resultMap.getResults())
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      loops[dim.getPosition()] = utils::IteratorType::parallel;
  return linalg::GenericOp::create(
             b, loc, initial.getType(), inputs, initial, all, loops,
             [&](OpBuilder &inner, Location at, ValueRange arguments) {
               linalg::YieldOp::create(inner, at, body(inner, at, arguments));
             })
      .getResult(0);
}

Value ohas::reshapeTo(OpBuilder &b, Location loc, Value value,
                      ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  auto target = type.clone(shape);
  if (type == target)
    return value;
  if (target.getNumElements() == 0)
    return emptyTensor(b, loc, target);
  auto allOf = [](int64_t rank) {
    SmallVector<ReassociationIndices> groups;
    if (rank)
      groups.push_back(llvm::to_vector(llvm::seq<int64_t>(0, rank)));
    return groups;
  };
  // One step where dims only merge or only split keeps more of a layout.
  if (auto groups = getReassociationIndicesForReshape(type, target)) {
    if (type.getRank() > target.getRank())
      return tensor::CollapseShapeOp::create(b, loc, target, value, *groups);
    return tensor::ExpandShapeOp::create(b, loc, target, value, *groups);
  }
  if (type.getRank() > 1)
    value = tensor::CollapseShapeOp::create(b, loc,
                                            type.clone({type.getNumElements()}),
                                            value, allOf(type.getRank()));
  if (type.getRank() == 0 || target.getRank() == 0) {
    // Through no dims at all: every dim is 1.
    if (type.getRank() != 0)
      return tensor::CollapseShapeOp::create(
          b, loc, target, value, SmallVector<ReassociationIndices>());
    return tensor::ExpandShapeOp::create(b, loc, target, value,
                                         SmallVector<ReassociationIndices>());
  }
  if (target.getRank() == 1)
    return value;
  return tensor::ExpandShapeOp::create(b, loc, target, value,
                                       allOf(target.getRank()));
}

Value ohas::transposeTo(OpBuilder &b, Location loc, Value value,
                        ArrayRef<int64_t> permutation) {
  auto type = cast<RankedTensorType>(value.getType());
  auto dims = llvm::map_to_vector(
      permutation, [&](int64_t axis) { return type.getDimSize(axis); });
  SmallVector<AffineExpr> source(type.getRank());
  for (auto [to, from] : llvm::enumerate(permutation))
    source[from] = b.getAffineDimExpr(to);
  auto map = AffineMap::get(type.getRank(), 0, source, b.getContext());
  return mapElements(b, loc, type.clone(dims), value, map,
                     [](OpBuilder &, Location, ValueRange x) { return x[0]; });
}

static SmallVector<OpFoldResult> folded(OpBuilder &b, ArrayRef<int64_t> values,
                                        size_t rank) {
  if (values.empty())
    return SmallVector<OpFoldResult>(rank, b.getIndexAttr(1));
  return llvm::map_to_vector(
      values, [&](int64_t v) -> OpFoldResult { return b.getIndexAttr(v); });
}

Value ohas::sliceOf(OpBuilder &b, Location loc, Value value,
                    ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes,
                    ArrayRef<int64_t> steps) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getShape() == sizes)
    return value;
  return tensor::ExtractSliceOp::create(
      b, loc, type.clone(sizes), value, folded(b, offsets, type.getRank()),
      folded(b, sizes, type.getRank()), folded(b, steps, type.getRank()));
}

Value ohas::insertInto(OpBuilder &b, Location loc, Value value, Value target,
                       ArrayRef<int64_t> offsets, ArrayRef<int64_t> steps) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getNumElements() == 0)
    return target;
  return tensor::InsertSliceOp::create(
      b, loc, value, target, folded(b, offsets, type.getRank()),
      folded(b, type.getShape(), type.getRank()),
      folded(b, steps, type.getRank()));
}

Value ohas::padWith(OpBuilder &b, Location loc, Value value,
                    ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                    Value scalar) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> from, sizes, to, dims;
  bool isCut = false, isWider = false;
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    int64_t size = type.getDimSize(axis);
    // Cutting at an end may use up more than there is: then it is all padding.
    int64_t begin = std::min(std::max<int64_t>(0, -low[axis]), size);
    int64_t end = std::max(begin, size - std::max<int64_t>(0, -high[axis]));
    from.push_back(begin);
    sizes.push_back(end - begin);
    to.push_back(std::max<int64_t>(0, low[axis]));
    dims.push_back(size + low[axis] + high[axis]);
    isCut |= sizes.back() != size;
    isWider |= dims.back() != sizes.back();
  }
  if (llvm::is_contained(sizes, 0) && !llvm::is_contained(dims, 0))
    return filledTensor(b, loc, type.clone(dims), scalar);
  if (isCut)
    value = sliceOf(b, loc, value, from, sizes);
  if (!isWider)
    return value;
  Value around = filledTensor(b, loc, type.clone(dims), scalar);
  return insertInto(b, loc, value, around, to);
}

Value ohas::convertScalar(OpBuilder &b, Location loc, Value value,
                          bool isUnsigned, Type to, bool isResultUnsigned) {
  Type from = value.getType();
  if (from == to)
    return value;
  unsigned width = from.getIntOrFloatBitWidth();
  unsigned toWidth = to.getIntOrFloatBitWidth();
  if (isa<FloatType>(from) && isa<FloatType>(to)) {
    if (width == toWidth) {
      value = arith::ExtFOp::create(b, loc, b.getF32Type(), value);
      return arith::TruncFOp::create(b, loc, to, value);
    }
    if (width < toWidth)
      return arith::ExtFOp::create(b, loc, to, value);
    return arith::TruncFOp::create(b, loc, to, value);
  }
  if (isa<FloatType>(from)) {
    if (to.isInteger(1))
      return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNE, value,
                                   scalarConstant(b, loc, from, 0));
    if (toWidth == 64 && isResultUnsigned)
      return arith::FPToUIOp::create(b, loc, to, value);
    // Through a wide integer: what does not fit wraps, as on most machines.
    value = arith::FPToSIOp::create(b, loc, b.getI64Type(), value);
    return toWidth == 64 ? value : arith::TruncIOp::create(b, loc, to, value);
  }
  if (isa<FloatType>(to)) {
    if (isUnsigned)
      return arith::UIToFPOp::create(b, loc, to, value);
    return arith::SIToFPOp::create(b, loc, to, value);
  }
  if (to.isInteger(1))
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, value,
                                 scalarConstant(b, loc, from, 0));
  if (width > toWidth)
    return arith::TruncIOp::create(b, loc, to, value);
  if (isUnsigned)
    return arith::ExtUIOp::create(b, loc, to, value);
  return arith::ExtSIOp::create(b, loc, to, value);
}

Type ohas::sumType(Type result) {
  if (isa<FloatType>(result))
    return result.getIntOrFloatBitWidth() < 32
               ? Float32Type::get(result.getContext())
               : result;
  return IntegerType::get(result.getContext(),
                          std::max(32u, result.getIntOrFloatBitWidth()));
}

Value ohas::narrowed(OpBuilder &b, Location loc, Value sums, Type element) {
  auto wide = cast<RankedTensorType>(sums.getType());
  if (wide.getElementType() == element)
    return sums;
  return mapElements(b, loc, wide.clone(element), sums,
                     b.getMultiDimIdentityMap(wide.getRank()),
                     [&](OpBuilder &inner, Location at, ValueRange x) {
                       return convertScalar(inner, at, x[0], false, element,
                                            false);
                     });
}

//===- Quantisation.cpp - Quantisation --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Quantise.h"
#include "Reduce.h"
#include "Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// A scale or zero point as one that broadcasts to the tensor: of one number,
/// one a slice of the axis, or one a block along it.
static Value spread(Node &node, Value value, RankedTensorType to) {
  auto type = cast<RankedTensorType>(value.getType());
  int64_t rank = to.getRank();
  int64_t axis = Node::wrapAxis(node.getInt("axis", 1), rank);
  int64_t block = node.getInt("block_size");
  if (block > 0 && type.getRank() == rank) {
    return fromIndices(node.b, node.loc, to.clone(type.getElementType()),
                       [&](OpBuilder &b, Location loc, ValueRange at) {
                         Scalar s{b, loc};
                         SmallVector<Value> from(at);
                         from[axis] = s.div(at[axis], s.index(block));
                         return s.extract(value, from);
                       });
  }
  if (type.getNumElements() == 1)
    return reshapeTo(node.b, node.loc, value, {});
  if (type.getRank() != 1)
    return value;
  SmallVector<int64_t> dims(rank - axis, 1);
  dims[0] = type.getDimSize(0);
  return reshapeTo(node.b, node.loc, value, dims);
}

/// clamp(round(x / scale) + zero), all in floats.
Value ohas::electronic::quantised(const Scalar &s, Value x, Value scale,
                                  Value zero, Type to, bool isUnsigned) {
  Value rounded = s.roundEven(s.div(x, scale));
  if (zero)
    rounded = s.add(rounded, zero);
  Value low = s.number(x, lowest(to, isUnsigned));
  Value high = s.number(x, highest(to, isUnsigned));
  Value clamped = s.min(s.max(rounded, low), high);
  return convertScalar(s.b, s.loc, clamped, false, to, isUnsigned);
}

static Lowered quantizeLinear(Node &node) {
  auto result = node.resultType();
  if (!isa<IntegerType>(result.getElementType()) || !node.has(1))
    return node.fail("floats of less than 16 bits");
  SmallVector<Value> inputs = {node.input(0),
                               spread(node, node.input(1), result)};
  bool hasZero = node.has(2), isUnsigned = node.isResultUnsigned();
  if (hasZero)
    inputs.push_back(spread(node, node.input(2), result));
  bool isIntegerInput = isa<IntegerType>(node.element(0));
  Value value =
      mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
        Type wide = s.b.getF32Type();
        Value scale = convertScalar(s.b, s.loc, x[1], false, wide, false);
        Value operand = convertScalar(s.b, s.loc, x[0],
                                      isIntegerInput && node.isInputUnsigned(0),
                                      wide, false);
        Value zero = hasZero
                         ? convertScalar(s.b, s.loc, x[2],
                                         node.isInputUnsigned(2), wide, false)
                         : Value();
        return quantised(s, operand, scale, zero, result.getElementType(),
                         isUnsigned);
      });
  return SmallVector<Value>{value};
}

static Lowered dequantizeLinear(Node &node) {
  auto result = node.resultType();
  SmallVector<Value> inputs = {node.input(0),
                               spread(node, node.input(1), result)};
  bool hasZero = node.has(2);
  if (hasZero)
    inputs.push_back(spread(node, node.input(2), result));
  Value value =
      mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
        Type wide = s.b.getF32Type();
        Value operand = convertScalar(s.b, s.loc, x[0], node.isInputUnsigned(0),
                                      wide, false);
        if (hasZero)
          operand = s.sub(operand,
                          convertScalar(s.b, s.loc, x[2],
                                        node.isInputUnsigned(2), wide, false));
        Value scale = convertScalar(s.b, s.loc, x[1], false, wide, false);
        return convertScalar(s.b, s.loc, s.mul(operand, scale), false,
                             result.getElementType(), false);
      });
  return SmallVector<Value>{value};
}

static Lowered dynamicQuantizeLinear(Node &node) {
  Value x = node.input(0);
  auto axes = axesFrom(0, node.rank(0));
  auto scalarType = RankedTensorType::get({}, node.b.getF32Type());
  auto scalarOf = [&](Value value) {
    return reshapeTo(node.b, node.loc, value, {});
  };
  Value least = scalarOf(minOver(node, x, axes));
  Value most = scalarOf(maxOver(node, x, axes));
  Value scale = mapTensor(
      node, scalarType, {least, most}, [](const Scalar &s, ValueRange y) {
        Value zero = s.number(y[0], 0);
        Value range = s.sub(s.max(y[1], zero), s.min(y[0], zero));
        return s.div(range, s.number(y[0], 255));
      });
  auto byte = node.resultType().getElementType();
  Value zeroPoint =
      mapTensor(node, scalarType.clone(byte), {least, scale},
                [&](const Scalar &s, ValueRange y) {
                  Value low = s.min(y[0], s.number(y[0], 0));
                  return quantised(s, s.neg(low), y[1], nullptr, byte, true);
                });
  Value value = mapTensor(node, node.resultType(), {x, scale, zeroPoint},
                          [&](const Scalar &s, ValueRange y) {
                            Value zero = convertScalar(s.b, s.loc, y[2], true,
                                                       s.b.getF32Type(), false);
                            return quantised(s, y[0], y[1], zero, byte, true);
                          });
  return SmallVector<Value>{value, scale, zeroPoint};
}

static const Row rows[] = {
    {"QuantizeLinear", quantizeLinear},
    {"DequantizeLinear", dequantizeLinear},
    {"DynamicQuantizeLinear", dynamicQuantizeLinear},
};
llvm::ArrayRef<Row> ohas::electronic::quantisationRows() { return rows; }

//===- Requantisation.cpp - Integers between contractions -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Quantise.h"
#include "Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// The contraction without a mapping, of other operands.
static Value again(OpBuilder &b, Operation *contraction, ValueRange operands) {
  auto clone = optical::cloneUnmapped(
      b, cast<optical::OpticalContractionOp>(contraction));
  clone->setOperands(operands);
  return clone->getResult(0);
}

/// The sum of products of numbers less their zero points: the contraction
/// again, on what is left of the operands after they are subtracted.
static Lowered zeroPointCorrection(Node &node) {
  Operation *contraction = node.op.getInputs()[0].getDefiningOp();
  if (!isa_and_nonnull<optical::ConvOp, optical::MatmulOp>(contraction) ||
      node.numInputs() != 5)
    return node.fail("a contraction that is not right before it");
  OpBuilder &b = node.b;
  SmallVector<Value> shifted;
  for (unsigned i : {0u, 1u}) {
    unsigned place = 3 + i, zero = 1 + i;
    auto type = node.type(place);
    if (!node.has(zero)) {
      shifted.push_back(convertTensor(node, node.input(place),
                                      node.isInputUnsigned(place),
                                      b.getI32Type()));
      continue;
    }
    Value by = node.input(zero);
    auto zeroType = node.type(zero);
    bool isConv = isa<optical::ConvOp>(contraction);
    if (zeroType.getNumElements() == 1)
      by = reshapeTo(b, node.loc, by, {});
    else if (isConv && i == 1 && zeroType.getRank() == 1) {
      SmallVector<int64_t> dims(type.getRank(), 1);
      dims[0] = zeroType.getDimSize(0);
      by = reshapeTo(b, node.loc, by, dims);
    } else if (!isConv && i == 0 && zeroType.getRank() == 1) {
      by = reshapeTo(b, node.loc, by, {zeroType.getDimSize(0), 1});
    }
    shifted.push_back(mapTensor(
        node, type.clone(b.getI32Type()), {node.input(place), by},
        [&](const Scalar &s, ValueRange x) {
          auto wide = [&](Value y, unsigned from) {
            return convertScalar(s.b, s.loc, y, node.isInputUnsigned(from),
                                 s.b.getI32Type(), false);
          };
          return s.sub(wide(x[0], place), wide(x[1], zero));
        }));
  }
  for (unsigned i : {0u, 1u})
    if (cast<RankedTensorType>(contraction->getOperand(i).getType())
            .getShape() !=
        cast<RankedTensorType>(shifted[i].getType()).getShape())
      return node.fail("operands in another layout");
  Value corrected = again(b, contraction, shifted);
  auto mapped = cast<optical::OpticalContractionOp>(contraction);
  if (!mapped.getMappingAttr())
    return SmallVector<Value>{corrected};
  // The mapped one is to run, and gets what the zero points make of it.
  SmallVector<Value> plain;
  for (unsigned place : {3u, 4u})
    plain.push_back(convertTensor(node, node.input(place),
                                  node.isInputUnsigned(place), b.getI32Type()));
  Value raw = again(b, contraction, plain);
  return SmallVector<Value>{mapTensor(node, node.resultType(),
                                      {node.input(0), corrected, raw},
                                      [](const Scalar &s, ValueRange x) {
                                        return s.add(x[0], s.sub(x[1], x[2]));
                                      })};
}

/// Scales of a right operand go along the axis that the node says.
static Value along(Node &node, Value scales) {
  auto type = cast<RankedTensorType>(scales.getType());
  if (type.getNumElements() == 1)
    return reshapeTo(node.b, node.loc, scales, {});
  int64_t rank = node.resultType().getRank();
  SmallVector<int64_t> dims(rank - Node::wrapAxis(node.getInt("axis"), rank),
                            1);
  dims[0] = type.getNumElements();
  return reshapeTo(node.b, node.loc, scales, dims);
}

/// Inputs: a sum, the scales of both operands, and the scale and the zero point
/// of the result; a result without a scale is a float.
static Lowered requantize(Node &node) {
  auto result = node.resultType();
  if (!node.has(1) || !node.has(2) || node.type(1).getNumElements() != 1)
    return node.fail("a scale for each row");
  bool isReal = isa<FloatType>(result.getElementType());
  if (isReal != !node.has(3))
    return node.fail("a result that its scales do not fit");
  SmallVector<Value> inputs = {node.input(0),
                               reshapeTo(node.b, node.loc, node.input(1), {}),
                               along(node, node.input(2))};
  bool hasZero = node.has(4);
  for (unsigned i : {3u, 4u})
    if (node.has(i))
      inputs.push_back(along(node, node.input(i)));
  double alpha = node.getFloat("alpha", 1);
  return SmallVector<Value>{
      mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
        Type wide = s.b.getF32Type();
        Value sum = convertScalar(s.b, s.loc, x[0], false, wide, false);
        auto scaleAt = [&](unsigned i) {
          return convertScalar(s.b, s.loc, x[i], false, wide, false);
        };
        Value scale = s.mul(scaleAt(1), scaleAt(2));
        if (alpha != 1)
          scale = s.mul(scale, s.number(scale, alpha));
        if (isReal)
          return convertScalar(s.b, s.loc, s.mul(sum, scale), false,
                               result.getElementType(), false);
        Value zero = hasZero
                         ? convertScalar(s.b, s.loc, x[4],
                                         node.isInputUnsigned(4), wide, false)
                         : Value();
        Value one = s.number(sum, 1);
        return quantised(s, s.mul(sum, s.div(scale, scaleAt(3))), one, zero,
                         result.getElementType(), node.isResultUnsigned());
      })};
}

/// Deeploy's: (x * factor + bias) / divisor to the nearest, halves upwards, and
/// clamped to the levels of the result. Its integers may be kept in floats;
/// their products need 53 bits at most.
static Lowered requantShift(Node &node) {
  double divisor = node.getNumber("div"),
         levels = node.getNumber("n_levels_out");
  if (levels == 0)
    levels = node.getNumber("n_levels");
  if (node.numInputs() != 3 || !(divisor >= 1) || !(levels >= 2))
    return node.fail("without its divisor or levels");
  double low = node.getNumber("signed") != 0 ? -levels / 2 : 0;
  auto result = node.resultType();
  SmallVector<Value> inputs = {node.input(0), node.input(1), node.input(2)};
  if (!broadcastTo(result, inputs))
    return node.fail(misfit);
  return SmallVector<Value>{
      mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
        Type wide = s.b.getF64Type();
        auto operand = [&](unsigned i) {
          return convertScalar(s.b, s.loc, x[i], node.isInputUnsigned(i), wide,
                               false);
        };
        Value sum = s.add(s.mul(operand(0), operand(1)), operand(2));
        Value steps = s.floor(
            s.add(s.div(sum, s.number(sum, divisor)), s.number(sum, 0.5)));
        steps = s.min(s.max(steps, s.number(sum, low)),
                      s.number(sum, low + levels - 1));
        return convertScalar(s.b, s.loc, steps, false, result.getElementType(),
                             node.isResultUnsigned());
      })};
}

static const Row rows[] = {
    {"ohas.ZeroPointCorrection", zeroPointCorrection},
    {"ohas.Requantize", requantize},
    {"RequantShift", requantShift},
};
llvm::ArrayRef<Row> ohas::electronic::requantisationRows() { return rows; }

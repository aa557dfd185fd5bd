//===- QLinear.cpp - Operators on quantised tensors -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Quantise.h"
#include "Reduce.h"
#include "Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// ONNX Runtime's arithmetic on integers: each operand and the result with a
/// scale and a zero point.
template <Value (Scalar::*combine)(Value, Value) const>
static Lowered quantizedBinary(Node &node) {
  auto result = node.resultType();
  SmallVector<Value> inputs;
  SmallVector<unsigned> places;
  for (unsigned i = 0; i < 8; ++i) {
    if (!node.has(i))
      continue;
    if (i != 0 && i != 3 && node.type(i).getNumElements() != 1)
      return node.fail("a scale for each element");
    inputs.push_back(i == 0 || i == 3
                         ? node.input(i)
                         : reshapeTo(node.b, node.loc, node.input(i), {}));
    places.push_back(i);
  }
  if (!llvm::is_contained(places, 6u) || !broadcastTo(result, inputs))
    return node.fail(misfit);
  return SmallVector<Value>{
      mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
        auto real = [&](unsigned place) -> Value {
          const auto *at = llvm::find(places, place);
          if (at == places.end())
            return nullptr;
          return convertScalar(s.b, s.loc, x[at - places.begin()],
                               node.isInputUnsigned(place), s.b.getF32Type(),
                               false);
        };
        auto operand = [&](unsigned place) {
          Value value = real(place);
          if (Value zero = real(place + 2))
            value = s.sub(value, zero);
          return s.mul(value, real(place + 1));
        };
        return quantised(s, (s.*combine)(operand(0), operand(3)), real(6),
                         real(7), result.getElementType(),
                         node.isResultUnsigned());
      })};
}

/// An input and those after it that are its scale and its zero point, in
/// floats.
static Value dequantised(Node &node, unsigned first) {
  SmallVector<Value> inputs = {node.input(first)};
  for (unsigned i : {first + 1, first + 2})
    if (node.has(i))
      inputs.push_back(reshapeTo(node.b, node.loc, node.input(i), {}));
  return mapTensor(node, node.type(first).clone(node.b.getF32Type()), inputs,
                   [&](const Scalar &s, ValueRange x) {
                     auto real = [&](unsigned i) {
                       return convertScalar(s.b, s.loc, x[i],
                                            node.isInputUnsigned(first + i),
                                            s.b.getF32Type(), false);
                     };
                     Value value =
                         x.size() > 2 ? s.sub(real(0), real(2)) : real(0);
                     return s.mul(value, x[1]);
                   });
}

/// Floats as the result has them; inputs `first` and after it are its scale and
/// its zero point.
static Value quantisedAs(Node &node, Value value, unsigned first) {
  auto result = node.resultType();
  SmallVector<Value> inputs = {value};
  for (unsigned i : {first, first + 1})
    if (node.has(i))
      inputs.push_back(reshapeTo(node.b, node.loc, node.input(i), {}));
  return mapTensor(node, result, inputs, [&](const Scalar &s, ValueRange x) {
    Value zero = x.size() > 2 ? convertScalar(s.b, s.loc, x[2],
                                              node.isInputUnsigned(first + 1),
                                              s.b.getF32Type(), false)
                              : Value();
    return quantised(s, x[0], x[1], zero, result.getElementType(),
                     node.isResultUnsigned());
  });
}

/// Whether all of these inputs, where they are given, are one number.
static bool areNumbers(Node &node, ArrayRef<unsigned> places) {
  return llvm::all_of(places, [&](unsigned i) {
    return !node.has(i) || node.type(i).getNumElements() == 1;
  });
}

/// Whether a tensor and the scale after it are there, and the result's scale.
static bool hasScales(Node &node, unsigned tensor, unsigned result) {
  return node.has(tensor) && node.has(tensor + 1) && node.has(result) &&
         isa<FloatType>(node.element(tensor + 1)) &&
         isa<FloatType>(node.element(result)) &&
         isa<IntegerType>(node.element(tensor)) &&
         isa<IntegerType>(node.resultType().getElementType());
}

/// Inputs: x, its scale and zero point, and those of the result.
static Lowered
quantizedUnary(Node &node,
               llvm::function_ref<Value(const Scalar &, Value)> body) {
  if (!areNumbers(node, {1, 2, 3, 4}))
    return node.fail("a scale for each element");
  if (!hasScales(node, 0, 3) || node.shape(0) != node.resultType().getShape())
    return node.fail(misfit);
  Value x = dequantised(node, 0);
  Value y =
      mapTensor(node, cast<RankedTensorType>(x.getType()), x,
                [&](const Scalar &s, ValueRange v) { return body(s, v[0]); });
  return SmallVector<Value>{quantisedAs(node, y, 3)};
}

static Lowered quantizedSigmoid(Node &node) {
  return quantizedUnary(node,
                        [](const Scalar &s, Value x) { return s.sigmoid(x); });
}

static Lowered quantizedLeakyRelu(Node &node) {
  double alpha = node.getFloat("alpha", 0.01);
  return quantizedUnary(node, [&](const Scalar &s, Value x) {
    return s.select(s.less(x, s.number(x, 0)), s.mul(x, s.number(x, alpha)), x);
  });
}

static Lowered quantizedGlobalAveragePool(Node &node) {
  if (!areNumbers(node, {1, 2, 3, 4}))
    return node.fail("a scale for each element");
  if (!hasScales(node, 0, 3) || node.rank(0) < 3)
    return node.fail(misfit);
  int64_t rank = node.rank(0);
  SmallVector<int64_t> axes = axesFrom(2, rank);
  if (node.getInt("channels_last") != 0)
    axes = llvm::to_vector(llvm::seq<int64_t>(1, rank - 1));
  Value mean = meanOver(node, dequantised(node, 0), axes);
  if (cast<RankedTensorType>(mean.getType()).getShape() !=
      node.resultType().getShape())
    return node.fail(misfit);
  return SmallVector<Value>{quantisedAs(node, mean, 3)};
}

/// Inputs: the scale and the zero point of the result, and each tensor with its
/// own.
static Lowered quantizedConcat(Node &node) {
  auto type = node.resultType();
  int64_t axis = Node::wrapAxis(node.getInt("axis"), type.getRank());
  if (axis < 0 || axis >= type.getRank() || node.numInputs() % 3 != 2)
    return node.fail(misfit);
  Value joined = emptyTensor(node.b, node.loc, type.clone(node.b.getF32Type()));
  SmallVector<int64_t> at(type.getRank(), 0);
  for (unsigned i = 2; i < node.numInputs(); i += 3) {
    if (!areNumbers(node, {0, 1, i + 1, i + 2}))
      return node.fail("a scale for each element");
    if (!hasScales(node, i, 0) || node.rank(i) != type.getRank())
      return node.fail(misfit);
    SmallVector<int64_t> rest(type.getShape());
    rest[axis] = node.shape(i)[axis];
    if (node.shape(i) != ArrayRef<int64_t>(rest) ||
        at[axis] + rest[axis] > type.getDimSize(axis))
      return node.fail(misfit);
    joined = insertInto(node.b, node.loc, dequantised(node, i), joined, at);
    at[axis] += rest[axis];
  }
  if (at[axis] != type.getDimSize(axis))
    return node.fail(misfit);
  return SmallVector<Value>{quantisedAs(node, joined, 0)};
}

static const Row rows[] = {
    {"com.microsoft.QLinearAdd", quantizedBinary<&Scalar::add>},
    {"com.microsoft.QLinearMul", quantizedBinary<&Scalar::mul>},
    {"com.microsoft.QLinearSigmoid", quantizedSigmoid},
    {"com.microsoft.QLinearLeakyRelu", quantizedLeakyRelu},
    {"com.microsoft.QLinearGlobalAveragePool", quantizedGlobalAveragePool},
    {"com.microsoft.QLinearConcat", quantizedConcat},
};
llvm::ArrayRef<Row> ohas::electronic::qlinearRows() { return rows; }

//===- Elementwise.cpp - Loops over broadcast operands ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

AffineMap ohas::electronic::broadcastMap(OpBuilder &b, ArrayRef<int64_t> from,
                                         ArrayRef<int64_t> to, int64_t axis) {
  int64_t first = axis >= 0 ? axis : to.size() - from.size();
  SmallVector<AffineExpr> exprs;
  for (auto [i, size] : llvm::enumerate(from))
    exprs.push_back(size == 1 && to[first + i] != 1
                        ? b.getAffineConstantExpr(0)
                        : b.getAffineDimExpr(first + i));
  return AffineMap::get(to.size(), 0, exprs, b.getContext());
}

bool ohas::electronic::broadcastTo(RankedTensorType type, ValueRange values) {
  return llvm::all_of(values, [&](Value value) {
    ArrayRef<int64_t> from = cast<RankedTensorType>(value.getType()).getShape();
    if (static_cast<int64_t>(from.size()) > type.getRank())
      return false;
    ArrayRef<int64_t> to = type.getShape().take_back(from.size());
    for (size_t i = 0; i < from.size(); ++i)
      if (from[i] != 1 && from[i] != to[i])
        return false;
    return true;
  });
}

Type ohas::electronic::computeType(Type element) {
  if (isa<FloatType>(element) && element.getIntOrFloatBitWidth() < 32)
    return Float32Type::get(element.getContext());
  return element;
}

Value ohas::electronic::mapTensor(Node &node, RankedTensorType type,
                                  ValueRange inputs, ElementBody body) {
  SmallVector<AffineMap> maps;
  for (Value input : inputs)
    maps.push_back(
        broadcastMap(node.b, cast<RankedTensorType>(input.getType()).getShape(),
                     type.getShape()));
  return mapElements(node.b, node.loc, type, inputs, maps,
                     [&](OpBuilder &b, Location loc, ValueRange x) {
                       return body(Scalar{b, loc}, x);
                     });
}

Value ohas::electronic::convertTensor(Node &node, Value value, bool isUnsigned,
                                      Type to, bool isResultUnsigned) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getElementType() == to)
    return value;
  return mapTensor(node, type.clone(to), value,
                   [&](const Scalar &s, ValueRange x) {
                     return convertScalar(s.b, s.loc, x[0], isUnsigned, to,
                                          isResultUnsigned);
                   });
}

Lowered ohas::electronic::elementwiseOf(Node &node, ArrayRef<unsigned> places,
                                        ElementBody body) {
  RankedTensorType result = node.resultType();
  // Up to opset 6 the second operand says where it is aligned.
  int64_t axis = node.opset() < 7 && node.getInt("broadcast") != 0 &&
                         node.hasAttribute("axis") && places.size() == 2
                     ? Node::wrapAxis(node.getInt("axis"), result.getRank())
                     : -1;
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  for (auto [i, place] : llvm::enumerate(places)) {
    inputs.push_back(node.input(place));
    maps.push_back(broadcastMap(node.b, node.shape(place), result.getShape(),
                                i == 1 ? axis : -1));
  }
  bool isUnsigned = node.isInputUnsigned(places.front());
  Value value = mapElements(
      node.b, node.loc, result, inputs, maps,
      [&](OpBuilder &b, Location loc, ValueRange x) {
        Scalar scalar{b, loc, isUnsigned};
        SmallVector<Value> wide;
        for (Value operand : x)
          wide.push_back(convertScalar(b, loc, operand, false,
                                       computeType(operand.getType()), false));
        Value computed = body(scalar, wide);
        return convertScalar(b, loc, computed, isUnsigned,
                             result.getElementType(), node.isResultUnsigned());
      });
  return SmallVector<Value>{value};
}

Lowered ohas::electronic::elementwise(Node &node, ElementBody body) {
  auto places = llvm::to_vector(llvm::seq<unsigned>(0, node.numInputs()));
  return elementwiseOf(node, places, body);
}

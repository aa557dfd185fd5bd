//===- Generators.cpp - Tensors made of few numbers -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Value constantOf(Node &node, ElementsAttr values) {
  Value constant = arith::ConstantOp::create(node.b, node.loc, values);
  auto plain = signlessTensor(constant.getType());
  return reshapeTo(node.b, node.loc, recast(node.b, node.loc, constant, plain),
                   node.resultType().getShape());
}

static ElementsAttr tensorAttribute(Node &node, StringRef name) {
  DictionaryAttr all = node.op.getOriginalAttributesAttr();
  return all ? dyn_cast_or_null<ElementsAttr>(all.get(name)) : ElementsAttr();
}

static Lowered constant(Node &node) {
  if (ElementsAttr values = tensorAttribute(node, "value"))
    return SmallVector<Value>{constantOf(node, values)};
  return node.fail("without its value");
}

static Lowered constantOfShape(Node &node) {
  auto type = node.resultType();
  double number = 0;
  if (node.op.getOriginalAttributesAttr() && node.hasAttribute("value")) {
    auto values =
        dyn_cast_or_null<DenseElementsAttr>(tensorAttribute(node, "value"));
    if (!values || values.getNumElements() != 1)
      return node.fail("without its value");
    if (isa<FloatType>(values.getElementType()))
      number = (*values.value_begin<APFloat>()).convertToDouble();
    else
      number = (*values.value_begin<APInt>()).getSExtValue();
    if (values.getElementType().isInteger(1))
      number = number != 0;
  }
  return SmallVector<Value>{filledTensor(node.b, node.loc, type, number)};
}

/// Caffe2's.
static Lowered constantFill(Node &node) {
  return SmallVector<Value>{filledTensor(node.b, node.loc, node.resultType(),
                                         node.getNumber("value"))};
}

static Lowered shape(Node &node) {
  int64_t rank = node.rank(0);
  int64_t start =
      std::clamp<int64_t>(Node::wrapAxis(node.getInt("start"), rank), 0, rank);
  auto type = node.resultType();
  SmallVector<int64_t> dims(node.shape(0).slice(start, type.getDimSize(0)));
  return SmallVector<Value>{arith::ConstantOp::create(
      node.b, node.loc, DenseElementsAttr::get(type, ArrayRef<int64_t>(dims)))};
}

static Lowered size(Node &node) {
  return SmallVector<Value>{filledTensor(node.b, node.loc, node.resultType(),
                                         node.type(0).getNumElements())};
}

static Lowered range(Node &node) {
  auto type = node.resultType();
  Value start = node.input(0), step = node.input(2);
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Type element = type.getElementType();
        Type wide = computeType(element);
        auto widen = [&](Value x) {
          return convertScalar(b, loc, x, false, wide, false);
        };
        Value index = s.fromIndex(at[0], wide);
        Value value = s.add(widen(s.extract(start, {})),
                            s.mul(index, widen(s.extract(step, {}))));
        return convertScalar(b, loc, value, false, element, false);
      })};
}

static Lowered eyeLike(Node &node) {
  auto type = node.resultType();
  int64_t k = node.getInt("k");
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value on = s.equal(s.add(at[0], s.index(k)), at[1]);
        Value zero = scalarConstant(b, loc, type.getElementType(), 0);
        return s.select(on, s.number(zero, 1), zero);
      })};
}

static Lowered trilu(Node &node) {
  bool isUpper = node.getInt("upper", 1) != 0;
  Value offset =
      node.has(1) ? reshapeTo(node.b, node.loc, node.input(1), {}) : Value();
  auto type = node.resultType();
  return SmallVector<Value>{mapElements(
      node.b, node.loc, type, node.input(0),
      node.b.getMultiDimIdentityMap(type.getRank()),
      [&](OpBuilder &b, Location loc, ValueRange x) {
        Scalar s{b, loc};
        Value row = linalg::IndexOp::create(b, loc, type.getRank() - 2);
        Value column = linalg::IndexOp::create(b, loc, type.getRank() - 1);
        Value k = offset ? s.toIndex(s.extract(offset, {})) : s.index(0);
        Value diagonal = s.add(row, k);
        Value isKept = isUpper ? s.lessEqual(diagonal, column)
                               : s.lessEqual(column, diagonal);
        return s.select(isKept, x[0], s.number(x[0], 0));
      })};
}

static Lowered oneHot(Node &node) {
  auto type = node.resultType();
  int64_t axis = Node::wrapAxis(node.getInt("axis", -1), type.getRank());
  int64_t depth = type.getDimSize(axis);
  Value indices = node.input(0), values = node.input(2);
  bool isUnsigned = node.isInputUnsigned(0);
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        SmallVector<Value> where(at);
        where.erase(where.begin() + axis);
        Value index = convertScalar(b, loc, s.extract(indices, where),
                                    isUnsigned, b.getI64Type(), false);
        Value hot = s.toIndex(index);
        hot =
            s.select(s.less(hot, s.index(0)), s.add(hot, s.index(depth)), hot);
        Value choice = s.select(s.equal(hot, at[axis]), s.index(1), s.index(0));
        return s.extract(values, choice);
      })};
}

static const Row rows[] = {
    {"Constant", constant},
    {"ConstantOfShape", constantOfShape},
    {"Shape", shape},
    {"Size", size},
    {"Range", range},
    {"EyeLike", eyeLike},
    {"Trilu", trilu},
    {"OneHot", oneHot},
    {"ConstantFill", constantFill},
};
llvm::ArrayRef<Row> ohas::electronic::generatorRows() { return rows; }

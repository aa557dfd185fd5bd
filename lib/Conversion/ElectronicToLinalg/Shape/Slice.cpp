//===- Slice.cpp - Parts of tensors, joined and cut -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// Every element of the result at first + step * index of the input.
static Value strided(Node &node, ArrayRef<int64_t> first,
                     ArrayRef<int64_t> steps, RankedTensorType type) {
  bool isForward = llvm::all_of(steps, [](int64_t step) { return step > 0; });
  if (type.getNumElements() == 0)
    return emptyTensor(node.b, node.loc, type);
  if (isForward)
    return sliceOf(node.b, node.loc, node.input(0), first, type.getShape(),
                   steps);
  SmallVector<AffineExpr> exprs;
  for (int64_t axis = 0; axis < type.getRank(); ++axis)
    exprs.push_back(node.b.getAffineDimExpr(axis) * steps[axis] + first[axis]);
  auto map = AffineMap::get(type.getRank(), 0, exprs, node.b.getContext());
  return mapElements(node.b, node.loc, type, node.input(0), map,
                     [](OpBuilder &, Location, ValueRange x) { return x[0]; });
}

static Lowered slice(Node &node) {
  auto starts = node.intsOf("starts", 1);
  auto axes = node.intsOf("axes", 3);
  auto given = node.constantInts(4);
  if (!starts || (node.has(3) && !axes) || (node.has(4) && !given))
    return node.fail("bounds that are not constant");
  SmallVector<int64_t> first(node.rank(0), 0), steps(node.rank(0), 1);
  for (auto [i, start] : llvm::enumerate(*starts)) {
    int64_t axis = Node::wrapAxis(axes ? (*axes)[i] : i, node.rank(0));
    int64_t size = node.shape(0)[axis];
    int64_t step = given ? (*given)[i] : 1;
    int64_t from = start < 0 ? start + size : start;
    // How many there are is in the result's type.
    first[axis] = std::clamp<int64_t>(from, 0, step < 0 ? size - 1 : size);
    steps[axis] = step;
  }
  return SmallVector<Value>{strided(node, first, steps, node.resultType())};
}

static Lowered split(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis"), node.rank(0));
  SmallVector<int64_t> first(node.rank(0), 0), steps(node.rank(0), 1);
  SmallVector<Value> parts;
  for (unsigned i = 0; i < node.numResults(); ++i) {
    parts.push_back(strided(node, first, steps, node.resultType(i)));
    first[axis] += node.resultType(i).getDimSize(axis);
  }
  return parts;
}

static Lowered concat(Node &node) {
  auto type = node.resultType();
  int64_t axis = Node::wrapAxis(node.getInt("axis", 1), type.getRank());
  Value result = emptyTensor(node.b, node.loc, type);
  SmallVector<int64_t> at(type.getRank(), 0);
  for (unsigned i = 0; i < node.numInputs(); ++i) {
    Value part = node.input(i);
    // The importer takes a scalar among lists for a list of one.
    bool isScalar = node.rank(i) == 0 && type.getRank() == 1;
    if (isScalar)
      part = reshapeTo(node.b, node.loc, part, {1});
    else if (node.rank(i) != type.getRank())
      return node.fail("inputs of other ranks");
    result = insertInto(node.b, node.loc, part, result, at);
    at[axis] += isScalar ? 1 : node.shape(i)[axis];
  }
  return SmallVector<Value>{result};
}

/// The index in the input of one in the padded tensor, for padding that
/// repeats what is there.
static Value foldedIndex(const Scalar &s, Value index, int64_t begin,
                         int64_t size, StringRef mode) {
  Value at = s.sub(index, s.index(begin));
  if (mode == "edge")
    return s.min(s.max(at, s.index(0)), s.index(size - 1));
  auto positiveRem = [&](Value x, int64_t by) {
    Value rest = s.rem(x, s.index(by));
    return s.select(s.less(rest, s.index(0)), s.add(rest, s.index(by)), rest);
  };
  if (mode == "wrap")
    return positiveRem(at, size);
  // A reflection has a period of twice the size, without the edges.
  int64_t period = std::max<int64_t>(1, 2 * (size - 1));
  Value rest = positiveRem(at, period);
  return s.min(rest, s.sub(s.index(period), rest));
}

static Lowered pad(Node &node) {
  auto amounts =
      node.intsOf(node.hasAttribute("paddings") ? "paddings" : "pads", 1);
  if (!amounts || (node.has(3) && !node.constantInts(3)))
    return node.fail("pads that are not constant");
  int64_t rank = node.rank(0);
  SmallVector<int64_t> low(rank, 0), high(rank, 0);
  auto axes = node.constantInts(3);
  size_t count = amounts->size() / 2;
  for (size_t i = 0; i < count; ++i) {
    int64_t axis = Node::wrapAxis(axes ? (*axes)[i] : i, rank);
    low[axis] = (*amounts)[i];
    high[axis] = (*amounts)[count + i];
  }
  StringRef mode = node.getString("mode", "constant");
  if (mode == "constant") {
    Value scalar =
        node.has(2) ? reshapeTo(node.b, node.loc, node.input(2), {}) : Value();
    scalar = scalar ? Scalar{node.b, node.loc}.extract(scalar, {})
                    : scalarConstant(node.b, node.loc, node.element(0),
                                     node.getFloat("value"));
    return SmallVector<Value>{
        padWith(node.b, node.loc, node.input(0), low, high, scalar)};
  }
  Value source = node.input(0);
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, node.resultType(),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        SmallVector<Value> from;
        for (auto [axis, index] : llvm::enumerate(at))
          from.push_back(low[axis] == 0 && high[axis] == 0
                             ? index
                             : foldedIndex(s, index, low[axis],
                                           node.shape(0)[axis], mode));
        return s.extract(source, from);
      })};
}

/// Each axis cut or widened by the same on both sides, at the end by one more.
static Lowered centerCropPad(Node &node) {
  SmallVector<int64_t> low, high;
  for (auto [from, to] :
       llvm::zip(node.shape(0), node.resultType().getShape())) {
    low.push_back((to - from) / 2);
    high.push_back(to - from - low.back());
  }
  Value zero = scalarConstant(node.b, node.loc, node.element(0), 0);
  return SmallVector<Value>{
      padWith(node.b, node.loc, node.input(0), low, high, zero)};
}

static const Row rows[] = {
    {"Slice", slice},
    {"Split", split},
    {"Concat", concat},
    {"Pad", pad},
    {"CenterCropPad", centerCropPad},
};
llvm::ArrayRef<Row> ohas::electronic::sliceRows() { return rows; }

//===- Selection.cpp - Elements that values pick ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Reduce.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Value inserted(const Scalar &s, Value element, Value tensor,
                      ValueRange at) {
  return tensor::InsertOp::create(s.b, s.loc, element, tensor, at);
}

namespace {
/// The best elements so far along an axis, in order: the tensors of results.
struct Ranking {
  Value source;
  Type indexType;
  int64_t axis, count;
  bool wantsLargest;

  /// Puts an element where it belongs; those after it move on by one, and the
  /// last one falls out. Equal ones stay in the order of their indices.
  scf::ValueVector insert(const Scalar &s, ValueRange outer, Value index,
                          ValueRange best) const;
};
} // namespace

scf::ValueVector Ranking::insert(const Scalar &s, ValueRange outer, Value index,
                                 ValueRange best) const {
  auto placeOf = [&](Value along) {
    SmallVector<Value> at(outer.take_front(axis));
    at.push_back(along);
    llvm::append_range(at, outer.drop_front(axis));
    return at;
  };
  auto isBetter = [&](const Scalar &t, Value x, Value y) {
    return wantsLargest ? t.less(y, x) : t.less(x, y);
  };
  Scalar plain{s.b, s.loc};
  Value element = s.extract(source, placeOf(index));
  // Most elements are worse than all, and cost one comparison.
  Value last = s.extract(best[0], placeOf(plain.index(count - 1)));
  Value isFree = plain.less(index, plain.index(count));
  Value isIn = plain.logicalOr(isFree, isBetter(s, element, last));
  auto ranked = scf::IfOp::create(
      s.b, s.loc, isIn,
      [&](OpBuilder &b, Location loc) {
        Scalar whole{b, loc};
        Value used = whole.min(index, whole.index(count - 1));
        auto loop = scf::ForOp::create(
            b, loc, whole.index(0), whole.add(used, whole.index(1)),
            whole.index(1),
            ValueRange{best[0], best[1], element,
                       whole.fromIndex(index, indexType)},
            [&](OpBuilder &inner, Location at, Value rank, ValueRange state) {
              Scalar u{inner, at, s.isUnsigned}, v{inner, at};
              SmallVector<Value> place = placeOf(rank);
              Value there = u.extract(state[0], place);
              Value thereIndex = u.extract(state[1], place);
              Value isEmpty = v.equal(rank, index);
              Value goesHere =
                  v.logicalOr(isEmpty, isBetter(u, state[2], there));
              Value values = inserted(v, v.select(goesHere, state[2], there),
                                      state[0], place);
              Value indices = inserted(
                  v, v.select(goesHere, state[3], thereIndex), state[1], place);
              scf::YieldOp::create(
                  inner, at,
                  ValueRange{values, indices,
                             v.select(goesHere, there, state[2]),
                             v.select(goesHere, thereIndex, state[3])});
            });
        scf::YieldOp::create(b, loc, loop.getResults().take_front(2));
      },
      [&](OpBuilder &b, Location loc) { scf::YieldOp::create(b, loc, best); });
  return {ranked.getResult(0), ranked.getResult(1)};
}

static Lowered topK(Node &node) {
  if (node.numResults() != 2)
    return node.fail("without its two results");
  auto type = node.resultType();
  auto indices = node.resultType(1);
  int64_t axis = Node::wrapAxis(node.getInt("axis", -1), node.rank(0));
  OpBuilder &b = node.b;
  SmallVector<Value> initial = {
      filledTensor(b, node.loc, type, 0.0),
      filledTensor(b, node.loc, indices, 0.0),
  };
  if (type.getNumElements() == 0)
    return initial;
  Ranking ranking{node.input(0), indices.getElementType(), axis,
                  type.getDimSize(axis), node.getInt("largest", 1) != 0};
  bool isUnsigned = node.isInputUnsigned(0);
  Scalar outer{b, node.loc};
  SmallVector<Value> zeros(node.rank(0), outer.index(0)),
      ones(node.rank(0), outer.index(1)), ends;
  for (int64_t dim = 0; dim < node.rank(0); ++dim)
    if (dim != axis)
      ends.push_back(outer.index(node.shape(0)[dim]));
  ends.push_back(outer.index(node.shape(0)[axis]));
  scf::LoopNest nest = scf::buildLoopNest(
      b, node.loc, zeros, ends, ones, initial,
      [&](OpBuilder &inner, Location loc, ValueRange at, ValueRange best) {
        Scalar s{inner, loc, isUnsigned};
        return ranking.insert(s, at.drop_back(), at.back(), best);
      });
  return SmallVector<Value>(nest.results);
}

/// The elements along an axis where a condition holds. How many there are is
/// in the type of the result.
static Lowered compress(Node &node) {
  OpBuilder &b = node.b;
  auto type = node.resultType();
  Value source = node.input(0), condition = node.input(1);
  int64_t axis = 0;
  if (node.hasAttribute("axis"))
    axis = Node::wrapAxis(node.getInt("axis"), node.rank(0));
  else
    source = reshapeTo(b, node.loc, source, {node.type(0).getNumElements()});
  if (type.getNumElements() == 0)
    return SmallVector<Value>{emptyTensor(b, node.loc, type)};
  int64_t count = type.getDimSize(axis);
  int64_t size = cast<RankedTensorType>(source.getType()).getDimSize(axis);
  Scalar outer{b, node.loc};
  Value none = filledTensor(
      b, node.loc, RankedTensorType::get({count}, b.getI64Type()), 0.0);
  auto loop = scf::ForOp::create(
      b, node.loc, outer.index(0),
      outer.index(std::min(size, node.shape(1)[0])), outer.index(1),
      ValueRange{none, outer.index(0)},
      [&](OpBuilder &inner, Location loc, Value at, ValueRange state) {
        Scalar s{inner, loc};
        Value holds = s.extract(condition, at);
        // More than there is room for overwrite the last one.
        Value place = s.min(state[1], s.index(count - 1));
        Value old = s.extract(state[0], place);
        Value chosen =
            s.select(holds, s.fromIndex(at, inner.getI64Type()), old);
        Value next = s.select(holds, s.add(state[1], s.index(1)), state[1]);
        scf::YieldOp::create(
            inner, loc, ValueRange{inserted(s, chosen, state[0], place), next});
      });
  Value chosen = loop.getResult(0);
  return SmallVector<Value>{fromIndices(
      b, node.loc, type, [&](OpBuilder &inner, Location loc, ValueRange at) {
        Scalar s{inner, loc};
        SmallVector<Value> from(at);
        from[axis] = s.toIndex(s.extract(chosen, at[axis]));
        return s.extract(source, from);
      })};
}

static const Row rows[] = {
    {"TopK", topK},
    {"Compress", compress},
};
llvm::ArrayRef<Row> ohas::electronic::selectionRows() { return rows; }

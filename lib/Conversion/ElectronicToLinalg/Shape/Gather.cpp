//===- Gather.cpp - Elements that indices pick ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// An index as one of a dim: from the end if negative, and never outside, so
/// that a wrong one reads something rather than anything.
static Value wrapped(const Scalar &s, Value index, int64_t size) {
  Value at = s.toIndex(index);
  Value fromEnd = s.add(at, s.index(size));
  at = s.select(s.less(at, s.index(0)), fromEnd, at);
  return s.min(s.max(at, s.index(0)), s.index(size - 1));
}

static Lowered gather(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis"), node.rank(0));
  int64_t size = node.shape(0)[axis], indexRank = node.rank(1);
  Value source = node.input(0), indices = node.input(1);
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, node.resultType(),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value picked = s.extract(indices, at.slice(axis, indexRank));
        SmallVector<Value> from(at.take_front(axis));
        from.push_back(wrapped(s, picked, size));
        llvm::append_range(from, at.drop_front(axis + indexRank));
        return s.extract(source, from);
      })};
}

static Lowered gatherElements(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis"), node.rank(0));
  int64_t size = node.shape(0)[axis];
  Value source = node.input(0), indices = node.input(1);
  return SmallVector<Value>{
      fromIndices(node.b, node.loc, node.resultType(),
                  [&](OpBuilder &b, Location loc, ValueRange at) {
                    Scalar s{b, loc};
                    SmallVector<Value> from(at);
                    from[axis] = wrapped(s, s.extract(indices, at), size);
                    return s.extract(source, from);
                  })};
}

static Lowered gatherND(Node &node) {
  int64_t batch = node.getInt("batch_dims");
  int64_t indexRank = node.rank(1), depth = node.shape(1).back();
  Value source = node.input(0), indices = node.input(1);
  return SmallVector<Value>{
      fromIndices(node.b, node.loc, node.resultType(),
                  [&](OpBuilder &b, Location loc, ValueRange at) {
                    Scalar s{b, loc};
                    SmallVector<Value> from(at.take_front(batch));
                    for (int64_t i = 0; i < depth; ++i) {
                      SmallVector<Value> where(at.take_front(indexRank - 1));
                      where.push_back(s.index(i));
                      from.push_back(wrapped(s, s.extract(indices, where),
                                             node.shape(0)[batch + i]));
                    }
                    llvm::append_range(from, at.drop_front(indexRank - 1));
                    return s.extract(source, from);
                  })};
}

/// The first so many elements along an axis in reverse, as many as the batch
/// that they are of says.
static Lowered reverseSequence(Node &node) {
  int64_t batchAxis = node.getInt("batch_axis", 1);
  int64_t axis = node.getInt("time_axis", 0);
  Value source = node.input(0), lengths = node.input(1);
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, node.resultType(),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value length = s.toIndex(s.extract(lengths, at[batchAxis]));
        length = s.min(length, s.index(node.shape(0)[axis]));
        Value mirrored = s.sub(s.sub(length, s.index(1)), at[axis]);
        SmallVector<Value> from(at);
        from[axis] = s.select(s.less(at[axis], length), mirrored, at[axis]);
        return s.extract(source, from);
      })};
}

/// A cache with new elements along an axis, each batch from its own index on.
static Lowered tensorScatter(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis", -2), node.rank(0));
  bool isCircular = node.getString("mode", "linear") == "circular";
  int64_t size = node.shape(0)[axis], count = node.shape(1)[axis];
  Value cache = node.input(0), update = node.input(1);
  Value indices = node.has(2) ? node.input(2) : Value();
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, node.resultType(),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value first =
            indices ? s.toIndex(s.extract(indices, at[0])) : s.index(0);
        Value place = s.sub(at[axis], first);
        if (isCircular)
          place = s.rem(s.add(s.rem(place, s.index(size)), s.index(size)),
                        s.index(size));
        Value isNew = s.logicalAnd(s.lessEqual(s.index(0), place),
                                   s.less(place, s.index(count)));
        SmallVector<Value> from(at);
        from[axis] = s.select(isNew, place, s.index(0));
        return s.select(isNew, s.extract(update, from), s.extract(cache, at));
      })};
}

static Value combine(const Scalar &s, StringRef how, Value old, Value update) {
  if (how == "add")
    return s.add(old, update);
  if (how == "mul")
    return s.mul(old, update);
  if (how == "max")
    return s.max(old, update);
  if (how == "min")
    return s.min(old, update);
  return update;
}

/// Runs over all updates in order, as later ones win.
static Value scatter(
    Node &node, ArrayRef<int64_t> shape,
    llvm::function_ref<SmallVector<Value>(const Scalar &, ValueRange)> target) {
  OpBuilder &b = node.b;
  Scalar outer{b, node.loc};
  StringRef how = node.getString("reduction", "none");
  Value updates = node.input(2), initial = node.input(0);
  SmallVector<Value> zeros(shape.size(), outer.index(0)),
      ones(shape.size(), outer.index(1)), ends;
  for (int64_t size : shape)
    ends.push_back(outer.index(size));
  bool isUnsigned = node.isInputUnsigned(0);
  scf::LoopNest nest = scf::buildLoopNest(
      b, node.loc, zeros, ends, ones, initial,
      [&](OpBuilder &inner, Location loc, ValueRange at, ValueRange state) {
        Scalar s{inner, loc, isUnsigned};
        Scalar plain{inner, loc};
        SmallVector<Value> to = target(plain, at);
        Value update = s.extract(updates, at);
        Value value = combine(s, how, s.extract(state[0], to), update);
        Value changed =
            tensor::InsertOp::create(inner, loc, value, state[0], to);
        return scf::ValueVector{changed};
      });
  return nest.results.empty() ? initial : nest.results.front();
}

static Lowered scatterElements(Node &node) {
  int64_t axis = Node::wrapAxis(node.getInt("axis"), node.rank(0));
  Value indices = node.input(1);
  return SmallVector<Value>{
      scatter(node, node.shape(1), [&](const Scalar &s, ValueRange at) {
        SmallVector<Value> to(at);
        to[axis] = wrapped(s, s.extract(indices, at), node.shape(0)[axis]);
        return to;
      })};
}

static Lowered scatterND(Node &node) {
  int64_t indexRank = node.rank(1), depth = node.shape(1).back();
  Value indices = node.input(1);
  return SmallVector<Value>{
      scatter(node, node.shape(2), [&](const Scalar &s, ValueRange at) {
        SmallVector<Value> to;
        for (int64_t i = 0; i < depth; ++i) {
          SmallVector<Value> where(at.take_front(indexRank - 1));
          where.push_back(s.index(i));
          to.push_back(wrapped(s, s.extract(indices, where), node.shape(0)[i]));
        }
        llvm::append_range(to, at.drop_front(indexRank - 1));
        return to;
      })};
}

static const Row rows[] = {
    {"Gather", gather},
    {"GatherElements", gatherElements},
    {"GatherND", gatherND},
    {"ScatterElements", scatterElements},
    {"Scatter", scatterElements},
    {"ScatterND", scatterND},
    {"ReverseSequence", reverseSequence},
    {"TensorScatter", tensorScatter},
};
llvm::ArrayRef<Row> ohas::electronic::gatherRows() { return rows; }

//===- Attention.cpp - What is between products of attention ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Table.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Value minusInfinity(const Scalar &s, Value like) {
  return s.number(like, -std::numeric_limits<double>::infinity());
}

static Value loopIndex(const Scalar &s, unsigned axis) {
  return linalg::IndexOp::create(s.b, s.loc, axis);
}

/// The length that an input gives for the batch that a loop is at.
static Value lengthHere(const Scalar &s, Value lengths) {
  return s.toIndex(s.extract(lengths, loopIndex(s, 0)));
}

static Lowered mapScores(Node &node, ValueRange inputs, ElementBody body) {
  return SmallVector<Value>{mapTensor(node, node.resultType(), inputs, body)};
}

/// Scores of keys after the query's own place are minus infinity.
static Lowered causalMask(Node &node) {
  auto type = node.resultType();
  int64_t rank = type.getRank(), queries = type.getDimSize(rank - 2);
  // Keys of the past come before the first query; all that are more than
  // queries, unless the node says otherwise.
  int64_t past = node.getInt("past", type.getDimSize(rank - 1) - queries);
  Value lengths = node.has(1) ? node.input(1) : Value();
  return mapScores(node, node.input(0), [&](const Scalar &s, ValueRange x) {
    // The last query is at the last key in use.
    Value first = lengths ? s.sub(lengthHere(s, lengths), s.index(queries))
                          : s.index(past);
    Value query = s.add(loopIndex(s, rank - 2), first);
    Value isSeen = s.lessEqual(loopIndex(s, rank - 1), query);
    return s.select(isSeen, x[0], minusInfinity(s, x[0]));
  });
}

/// Keys from the length of their batch on are padding.
static Lowered lengthMask(Node &node) {
  Value lengths = node.input(1);
  int64_t rank = node.resultType().getRank();
  return mapScores(node, node.input(0), [&](const Scalar &s, ValueRange x) {
    Value isUsed = s.less(loopIndex(s, rank - 1), lengthHere(s, lengths));
    return s.select(isUsed, x[0], minusInfinity(s, x[0]));
  });
}

static Lowered booleanMask(Node &node) {
  return mapScores(node, {node.input(0), node.input(1)},
                   [](const Scalar &s, ValueRange x) {
                     return s.select(x[1], x[0], minusInfinity(s, x[0]));
                   });
}

/// ONNX Runtime's: lengths, or ones where keys are used, with or without
/// queries. Other scores are much lower, but not minus infinity.
static Lowered keyMask(Node &node) {
  auto type = node.resultType();
  Value mask = node.input(1);
  ArrayRef<int64_t> dims = node.shape(1);
  int64_t batch = type.getDimSize(0), queries = type.getDimSize(2),
          keys = type.getDimSize(3);
  SmallVector<int64_t> whole = {batch, 1, 1, keys};
  bool isLengths = dims == ArrayRef<int64_t>{batch};
  if (dims == ArrayRef<int64_t>{batch, queries, keys})
    whole[2] = queries;
  else if (!isLengths && dims != ArrayRef<int64_t>{batch, keys})
    return node.fail("a mask of this shape");
  double filter = node.getFloat("filter");
  SmallVector<Value> inputs = {node.input(0)};
  if (!isLengths)
    inputs.push_back(reshapeTo(node.b, node.loc, mask, whole));
  return mapScores(node, inputs, [&](const Scalar &s, ValueRange x) {
    Value isUsed = isLengths ? s.less(loopIndex(s, 3), lengthHere(s, mask))
                             : s.less(s.number(x[1], 0), x[1]);
    return s.select(isUsed, x[0], s.add(x[0], s.number(x[0], filter)));
  });
}

/// Tensors after one another along their first dim.
static Lowered stack(Node &node) {
  auto type = node.resultType();
  Value result = emptyTensor(node.b, node.loc, type);
  SmallVector<int64_t> at(type.getRank(), 0);
  for (unsigned i = 0; i < node.numInputs(); ++i) {
    result = insertInto(node.b, node.loc, node.input(i), result, at);
    at[0] += node.shape(i)[0];
  }
  return SmallVector<Value>{result};
}

/// A cache of which the first elements along its positions are new.
static Lowered updateCache(Node &node) {
  SmallVector<int64_t> start(node.rank(0), 0);
  return SmallVector<Value>{
      insertInto(node.b, node.loc, node.input(1), node.input(0), start)};
}

static const Row rows[] = {
    {"ohas.BooleanMask", booleanMask},
    {"ohas.CausalMask", causalMask},
    {"ohas.KeyMask", keyMask},
    {"ohas.LengthMask", lengthMask},
    {"ohas.Stack", stack},
    {"ohas.UpdateCache", updateCache},
};
llvm::ArrayRef<Row> ohas::electronic::attentionRows() { return rows; }

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

/// Scores of keys after the query's own place are minus infinity.
static Lowered causalMask(Node &node) {
  auto type = node.resultType();
  int64_t rank = type.getRank();
  // Keys of the past come before the first query; all that are more than
  // queries, unless the node says otherwise.
  int64_t past = node.getInt("past", type.getDimSize(rank - 1) -
                                         type.getDimSize(rank - 2));
  Value value =
      mapTensor(node, type, node.input(0), [&](const Scalar &s, ValueRange x) {
        Value query = linalg::IndexOp::create(s.b, s.loc, rank - 2);
        Value key = linalg::IndexOp::create(s.b, s.loc, rank - 1);
        Value isSeen = s.lessEqual(key, s.add(query, s.index(past)));
        double infinity = std::numeric_limits<double>::infinity();
        return s.select(isSeen, x[0], s.number(x[0], -infinity));
      });
  return SmallVector<Value>{value};
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

static const Row rows[] = {
    {"ohas.CausalMask", causalMask},
    {"ohas.Stack", stack},
};
llvm::ArrayRef<Row> ohas::electronic::attentionRows() { return rows; }

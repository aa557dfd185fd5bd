//===- Comparisons.cpp - Comparisons, choices -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

template <Value (Scalar::*method)(Value, Value) const, bool isSwapped>
static Lowered compare(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    return isSwapped ? (s.*method)(x[1], x[0]) : (s.*method)(x[0], x[1]);
  });
}

static Lowered where(Node &node) {
  // The first operand is the condition; the others have the type.
  SmallVector<Value> inputs = {node.input(0), node.input(1), node.input(2)};
  return SmallVector<Value>{mapTensor(node, node.resultType(), inputs,
                                      [](const Scalar &s, ValueRange x) {
                                        return s.select(x[0], x[1], x[2]);
                                      })};
}

static const Row rows[] = {
    {"Equal", compare<&Scalar::equal, false>},
    {"Less", compare<&Scalar::less, false>},
    {"LessOrEqual", compare<&Scalar::lessEqual, false>},
    {"Greater", compare<&Scalar::less, true>},
    {"GreaterOrEqual", compare<&Scalar::lessEqual, true>},
    {"Where", where},
};
llvm::ArrayRef<Row> ohas::electronic::comparisonRows() { return rows; }

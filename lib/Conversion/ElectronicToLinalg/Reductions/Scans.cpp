//===- Scans.cpp - Running sums and products --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// Each element from the one before it along an axis.
template <Value (Scalar::*combine)(Value, Value) const, int first>
static Lowered scan(Node &node) {
  auto axes = node.constantInts(1);
  if (!axes || axes->empty())
    return node.fail("an axis that is not constant");
  int64_t axis = Node::wrapAxis((*axes)[0], node.rank(0));
  int64_t size = node.shape(0)[axis];
  bool isExclusive = node.getInt("exclusive") != 0;
  bool isReverse = node.getInt("reverse") != 0;
  Value source = node.input(0);
  OpBuilder &b = node.b;
  Scalar outer{b, node.loc};
  SmallVector<Value> zeros(node.rank(0), outer.index(0)),
      ones(node.rank(0), outer.index(1)), ends;
  for (int64_t extent : node.shape(0))
    ends.push_back(outer.index(extent));
  Value initial = filledTensor(b, node.loc, node.resultType(), first);
  scf::LoopNest nest = scf::buildLoopNest(
      b, node.loc, zeros, ends, ones, initial,
      [&](OpBuilder &inner, Location loc, ValueRange at, ValueRange state) {
        Scalar s{inner, loc};
        SmallVector<Value> here(at), before(at);
        Value previous = s.max(s.sub(at[axis], s.index(1)), s.index(0));
        auto place = [&](Value step) {
          return isReverse ? s.sub(s.index(size - 1), step) : step;
        };
        here[axis] = place(at[axis]);
        before[axis] = place(previous);
        Value isFirst = s.equal(at[axis], s.index(0));
        Value sofar = s.extract(state[0], before);
        Value neutral = s.number(sofar, first);
        sofar = s.select(isFirst, neutral, sofar);
        Value term = s.extract(source, isExclusive ? before : here);
        if (isExclusive)
          term = s.select(isFirst, neutral, term);
        Value next = (s.*combine)(sofar, term);
        Value changed =
            tensor::InsertOp::create(inner, loc, next, state[0], here);
        return scf::ValueVector{changed};
      });
  return SmallVector<Value>{nest.results.empty() ? initial
                                                 : nest.results.front()};
}

static const Row rows[] = {
    {"CumSum", scan<&Scalar::add, 0>},
    {"CumProd", scan<&Scalar::mul, 1>},
};
llvm::ArrayRef<Row> ohas::electronic::scanRows() { return rows; }
